import { isObject, same } from './json-pointer.ts';

/** How the set of values that a limit allows has changed; `other` if neither set contains the other. */
export type Effect = 'narrower' | 'wider' | 'other';

/** The next wider formats of a format: they contain all of its values. */
const nextWider: Readonly<Record<string, readonly string[]>> = {
  int8: ['int16'],
  uint8: ['int16', 'uint16'],
  int16: ['int32'],
  uint16: ['int32', 'uint32'],
  int32: ['int64', 'double'],
  uint32: ['int64', 'double'],
  float: ['double'],
  email: ['idn-email'],
  hostname: ['idn-hostname'],
  uri: ['uri-reference', 'iri'],
  'uri-reference': ['iri-reference'],
  iri: ['iri-reference'],
};

/** Whether every value of the one format is a value of the other. */
const isFormatWithin = (inner: string, outer: string): boolean =>
  (nextWider[inner] ?? []).some((next) => next === outer || isFormatWithin(next, outer));

const narrowsIf = (condition: boolean): Effect => (condition ? 'narrower' : 'wider');

/** A bound is a number, or `{ beyond }` if the number itself is excluded. */
function boundOf(value: unknown): { readonly limit: number; readonly isStrict: boolean } | undefined {
  const isStrict = isObject(value);
  const limit = isStrict ? value['beyond'] : value;
  return typeof limit === 'number' ? { limit, isStrict } : undefined;
}

/** Whether the first of two bounds allows fewer values. */
export function isTighter(side: 'min' | 'max', one: unknown, other: unknown): boolean | undefined {
  const [a, b] = [boundOf(one), boundOf(other)];
  if (a === undefined || b === undefined) return undefined;
  if (a.limit === b.limit) return a.isStrict && !b.isStrict;
  return side === 'min' ? a.limit > b.limit : a.limit < b.limit;
}

function compareSets(before: readonly unknown[], after: readonly unknown[]): Effect | undefined {
  const isIn = (values: readonly unknown[]) => (value: unknown) => values.some((other) => same(value, other));
  const isSubset = after.every(isIn(before));
  const isSuperset = before.every(isIn(after));
  if (isSubset && isSuperset) return undefined;
  return isSubset ? 'narrower' : isSuperset ? 'wider' : 'other';
}

/** Keywords whose bound may be compared with another of the same keyword. */
export const isBound = (keyword: string): boolean =>
  /^minimum$|^maximum$|^m(in|ax)(Length|Items|Properties|Contains)$/.test(keyword);

/** What a keyword means if it is left out although its companions are there. */
const implied: Readonly<Record<string, unknown>> = { minContains: 1 };

/**
 * The effect of a changed limit; undefined if it allows the same values. A new limit narrows and a removed one
 * widens, whatever it says; the effect of a change that is not understood is unknown.
 */
export function effectOf(keyword: string, previous: unknown, current: unknown): Effect | undefined {
  const [before, after] = [previous ?? implied[keyword], current ?? implied[keyword]];
  if (same(before, after)) return undefined;
  if (keyword === 'nullable') return 'other';
  if (before === undefined) return 'narrower';
  if (after === undefined) return 'wider';
  if (keyword === 'enum') return compareSets(before as unknown[], after as unknown[]);
  if (isBound(keyword)) {
    const tightens = isTighter(keyword.slice(0, 3) as 'min' | 'max', after, before);
    return tightens === undefined ? 'other' : narrowsIf(tightens);
  }
  if (keyword === 'multipleOf' && typeof before === 'number' && typeof after === 'number') {
    if (after % before === 0) return 'narrower';
    return before % after === 0 ? 'wider' : 'other';
  }
  if (keyword === 'format') {
    if (isFormatWithin(String(before), String(after))) return 'wider';
    if (isFormatWithin(String(after), String(before))) return 'narrower';
  }
  return 'other';
}
