import type { Change } from './change.ts';
import { isObject, pointer, same } from './json-pointer.ts';

/** Fields that are documentation only, unless they are names of properties or components. */
const text = /^(description|summary|title|examples?|externalDocs|tags|info|links|x-.*|\$comment)$/;

/** Lists whose order has no meaning. */
const sets = /^(required|enum|type|tags|security|parameters|anyOf|oneOf|allOf)$/;

const isSameSet = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item) => b.some((other) => same(item, other)));

interface Difference {
  readonly keys: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** The places where two JSON values differ, as deep as both have values. */
function differences(before: unknown, after: unknown, keys: readonly string[] = []): Difference[] {
  if (same(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (sets.test(keys.at(-1) ?? '') && isSameSet(before, after)) return [];
    if (before.length === after.length && before.every((item) => typeof item === 'object'))
      return before.flatMap((item, index) => differences(item, after[index], [...keys, String(index)]));
  }
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(before[name], after[name], [...keys, name]));
  }
  return [{ keys, before, after }];
}

const isText = (keys: readonly string[]): boolean =>
  keys.some(
    (key, index) =>
      text.test(key) && !/^(properties|schemas|parameters|responses|headers)$/.test(keys[index - 1] ?? ''),
  );

/**
 * The differences between two OpenAPI documents that are not in `found`, so that no difference passes
 * unseen: wording, examples, other notations, parts that no operation uses. The version is not a difference
 * but the claim that is checked.
 */
export function otherDifferences(before: unknown, after: unknown, found: readonly Change[]): Change[] {
  const paths = found.map(({ path }) => path.slice('openapi#'.length));
  const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);
  return differences(before, after).flatMap(({ keys, ...values }): Change[] => {
    const at = pointer(...keys);
    if (at === '/info/version' || paths.some((path) => isWithin(at, path) || isWithin(path, at))) return [];
    const isDeprecation = keys.at(-1) === 'deprecated' && values.after === true;
    return [
      {
        verdict: isDeprecation ? 'compatible' : 'editorial',
        kind: isDeprecation ? 'deprecated' : isText(keys) ? 'words' : 'notation',
        path: `openapi#${at}`,
        what: isDeprecation ? 'deprecated' : isText(keys) ? 'words changed' : 'written otherwise',
        ...values,
        affects: isDeprecation ? ['client'] : [],
        where: [],
      },
    ];
  });
}
