import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { addInspectionReportFlags, type InspectionReportFlags } from './inspection-reports.ts';

interface InspectFlags extends InspectionReportFlags {
  readonly baseUrl?: string;
  readonly complete?: true;
  readonly json?: true;
  readonly out?: string;
}

const help = `
Exit codes: 0 no violation seen, 1 a rule is broken, 2 bad usage or not a HAR, 3 nothing of the API in it.

Examples:
  groups-conformance inspect day.har
  groups-conformance inspect day.har --complete --report-dir reports
  groups-mock --readings reports/report.json`;

/** Adds `inspect FILE`: judges recorded traffic offline. */
export function addInspectCommand(program: Command): void {
  addInspectionReportFlags(
    program
      .command('inspect <file>')
      .description('judge recorded traffic, a HAR of any client; sends nothing')
      .option('--base-url <url>', 'base URL of the API in the recording, without /v1; guessed by default')
      .option('--complete', 'nobody else wrote to the groups that the recording creates, so that rosters can be judged')
      .option('--json', 'print the report as JSON')
      .option('--out <file>', 'write the printed report to a file'),
  )
    .addHelpText('after', help)
    .action(async (file: string, flags: InspectFlags) => {
      const { baseUrl, complete, json, out } = flags;
      if (baseUrl !== undefined && !URL.canParse(baseUrl))
        throw new UsageError('--base-url is not a URL; expected one such as https://api.uat.example.com');
      const { checkReportFlags, writeInspection } = await import('./inspection-reports.ts');
      const { inspect } = await import('../observe/inspect.ts');
      const { inspectionExitCode, inspectionJson, inspectionText } = await import('../observe/inspect-report.ts');
      checkReportFlags(flags);
      try {
        const inspection = await inspect(file, { baseUrl, others: complete ? 'elsewhere' : 'anywhere' });
        if (out !== undefined) await writeFile(out, json ? inspectionJson(inspection) : inspectionText(inspection));
        else await writeInspection(inspection, json ? { ...flags, report: ['json'] } : flags);
        process.exitCode = inspectionExitCode(inspection);
        if (inspection.findings.exchanges === 0)
          console.error(
            `${file}: none of its ${inspection.recording.entries} entries is about the API${baseUrl ? ` at ${baseUrl}` : ''}: expected paths such as /v1/groups`,
          );
      } catch (error) {
        throw new UsageError(`inspect: ${file}: ${(error as Error).message}`);
      }
    });
}
