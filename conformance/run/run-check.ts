import { type Check, missingNeed } from './check.ts';
import { CheckContext } from './context.ts';
import { NetworkError, Stopped } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { CheckFailed } from './expect.ts';
import { hasOtherOrganization } from './opening.ts';
import type { CheckRecord, SkipReason } from './outcome.ts';
import { NotApplicable, PreconditionFailed } from './preconditions.ts';
import type { Session } from './session.ts';

type CheckOutcome = Pick<CheckRecord, 'outcome' | 'message' | 'expected' | 'received' | 'skip' | 'failedOn'>;

/** Runs one check and returns its record; never throws. The check hangs if the run sends nothing for `maxIdleMs`. */
export async function runCheck(check: Check, session: Session, maxIdleMs: number): Promise<CheckRecord> {
  const { rule, level, title } = check;
  const started = performance.now();
  const context = new CheckContext(session, rule);
  const finding = await outcomeOf(check, context, maxIdleMs);
  const milliseconds = Math.round(performance.now() - started);
  return { rule, level, title, ...finding, milliseconds, exchanges: context.exchanges };
}

async function outcomeOf(check: Check, context: CheckContext, maxIdleMs: number): Promise<CheckOutcome> {
  const { session } = context;
  try {
    session.connection.signal.throwIfAborted();
    const otherKey = check.needs.includes('other-key') && (await hasOtherOrganization(session));
    const need = missingNeed(check, { otherKey, heavy: session.settings.heavy });
    if (need !== undefined) return skipped({ because: 'need', need });
    await endsInTime(check.run(context), session, maxIdleMs);
    return { outcome: 'pass' };
  } catch (error) {
    if (error instanceof Stopped) return skipped({ because: 'stopped', message: error.message });
    if (error instanceof PreconditionFailed) {
      const { message, rule, exchange = context.exchanges.at(-1) } = error;
      return skipped({ because: 'unmet', message, rule, exchange });
    }
    if (error instanceof NotApplicable) return skipped(error.reason);
    // Other requests of the check may still be in flight and end later.
    const failedOn = context.exchanges.at(-1);
    if (error instanceof CheckFailed) return broken(check, error, failedOn, (text) => session.connection.redact(text));
    if (error instanceof NetworkError) return { outcome: 'error', message: error.message, failedOn };
    return { outcome: 'error', message: `the kit failed: ${(error as Error)?.stack ?? error}` };
  }
}

/** Waits for a check. Throws if the run sends no request for `maxIdleMs`: the check hangs. */
async function endsInTime(work: Promise<void>, { connection }: Session, maxIdleMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    let { sent } = connection;
    timer = setInterval(() => {
      if (connection.sent === sent) reject(new Error(`the check hangs: no request was sent for ${maxIdleMs / 1000} s`));
      ({ sent } = connection);
    }, maxIdleMs);
  });
  try {
    await Promise.race([work, hangs]);
  } finally {
    clearInterval(timer);
  }
}

const skipped = (skip: SkipReason): CheckOutcome => ({ outcome: 'skipped', skip });

function broken(
  { level }: Check,
  error: CheckFailed,
  last: Exchange | undefined,
  redact: (text: string) => string,
): CheckOutcome {
  return {
    outcome: level === 'must' ? 'fail' : 'warn',
    message: redact(error.message),
    ...(error.expected !== undefined && { expected: redact(error.expected) }),
    ...(error.received !== undefined && { received: redact(error.received) }),
    failedOn: error.exchange ?? last,
  };
}
