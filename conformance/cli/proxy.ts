import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../usage-error.ts';
import { addTlsFlags, type TlsFlags } from './flags.ts';
import { addInspectionReportFlags, type InspectionReportFlags } from './inspection-reports.ts';
import { targetUrl } from './values.ts';

interface ProxyFlags extends InspectionReportFlags, TlsFlags {
  readonly target: string;
  readonly port: number;
  readonly complete?: true;
}

const help = `
Give the client this address as its base URL, and end with Ctrl-C. The report is printed then; with --report-dir it is
written to a folder, with every exchange in evidence.har, without keys and personal fields.

Exit codes: 0 no violation seen, 1 a rule is broken, 2 bad usage, 3 no exchange seen.

Examples:
  groups-conformance proxy --target https://api.uat.vitablehealth.com
  groups-conformance proxy --target http://127.0.0.1:4010 --port 4020 --report-dir reports
  groups-mock --readings reports/report.json`;

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  return port;
}

/** Adds `proxy`: judges the traffic of an unmodified client as it passes. */
export function addProxyCommand(program: Command): void {
  const command = program
    .command('proxy')
    .description('judge the traffic of an unmodified client: a reverse proxy on this machine in front of any service')
    .addOption(
      new Option('--target <url>', 'where the service is, without /v1').argParser(targetUrl).makeOptionMandatory(),
    )
    .addOption(new Option('--port <n>', 'port to listen on; 0 for any free port').argParser(portNumber).default(4020))
    .option('--complete', 'nobody else writes to the groups that this traffic creates, so that rosters can be judged');
  addInspectionReportFlags(addTlsFlags(command)).addHelpText('after', help).action(serve);
}

async function serve(flags: ProxyFlags): Promise<void> {
  const { target, port, complete, reportDir, insecure } = flags;
  const { checkReportFlags, writeInspection } = await import('./inspection-reports.ts');
  const { inspectionExitCode, violationLine } = await import('../observe/inspect-report.ts');
  const { tlsOf } = await import('./connection.ts');
  const { connectOptionsOf } = await import('../run/tls.ts');
  const { startProxy } = await import('../proxy/proxy.ts');
  const { HarFile } = await import('../proxy/har-file.ts');
  checkReportFlags(flags);
  const har = reportDir === undefined ? undefined : await HarFile.create(join(reportDir, 'evidence.har'), target);
  const proxy = await startProxy({
    target,
    port,
    others: complete ? 'elsewhere' : 'anywhere',
    tls: connectOptionsOf(tlsOf(flags)),
    onViolation: (violation) => console.error(violationLine(violation)),
    onFailure: (request, reason) => console.error(`NO ANSWER ${request}: ${reason}`),
    har,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'EADDRINUSE'
        ? `port ${port} is already in use; choose another one with --port (0 for any)`
        : `cannot listen on port ${port}: ${error.message}`,
    );
  });
  console.error(`${proxy.url} → ${target}${insecure ? ' (certificates are not verified)' : ''}. End with Ctrl-C.`);
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await proxy.close();
  await har?.close();
  const inspection = proxy.inspection();
  await writeInspection(inspection, flags);
  process.exitCode = inspectionExitCode(inspection);
}
