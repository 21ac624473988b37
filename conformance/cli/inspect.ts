import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';

interface InspectFlags {
  readonly baseUrl?: string;
  readonly complete?: true;
  readonly json?: true;
  readonly out?: string;
}

const help = `
Exit codes: 0 no violation seen, 1 a rule is broken, 2 bad usage or not a HAR, 3 nothing of the API in it.

Examples:
  groups-conformance inspect day.har
  groups-conformance inspect day.har --complete --json --out report.json
  groups-mock --readings report.json`;

/** Adds `inspect FILE`: judges recorded traffic offline. */
export function addInspectCommand(program: Command): void {
  program
    .command('inspect <file>')
    .description('judge recorded traffic, a HAR of any client; sends nothing')
    .option('--base-url <url>', 'where the API is in the recording, without /v1; guessed if absent')
    .option('--complete', 'nobody else wrote to the groups that the recording creates, so that rosters can be judged')
    .option('--json', 'report as JSON')
    .option('--out <file>', 'write the report there')
    .addHelpText('after', help)
    .action(async (file: string, { baseUrl, complete, json, out }: InspectFlags) => {
      const { inspect } = await import('../observe/inspect.ts');
      const { exitCodeOf, jsonReport, textReport } = await import('../observe/inspect-report.ts');
      try {
        if (baseUrl !== undefined && !URL.canParse(baseUrl))
          throw new Error('--base-url is not a URL; expected one such as https://api.uat.example.com');
        const inspection = await inspect(file, { baseUrl, others: complete ? 'elsewhere' : 'anywhere' });
        const report = json ? jsonReport(inspection) : textReport(inspection);
        if (out === undefined) process.stdout.write(report);
        else await writeFile(out, report);
        process.exitCode = exitCodeOf(inspection);
        if (inspection.findings.exchanges === 0)
          console.error(
            `${file}: none of its ${inspection.recording.entries} entries is of the API${baseUrl ? ` at ${baseUrl}` : ''}: expected paths such as /v1/groups`,
          );
      } catch (error) {
        console.error(`groups-conformance inspect: ${file}: ${(error as Error).message}`);
        process.exitCode = 2;
      }
    });
}
