import { amount, type Exchange, numbersOf, pause, type Recogniser } from './evidence.ts';

const answered = ({ status, cut }: Exchange): boolean => status === 200 && cut === null;

/** That a fault keeps the client from reading is no fault of the client. */
export const unread: Recogniser = ({ submissions }) =>
  submissions.flatMap(({ submitted, completion, retrievals }) => {
    const last = retrievals.at(-1);
    const hindered = last !== undefined && !answered(last);
    if (completion === undefined || hindered || retrievals.some((retrieval) => retrieval.completed)) return [];
    const looked = last ? `retrieved ${amount(retrievals.length, 'time')}, each too early` : 'never retrieved';
    return {
      what: `${submitted.request_id}: ${looked}; it had ${amount(completion.failed, 'failure')}.`,
      evidence: numbersOf(submitted, ...retrievals, completion),
    };
  });

/** A little less than a second, since timers are not exact. Milliseconds. */
const shortest = 900;
/** So many hasty looks at one sync are a habit. */
const habit = 3;

/**
 * Looks at one sync that come within a second of the one before, and no later than that one did: who begins fast and slows
 * down does right. Only after an answer that was still without results; a retry of a failed one is another matter.
 */
export const fastPolled: Recogniser = ({ submissions }) =>
  submissions.flatMap(({ submitted, retrievals }) => {
    let before = 0;
    const hasty = retrievals.filter((next, index) => {
      const previous = retrievals[index - 1];
      if (previous === undefined || !answered(previous) || previous.completed) return false;
      const interval = pause(previous, next) + previous.duration_ms;
      const slowsDown = interval > 1.2 * Math.max(before, 100);
      const isFirst = index === 1;
      before = interval;
      return interval < shortest && !isFirst && !slowsDown;
    });
    if (hasty.length < habit) return [];
    return {
      what: `${submitted.request_id}: ${amount(hasty.length, 'look')} less than a second after the one before.`,
      evidence: numbersOf(...hasty),
    };
  });
