import { constants } from 'node:os';
import { consoleReport } from '../report/console.ts';
import { githubAnnotations } from '../report/github.ts';
import { fileFormats, type ReportFormat, render, writeReports, writeStepSummary } from '../report/reports.ts';
import type { ConformanceOptions } from '../run-conformance.ts';
import { ensureFolder, UsageError } from '../usage-error.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { TargetFlags } from './flags.ts';

type Further = Pick<ConformanceOptions, 'profile' | 'only' | 'failFast' | 'baseline' | 'contract'>;

/** Runs the suite as the flags say, with progress and reports. An interruption ends it early, a second one at once. */
export async function runFromCli(flags: TargetFlags, further: Further): Promise<ConformanceResult> {
  const { baseUrl, reportDir } = flags;
  if (baseUrl === undefined) throw new UsageError('the target is missing: give --base-url or GROUPS_BASE_URL');
  const formats =
    flags.report ?? (reportDir === undefined ? ['console' as const] : ['console' as const, ...fileFormats]);
  const files = formats.filter((format) => (fileFormats as readonly ReportFormat[]).includes(format));
  if (files.length > 0 && reportDir === undefined && formats.length > 1)
    throw new UsageError(
      `only one report can go to standard output, not ${formats.join(', ')}: give --report-dir, too`,
    );
  if (reportDir !== undefined) ensureFolder(reportDir);

  // The runner and its assertions take time to load, and help texts and refusals need neither.
  const { runConformance } = await import('../run-conformance.ts');
  const interruption = interruptible();
  let result: ConformanceResult;
  try {
    result = await runConformance({
      baseUrl,
      apiKey: flags.apiKey,
      otherApiKey: flags.otherApiKey,
      headers: flags.header ?? {},
      syncTimeoutMs: flags.syncTimeout,
      requestTimeoutMs: flags.requestTimeout,
      maxRequests: flags.maxRequests,
      maxGroups: flags.maxGroups,
      ...(flags.rate !== undefined && { rate: flags.rate }),
      ...further,
      signal: interruption.signal,
      ...(process.stderr.isTTY && { onCheck: progress }),
    });
  } finally {
    interruption.end();
  }
  if (interruption.crash !== undefined) throw interruption.crash;

  if (formats.includes('console'))
    console.log(
      consoleReport(result, {
        all: flags.verbose ?? false,
        colour: isColoured(),
        trace: flags.trace,
        folder: reportDir,
      }),
    );
  if (formats.includes('github')) process.stdout.write(githubAnnotations(result));
  const [alone] = files;
  if (reportDir === undefined && alone !== undefined) process.stdout.write(render(result, alone));
  if (reportDir !== undefined) {
    const paths = await writeReports(result, formats, reportDir);
    if (paths.length > 0 && formats.includes('console')) console.log(`Wrote ${paths.join(', ')}.`);
  }
  if (formats.includes('github')) await writeStepSummary(result);
  return result;
}

/** https://no-color.org: any value but an empty one. */
const isColoured = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;

const progress: NonNullable<ConformanceOptions['onCheck']> = ({ rule }, { done, of }) => {
  process.stderr.write(`\r${done} of ${of} checks (${rule})\u001b[K${done === of ? '\r\u001b[K' : ''}`);
};

const signals = ['SIGINT', 'SIGTERM'] as const;

interface Interruption {
  readonly signal: AbortSignal;
  /** What a check threw where nobody waited for it: the run ends with a clean-up, and the kit is at fault. */
  crash?: unknown;
  readonly end: () => void;
}

/** Turns the first signal of the system into an abort, and the second into an exit. */
function interruptible(): Interruption {
  const controller = new AbortController();
  const listeners = signals.map((name) => {
    const listener = () => {
      if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
      console.error('\nEnding the run and emptying its groups; a second interruption quits at once.');
      controller.abort(`the run was interrupted (${name})`);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  const interruption: Interruption = {
    signal: controller.signal,
    end: () => {
      process.off('unhandledRejection', onUnhandled);
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
  const onUnhandled = (error: unknown) => {
    interruption.crash ??= error;
    controller.abort('the kit failed');
  };
  process.on('unhandledRejection', onUnhandled);
  return interruption;
}
