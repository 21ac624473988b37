import { isObject, same } from './site.ts';

/** How the values that a limit lets pass have changed; `other` where neither set holds the other. */
export type Effect = 'narrower' | 'wider' | 'other';

/** Formats whose every value is one of another format. */
const within: Readonly<Record<string, readonly string[]>> = {
  int32: ['int64'],
  float: ['double'],
  email: ['idn-email'],
  hostname: ['idn-hostname'],
  uri: ['uri-reference', 'iri', 'iri-reference'],
  'uri-reference': ['iri-reference'],
  iri: ['iri-reference'],
};

const narrowsIf = (condition: boolean): Effect => (condition ? 'narrower' : 'wider');

function compareBounds(side: 'min' | 'max', before: unknown, after: unknown): Effect {
  const [[a, strictA], [b, strictB]] = [before, after].map((value) =>
    isObject(value) ? [Number(value['beyond']), true] : [Number(value), false],
  ) as [[number, boolean], [number, boolean]];
  if (a === b) return narrowsIf(strictB && !strictA);
  return narrowsIf(side === 'min' ? b > a : b < a);
}

function compareSets(before: readonly unknown[], after: readonly unknown[]): Effect | undefined {
  const isIn = (values: readonly unknown[]) => (value: unknown) => values.some((other) => same(value, other));
  const isSubset = after.every(isIn(before));
  const isSuperset = before.every(isIn(after));
  if (isSubset && isSuperset) return undefined;
  return isSubset ? 'narrower' : isSuperset ? 'wider' : 'other';
}

/**
 * The effect of a changed limit; undefined where it lets the same values pass. A limit that is new narrows and one that
 * is gone widens, whatever it says; of two that differ and are not understood nothing is known.
 */
export function effectOf(keyword: string, before: unknown, after: unknown): Effect | undefined {
  if (same(before, after)) return undefined;
  if (before === undefined) return 'narrower';
  if (after === undefined) return 'wider';
  if (keyword === 'enum') return compareSets(before as unknown[], after as unknown[]);
  if (/^minimum$|^maximum$|^m(in|ax)(Length|Items|Properties|Contains)$/.test(keyword))
    return compareBounds(keyword.slice(0, 3) as 'min' | 'max', before, after);
  if (keyword === 'multipleOf' && typeof before === 'number' && typeof after === 'number') {
    if (after % before === 0) return 'narrower';
    return before % after === 0 ? 'wider' : 'other';
  }
  if (keyword === 'format') {
    if (within[String(after)]?.includes(String(before))) return 'wider';
    if (within[String(before)]?.includes(String(after))) return 'narrower';
  }
  return 'other';
}
