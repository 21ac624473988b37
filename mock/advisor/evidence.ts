import type { components } from '../../generated/control-api.ts';

type Schemas = components['schemas'];
export type JournalContent = Schemas['Journal'];
export type Exchange = Schemas['Exchange'];
export type Completion = Schemas['Completion'];
export type Occurrence = Schemas['Occurrence'];

/** The part of a journal that detectors use. */
export interface Traffic {
  /** Requests of known organizations, without those of the suite and the console, in the order of their answers. */
  readonly exchanges: readonly Exchange[];
  readonly completions: readonly Completion[];
  readonly submissions: readonly Submission[];
}

/** A sync that the client knows was accepted. */
export interface Submission {
  readonly submitted: Exchange;
  readonly completion: Completion | undefined;
  readonly retrievals: readonly Exchange[];
}

/** Detects one kind of mistake. It must not accuse a correct client, so anything in doubt is not a mistake. */
export type Detector = (traffic: Traffic) => Occurrence[];

export function trafficOf({ exchanges: all, completions: done }: JournalContent): Traffic {
  const isOwn = ({ suite, console }: Exchange) => suite || console;
  const exchanges = all.filter((exchange) => exchange.organization !== null && !isOwn(exchange));
  const ownSyncs = new Set(all.filter(isOwn).map(({ request_id }) => request_id));
  const completions = done.filter(({ request_id }) => !ownSyncs.has(request_id));
  const completed = new Map(completions.map((completion) => [completion.request_id, completion]));
  const retrievals = Map.groupBy(
    exchanges.filter(({ operation }) => operation === 'retrieveMemberSync'),
    ({ request_id }) => request_id,
  );
  const accepted = exchanges.filter(isAccepted);
  const submissions = accepted
    .filter((submitted) => submitted.cut === null && !accepted.some((other) => isRetryBeforeAnswer(other, submitted)))
    .map((submitted) => ({
      submitted,
      completion: completed.get(submitted.request_id ?? ''),
      retrievals: retrievals.get(submitted.request_id) ?? [],
    }));
  return { exchanges, completions, submissions };
}

export const isAccepted = ({ operation, status, request_id }: Exchange): boolean =>
  operation === 'submitMemberSync' && status === 202 && request_id !== null;

/** When a request was sent, in milliseconds since the epoch, in machine time. */
const sentAt = ({ at, duration_ms }: Exchange): number => Date.parse(at) - duration_ms;

/** Whether `other` repeats `late`, because the client gave up waiting for its answer. */
const isRetryBeforeAnswer = (other: Exchange, late: Exchange): boolean =>
  late.fault !== null &&
  other !== late &&
  requestKey(other) === requestKey(late) &&
  sentAt(other) >= sentAt(late) &&
  sentAt(other) < Date.parse(late.at);

/** A key that is equal for identical requests. */
export const requestKey = ({ organization, operation, path, query, body }: Exchange): string =>
  JSON.stringify([organization, operation, path, Object.entries(query).sort(), body]);

/** How much the two clocks may differ if the world follows the machine, in milliseconds. */
const clockToleranceMs = 50;

/**
 * How long a client waited between an answer and its next request, in milliseconds: in machine time, or in world time if
 * a test advanced the clock instead of waiting. In a frozen world, an answer takes no time.
 */
export function pauseBetween(after: Exchange, next: Exchange): number {
  const machine = Date.parse(next.at) - Date.parse(after.at);
  const world = Date.parse(next.world_time) - Date.parse(after.world_time);
  return world > machine + clockToleranceMs ? world : machine - next.duration_ms;
}

/**
 * Whether a client library may have retried `previous` as `next` automatically: the same request, after an answer that
 * official clients retry or no answer, and after their wait. They send no header that shows it (§3).
 */
const isLibraryRetry = (previous: Exchange, next: Exchange): boolean =>
  requestKey(previous) === requestKey(next) &&
  (previous.cut !== null || [408, 409, 429].includes(previous.status) || previous.status >= 500) &&
  pauseBetween(previous, next) >= minLibraryWaitMs;

/** Official clients wait about a second before a retry. */
const minLibraryWaitMs = 500;

/** How often official clients retry a request automatically. */
const maxLibraryRetries = 2;

/** The requests without the automatic retries of client libraries. */
export function attemptsOf(exchanges: readonly Exchange[]): Exchange[] {
  const attempts: Exchange[] = [];
  let previous: Exchange | undefined;
  let retries = 0;
  for (const exchange of exchanges) {
    const isRetry = previous !== undefined && retries < maxLibraryRetries && isLibraryRetry(previous, exchange);
    retries = isRetry ? retries + 1 : 0;
    if (!isRetry && !exchange.retry) attempts.push(exchange);
    previous = exchange;
  }
  return attempts;
}

/** Groups exchanges by `key`, and returns each pair of consecutive exchanges in a group. */
export function consecutivePairs(
  exchanges: readonly Exchange[],
  key: (exchange: Exchange) => string,
): (readonly [Exchange, Exchange])[] {
  return [...Map.groupBy(exchanges, key).values()].flatMap((list) =>
    list.slice(1).map((next, index) => [list[index] as Exchange, next] as const),
  );
}

/** Joins pairs that share an exchange, so that a chain of them is reported once. */
export function chains(pairs: readonly (readonly [Exchange, Exchange])[]): Exchange[][] {
  const found: Exchange[][] = [];
  for (const [first, second] of pairs) {
    const chain = found.find((one) => one.at(-1) === first);
    if (chain) chain.push(second);
    else found.push([first, second]);
  }
  return found;
}

export const numbersOf = (...entries: readonly ({ readonly number: number } | undefined)[]): number[] =>
  entries.flatMap((entry) => (entry === undefined ? [] : [entry.number])).sort((a, b) => a - b);
