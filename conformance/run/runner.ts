import type { Check } from './check.ts';
import { cleanUp, type Remains } from './clean-up.ts';
import { readPlans } from './opening.ts';
import type { CheckRecord } from './outcome.ts';
import { runCheck } from './run-check.ts';
import type { LeveledRule, Observed } from './run-observer.ts';
import { Session, type Settings } from './session.ts';
import { defaultRequestTimeoutMs } from './timeouts.ts';

/** Called whenever a check ends. */
export type OnCheck = (record: CheckRecord, progress: { readonly done: number; readonly of: number }) => void;

/** Why a run was stopped. */
export const reasonOf = (signal: AbortSignal | undefined): string =>
  typeof signal?.reason === 'string' ? signal.reason : 'the run was interrupted';

/** Longer than a check ever waits between two requests. */
const maxIdle = ({ requestTimeoutMs = defaultRequestTimeoutMs, syncTimeoutMs, rate }: Settings): number =>
  120_000 + requestTimeoutMs + syncTimeoutMs + (rate === undefined ? 0 : 1000 / rate);

interface RunOptions {
  readonly onCheck?: OnCheck | undefined;
  /** Ends the run early, with a clean-up; checks that were not run are skipped with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long the run may send nothing while a check runs, in milliseconds. Default: longer than any target may take. */
  readonly maxIdleMs?: number;
}

/**
 * Runs checks; returns their records in the same order, what the run left at the target and what it observed. Most checks run
 * side by side, so that slow syncs overlap; exclusive ones follow one by one, and audits of the whole run come last. They share
 * one connection, which has at most one request in flight.
 */
export async function runChecks(
  settings: Settings,
  checks: readonly Check[],
  options: RunOptions = {},
): Promise<{ records: CheckRecord[]; remains: Remains; observed: Observed }> {
  const { onCheck, signal, maxIdleMs = maxIdle(settings) } = options;
  const session = new Session(settings);
  const stop = () => session.connection.stop(reasonOf(signal));
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();

  const records: CheckRecord[] = [];
  let done = 0;
  const run = async (check: Check): Promise<void> => {
    const record = await runCheck(check, session, maxIdleMs);
    records[checks.indexOf(check)] = record;
    const failures = [...(record.outcome === 'fail' ? [record] : []), ...session.observer.brokenParts()];
    const failed = failures.find((failure) => endsRun(failure, checks, settings));
    if (failed) session.connection.stop(`${failed.rule} failed, and the run was to end at the first failure`);
    done += 1;
    onCheck?.(record, { done, of: checks.length });
  };

  let remains: Remains;
  try {
    await readPlans(session);
    await Promise.all(checks.filter(({ exclusive, audit }) => !exclusive && !audit).map(run));
    for (const check of checks.filter(({ exclusive, audit }) => exclusive && !audit)) await run(check);
    for (const check of checks.filter(({ audit }) => audit)) await run(check);
  } finally {
    signal?.removeEventListener('abort', stop);
    remains = await cleanUp(session);
  }
  return { records, remains, observed: session.observer.observed((text) => session.connection.redact(text)) };
}

/** Whether a run with `--fail-fast` ends because this part of a rule is broken. */
const endsRun = ({ rule, level }: LeveledRule, checks: readonly Check[], { failFast }: Settings): boolean =>
  level === 'must' &&
  failFast?.except.includes(`${rule} ${level}`) === false &&
  checks.some((check) => check.rule === rule && check.level === level);
