import { amount } from '../domain/amount.ts';
import { type Detector, type Exchange, numbersOf, pauseBetween } from './evidence.ts';

const isAnswered = ({ status, cut }: Exchange): boolean => status === 200 && cut === null;

/** The client never read the results of a sync. A client that a fault prevented from reading is not accused. */
export const unread: Detector = ({ submissions }) =>
  submissions.flatMap(({ submitted, completion, retrievals }) => {
    const last = retrievals.at(-1);
    const hindered = last !== undefined && !isAnswered(last);
    if (completion === undefined || hindered || retrievals.some((retrieval) => retrieval.completed)) return [];
    const retrieved = last ? `retrieved ${amount(retrievals.length, 'time')}, each too early` : 'never retrieved';
    return {
      what: `${submitted.request_id}: ${retrieved}; it had ${amount(completion.failed, 'failure')}.`,
      evidence: numbersOf(submitted, ...retrievals, completion),
    };
  });

/** A little less than a second, because timers are not exact. */
const minIntervalMs = 900;
/** Fewer fast polls of one sync are not reported. */
const minFastPolls = 3;

/**
 * Polls of one sync less than a second after the previous poll, at an interval that does not grow: a client that starts
 * fast and slows down is correct. Only polls after an answer without results count, not retries of a failed one.
 */
export const fastPolled: Detector = ({ submissions }) =>
  submissions.flatMap(({ submitted, retrievals }) => {
    let before = 0;
    const fast = retrievals.filter((next, index) => {
      const previous = retrievals[index - 1];
      if (previous === undefined || !isAnswered(previous) || previous.completed) return false;
      const interval = pauseBetween(previous, next) + previous.duration_ms;
      const slowsDown = interval > 1.2 * Math.max(before, 100);
      const isFirst = index === 1;
      before = interval;
      return interval < minIntervalMs && !isFirst && !slowsDown;
    });
    if (fast.length < minFastPolls) return [];
    return {
      what: `${submitted.request_id}: ${amount(fast.length, 'poll')} less than a second after the previous one.`,
      evidence: numbersOf(...fast),
    };
  });
