import {
  amount,
  type Completion,
  chains,
  isAccepted,
  neighbours,
  numbersOf,
  type Occurrence,
  pause,
  type Recogniser,
  requestOf,
  type Traffic,
} from './evidence.ts';

/** What completed syncs did that matches, each with its submission where that is remembered. */
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

/** Fewer members than these are not a roster of which one could say that most are missing. */
const fewestMembers = 3;

/**
 * Most members are gone, and the roster names people whom it adds or changes. One that only leaves people out, be it
 * empty, is what an employer sends who lets them go.
 */
export const appended: Recogniser = (traffic) =>
  completed(
    traffic,
    ({ removed, kept, added, updated, failed }) =>
      removed + kept >= fewestMembers && removed > kept && added + updated + failed > 0,
    ({ rows, removed, kept }) => `${amount(rows, 'row')} removed ${removed} of ${removed + kept} members`,
  );

export const planChanged: Recogniser = (traffic) =>
  completed(
    traffic,
    ({ plan_changes }) => plan_changes > 0,
    ({ plan_changes }) => `${amount(plan_changes, 'member')} stayed on the plan they had`,
  );

/** Only where the client knew of the sync before, and could know what became of it when it sent the rows again. */
export const failedAgain: Recogniser = ({ submissions, completions }) =>
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

/** How long a sync may be in flight until it is no mistake to give it up, in milliseconds. */
const patience = 300_000;

/** Not where the client could not know of the first, nor where it repeats a request whose answer it lost. */
export const resubmitted: Recogniser = ({ exchanges, submissions }) => {
  const known = new Map(submissions.map((submission) => [submission.submitted, submission]));
  const pairs = neighbours(exchanges.filter(isAccepted), requestOf).filter(([first, second]) => {
    const { completion } = known.get(first) ?? {};
    const inFlight = completion === undefined || completion.number > second.number;
    return known.has(first) && inFlight && !second.retry && pause(first, second) < patience;
  });
  return chains(pairs).map((chain) => ({
    what: `Group ${chain[0]?.group_id}: the same ${amount(chain[0]?.roster?.rows ?? 0, 'row')} sent ${chain.length} times.`,
    evidence: numbersOf(...chain),
  }));
};
