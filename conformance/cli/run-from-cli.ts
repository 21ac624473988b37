import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { UnreadableContract } from '../contract/files.ts';
import type { JudgedContract } from '../contract/judged-contract.ts';
import type { TargetFlags } from './flags.ts';
import { type ConformanceOptions, type ConformanceResult, runConformance } from '../index.ts';
import { readOlderContract } from '../contract/older-contract.ts';
import { consoleReport } from '../report/console.ts';
import { githubAnnotations } from '../report/github.ts';
import { fileFormats, type ReportFormat, writeReports, writeStepSummary } from '../report/reports.ts';

/** The command line asks for something that cannot be done; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The older contract that the flags name; undefined where they name none. Throws a UsageError where it is none to judge by. */
export function contractOf({ contract }: Pick<TargetFlags, 'contract'>): JudgedContract | undefined {
  try {
    return contract === undefined ? undefined : readOlderContract(contract);
  } catch (error) {
    if (error instanceof UnreadableContract) throw new UsageError(error.message);
    throw error;
  }
}

type Further = Pick<ConformanceOptions, 'profile' | 'only' | 'failFast' | 'baseline' | 'contract'>;

/** Runs the suite as the flags say, with progress and reports. An interruption ends it early, a second one at once. */
export async function judge(flags: TargetFlags, further: Further): Promise<ConformanceResult> {
  const { baseUrl, reportDir } = flags;
  if (baseUrl === undefined) throw new UsageError('the target is missing: give --base-url or GROUPS_BASE_URL');
  const formats =
    flags.report ?? (reportDir === undefined ? ['console' as const] : ['console' as const, ...fileFormats]);
  const files = formats.filter((format) => (fileFormats as readonly ReportFormat[]).includes(format));
  if (files.length > 0 && reportDir === undefined)
    throw new UsageError(`the reports ${files.join(', ')} are files: give --report-dir, too`);
  if (reportDir !== undefined) ensureFolder(reportDir);

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
      ...(flags.maxRequests !== undefined && { maxRequests: flags.maxRequests }),
      ...(flags.rate !== undefined && { rate: flags.rate }),
      ...further,
      signal: interruption.signal,
      ...(process.stderr.isTTY && { onCheck: progress }),
    });
  } finally {
    interruption.end();
  }

  if (formats.includes('console'))
    console.log(consoleReport(result, { all: flags.verbose ?? false, colour: isColoured() }));
  if (formats.includes('github')) process.stdout.write(githubAnnotations(result));
  if (reportDir !== undefined) {
    const paths = await writeReports(result, formats, reportDir);
    if (paths.length > 0 && formats.includes('console')) console.log(`Wrote ${paths.join(', ')}.`);
  }
  if (formats.includes('github')) await writeStepSummary(result);
  return result;
}

/** Makes a folder where it is missing. Throws a UsageError where that cannot be done. */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be made: ${(error as Error).message}`);
  }
}

/** https://no-color.org: any value but an empty one. */
const isColoured = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;

const progress: NonNullable<ConformanceOptions['onCheck']> = ({ rule }, { done, of }) => {
  process.stderr.write(`\r${done} of ${of} checks (${rule})\u001b[K${done === of ? '\r\u001b[K' : ''}`);
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Turns the first signal of the system into an abort, and the second into an exit. */
function interruptible(): { signal: AbortSignal; end: () => void } {
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
  return {
    signal: controller.signal,
    end: () => {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
