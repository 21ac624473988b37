import { consoleReport } from '../report/console.ts';
import { githubAnnotations } from '../report/github.ts';
import { fileFormats, type ReportFormat, render, writeReports, writeStepSummary } from '../report/reports.ts';
import type { ConformanceOptions } from '../run-conformance.ts';
import { ensureFolder, UsageError } from '../usage-error.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { connectionOf } from './connection.ts';
import type { TargetFlags } from './flags.ts';
import { interruptible } from './interruption.ts';
import { showProgress } from './progress.ts';

type Further = Pick<ConformanceOptions, 'profile' | 'only' | 'failFast' | 'baseline' | 'contract'>;

/** Runs the suite as the flags say, with progress and reports. The first interruption ends it early, the second at once. */
export async function runFromCli(flags: TargetFlags, further: Further): Promise<ConformanceResult> {
  const { baseUrl, reportDir } = flags;
  if (baseUrl === undefined) throw new UsageError('there is no target: give --base-url or GROUPS_BASE_URL');
  const formats =
    flags.report ?? (reportDir === undefined ? ['console' as const] : ['console' as const, ...fileFormats]);
  const files = formats.filter((format) => (fileFormats as readonly ReportFormat[]).includes(format));
  if (files.length > 0 && reportDir === undefined && formats.length > 1)
    throw new UsageError(
      `only one report can go to standard output, not ${formats.join(', ')}: give --report-dir, too`,
    );
  if (flags.otherApiKey === flags.apiKey)
    throw new UsageError('--other-api-key is the same as --api-key; give the key of a second organization, or none');
  const connection = connectionOf(flags);
  if (reportDir !== undefined) ensureFolder(reportDir);

  // Loaded late, because help texts and usage errors need neither the runner nor its assertions.
  const { runConformance } = await import('../run-conformance.ts');
  await refuseWithoutSecondKey(flags, further);
  const interruption = interruptible();
  const { end, ...progress } = showProgress(process.stderr);
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
      connection,
      ...progress,
    });
  } finally {
    end();
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

/** NO_COLOR applies if it is not empty (https://no-color.org). */
const isColoured = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;

/** A certification may skip nothing, so a missing second key is an error before anything is sent. */
async function refuseWithoutSecondKey(
  { otherApiKey }: TargetFlags,
  { profile, only, contract }: Further,
): Promise<void> {
  if (profile !== 'certification' || otherApiKey !== undefined) return;
  const { select } = await import('../rules/selection.ts');
  const check = select(profile, only, contract).find(({ needs }) => needs.includes('other-key'));
  if (check !== undefined)
    throw new UsageError(
      `a certification skips nothing, and ${check.rule} needs a second organization: give its key with --other-api-key`,
    );
}
