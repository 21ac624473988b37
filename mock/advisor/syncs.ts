import { amount } from '../domain/amount.ts';
import {
  type Completion,
  chains,
  consecutivePairs,
  type Detector,
  isAccepted,
  numbersOf,
  type Occurrence,
  pauseBetween,
  requestKey,
  type Traffic,
} from './evidence.ts';

/** An occurrence for each matching completed sync, with its submission as evidence if the journal still has it. */
function completed(
  { completions, exchanges }: Traffic,
  matches: (completion: Completion) => boolean,
  what: (completion: Completion) => string,
): Occurrence[] {
  return completions.filter(matches).map((completion) => {
    const submitted = exchanges.find(
      ({ operation, request_id }) => operation === 'submitMemberSync' && request_id === completion.request_id,
    );
    return { what: `${completion.request_id}: ${what(completion)}.`, evidence: numbersOf(submitted, completion) };
  });
}

/** With fewer members than this, a roster that misses most of them is not suspicious. */
const minMembers = 3;

/**
 * A roster that removed most members, but also added or changed people. A roster that only leaves people out, even an
 * empty one, is a valid way to remove them.
 */
export const appended: Detector = (traffic) =>
  completed(
    traffic,
    ({ removed, kept, added, updated, failed }) =>
      removed + kept >= minMembers && removed > kept && added + updated + failed > 0,
    ({ rows, removed, kept }) => `${amount(rows, 'row')} removed ${removed} of ${removed + kept} members`,
  );

export const planChanged: Detector = (traffic) =>
  completed(
    traffic,
    ({ plan_changes }) => plan_changes > 0,
    ({ plan_changes }) => `${amount(plan_changes, 'member')} stayed on the plan they had`,
  );

/** Only if the client knew the previous sync, and its results were available when the client sent the rows again. */
export const failedAgain: Detector = ({ submissions, completions }) =>
  submissions.flatMap(({ submitted, completion }) => {
    if (completion === undefined || completion.failed_again === 0) return [];
    const previous = completions.findLast(
      ({ number, group_id }) => group_id === completion.group_id && number < completion.number,
    );
    const before = submissions.find((other) => other.completion === previous);
    if (before === undefined || previous === undefined || previous.number > submitted.number) return [];
    return {
      what: `${completion.request_id}: ${amount(completion.failed_again, 'row')} failed as in ${previous.request_id}.`,
      evidence: numbersOf(before.submitted, previous, submitted, completion),
    };
  });

/** After this time it is not a mistake to submit a roster again although its sync is still in flight. */
const maxWaitMs = 300_000;

/** The same roster again while its sync is in flight. Not if the client could not know the first sync. */
export const resubmitted: Detector = ({ exchanges, submissions }) => {
  const known = new Map(submissions.map((submission) => [submission.submitted, submission]));
  const pairs = consecutivePairs(exchanges.filter(isAccepted), requestKey).filter(([first, second]) => {
    const { completion } = known.get(first) ?? {};
    const inFlight = completion === undefined || completion.number > second.number;
    return known.has(first) && inFlight && !second.retry && pauseBetween(first, second) < maxWaitMs;
  });
  return chains(pairs).map((chain) => ({
    what: `Group ${chain[0]?.group_id}: the same ${amount(chain[0]?.roster?.rows ?? 0, 'row')} sent ${chain.length} times.`,
    evidence: numbersOf(...chain),
  }));
};
