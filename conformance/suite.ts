import { BroadcastChannel } from 'node:worker_threads';
import { afterAll, beforeAll, inject, type TestContext, test } from 'vitest';
import type { CheckRecord, SkipReason } from './outcome.ts';
import type { Check } from './rule.ts';
import { checkOf, missingNeed, type Selected } from './selection.ts';
import { NetworkError, Stopped } from './support/client.ts';
import { NotApplicable, Run, Unmet } from './support/run.ts';
import { type Remains, Session, type Settings } from './support/session.ts';

/**
 * The test file that vitest runs: one test for each selected check. Most go on side by side, so that one waits for its
 * sync while another sends; those that cannot bear company follow one by one, with all the groups of the others to look
 * at; those that look back on the whole run come last. All of them share one connection, so never more than one request is in flight.
 */

declare module 'vitest' {
  interface ProvidedContext {
    readonly settings: Settings;
    readonly selection: readonly Selected[];
  }
  interface TaskMeta {
    record?: CheckRecord;
    remains?: Remains;
  }
}

const settings = inject('settings');
const session = new Session(settings);
// Whoever started the run may end it: the channel carries the reason.
const channel = new BroadcastChannel(settings.runId);
channel.onmessage = (event) => session.connection.stop(String((event as { data: unknown }).data));
const selected = inject('selection').map(checkOf);

beforeAll(() => session.begin());

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures a hook wants
afterAll(async ({}, suite) => {
  channel.close();
  suite.meta.remains = await session.end();
});

for (const check of selected.filter(({ exclusive, audit }) => !exclusive && !audit)) register(check, true);
for (const check of selected.filter(({ exclusive, audit }) => exclusive && !audit)) register(check, false);
for (const check of selected.filter(({ audit }) => audit)) register(check, false);

function register(check: Check, concurrent: boolean): void {
  test(`${check.rule} ${check.title}`, { concurrent }, (context) => judge(check, context));
}

/** Runs a check and leaves its record with the test; what the test runner itself makes of it does not matter. */
async function judge(check: Check, { task, skip }: TestContext): Promise<void> {
  const { rule, level, title } = check;
  const started = performance.now();
  const run = new Run(session, rule);
  const leave = (found: Pick<CheckRecord, 'outcome' | 'message' | 'expected' | 'received' | 'skip'>): void => {
    const milliseconds = Math.round(performance.now() - started);
    task.meta.record = { rule, level, title, ...found, milliseconds, exchanges: run.exchanges };
  };
  const leaveSkipped = (reason: SkipReason): never => {
    leave({ outcome: 'skipped', skip: reason });
    return skip();
  };

  try {
    session.connection.signal.throwIfAborted();
    const otherKey = check.needs.includes('other-key') && (await session.hasOtherOrganization());
    const need = missingNeed(check, { otherKey, heavy: settings.heavy });
    if (need !== undefined) throw new NotApplicable({ because: 'need', need });
    await check.run(run);
  } catch (error) {
    if (error instanceof Stopped) leaveSkipped({ because: 'stopped', message: error.message });
    if (error instanceof Unmet) leaveSkipped({ because: 'unmet', message: error.message });
    if (error instanceof NotApplicable) leaveSkipped(error.reason);
    if (isAssertion(error)) {
      if (level === 'must' && settings.failFast?.except.includes(`${rule} ${level}`) === false)
        session.connection.stop(`${rule} failed, and the run was to end at the first failure`);
      leave({
        outcome: level === 'must' ? 'fail' : 'warn',
        message: shown(messageOf(error)),
        ...(error.expected !== undefined && { expected: shown(error.expected) }),
        ...(error.actual !== undefined && { received: shown(error.actual) }),
      });
    } else if (error instanceof NetworkError) leave({ outcome: 'error', message: error.message });
    else leave({ outcome: 'error', message: `the kit failed: ${(error as Error).stack ?? error}` });
    throw error;
  }
  leave({ outcome: 'pass' });
}

interface Assertion extends Error {
  readonly expected?: unknown;
  readonly actual?: unknown;
}

const isAssertion = (error: unknown): error is Assertion => error instanceof Error && error.name === 'AssertionError';

/** What was looked at; what was expected and received is told beside it, where there is both. */
function messageOf({ message, expected, actual }: Assertion): string {
  const assertion = message.lastIndexOf(': expected ');
  return assertion < 0 || expected === undefined || actual === undefined ? message : message.slice(0, assertion);
}

function shown(value: unknown): string {
  const text = session.connection.redact(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}
