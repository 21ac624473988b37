import type { components } from '../../generated/control-api.ts';

type Schemas = components['schemas'];
export type Journal = Schemas['Journal'];
export type Exchange = Schemas['Exchange'];
export type Completion = Schemas['Completion'];
export type Occurrence = Schemas['Occurrence'];

/** What a recogniser looks at. */
export interface Traffic {
  /** Requests of known organizations, none of the conformance suite, in the order in which they were answered. */
  readonly exchanges: readonly Exchange[];
  readonly completions: readonly Completion[];
  readonly submissions: readonly Submission[];
}

/** A sync whose client knows that it was accepted. */
export interface Submission {
  readonly submitted: Exchange;
  readonly completion: Completion | undefined;
  readonly retrievals: readonly Exchange[];
}

/** Finds one kind of mistake. It must not accuse a client that did right, so what is in doubt is none. */
export type Recogniser = (traffic: Traffic) => Occurrence[];

export function trafficOf({ exchanges: all, completions: done }: Journal): Traffic {
  const exchanges = all.filter(({ organization, suite }) => organization !== null && !suite);
  const ofSuite = new Set(all.filter(({ suite }) => suite).map(({ request_id }) => request_id));
  const completions = done.filter(({ request_id }) => !ofSuite.has(request_id));
  const completed = new Map(completions.map((completion) => [completion.request_id, completion]));
  const retrievals = Map.groupBy(
    exchanges.filter(({ operation }) => operation === 'retrieveMemberSync'),
    ({ request_id }) => request_id,
  );
  const accepted = exchanges.filter(isAccepted);
  const submissions = accepted
    .filter((submitted) => submitted.cut === null && !accepted.some((other) => overtook(other, submitted)))
    .map((submitted) => ({
      submitted,
      completion: completed.get(submitted.request_id ?? ''),
      retrievals: retrievals.get(submitted.request_id) ?? [],
    }));
  return { exchanges, completions, submissions };
}

export const isAccepted = ({ operation, status, request_id }: Exchange): boolean =>
  operation === 'submitMemberSync' && status === 202 && request_id !== null;

/** When a request was sent, in milliseconds since the epoch by the machine's time. */
const sentAt = ({ at, duration_ms }: Exchange): number => Date.parse(at) - duration_ms;

/** Whether a client that waited in vain for the answer to `late` sent the same again as `other`. */
const overtook = (other: Exchange, late: Exchange): boolean =>
  late.fault !== null &&
  other !== late &&
  requestOf(other) === requestOf(late) &&
  sentAt(other) >= sentAt(late) &&
  sentAt(other) < Date.parse(late.at);

/** Equal for two requests that ask for the same. */
export const requestOf = ({ organization, operation, path, query, body }: Exchange): string =>
  JSON.stringify([organization, operation, path, Object.entries(query).sort(), body]);

/** By how much the two clocks may differ although the world's runs with the machine's, in milliseconds. */
const clockNoise = 50;

/**
 * How long a client waited after one answer before it sent the next request, in milliseconds: by the machine's time, or
 * by the world's if a test moved that on instead of waiting. In a frozen world an answer takes no time.
 */
export function pause(after: Exchange, next: Exchange): number {
  const machine = Date.parse(next.at) - Date.parse(after.at);
  const world = Date.parse(next.world_time) - Date.parse(after.world_time);
  return world > machine + clockNoise ? world : machine - next.duration_ms;
}

/**
 * Whether a client library may have sent `next` by itself after `previous`: the same request, after an answer that official
 * clients repeat or none at all, and after the wait that they make. They send no header that says so (§3).
 */
export const isLibraryRepeat = (previous: Exchange, next: Exchange): boolean =>
  requestOf(previous) === requestOf(next) &&
  (previous.cut !== null || [408, 409, 429].includes(previous.status) || previous.status >= 500) &&
  pause(previous, next) >= minLibraryWaitMs;

/** Official clients wait about a second before they repeat. */
const minLibraryWaitMs = 500;

/** How often official clients repeat a request by themselves. */
const maxLibraryRepeats = 2;

/** The requests without those that a client library repeated by itself. */
export function attemptsOf(exchanges: readonly Exchange[]): Exchange[] {
  const attempts: Exchange[] = [];
  let previous: Exchange | undefined;
  let repeats = 0;
  for (const exchange of exchanges) {
    const isRepeat = previous !== undefined && repeats < maxLibraryRepeats && isLibraryRepeat(previous, exchange);
    repeats = isRepeat ? repeats + 1 : 0;
    if (!isRepeat && !exchange.retry) attempts.push(exchange);
    previous = exchange;
  }
  return attempts;
}

/** The number of an amount of something, with its noun. */
export const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Neighbours in each list of exchanges that `key` puts together, in order. */
export function neighbours(
  exchanges: readonly Exchange[],
  key: (exchange: Exchange) => string,
): (readonly [Exchange, Exchange])[] {
  return [...Map.groupBy(exchanges, key).values()].flatMap((list) =>
    list.slice(1).map((next, index) => [list[index] as Exchange, next] as const),
  );
}

/** Joins pairs that share an exchange, so that a chain of them is told once. */
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
