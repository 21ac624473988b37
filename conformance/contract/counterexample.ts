import type { Change, SchemaPair } from './change.ts';
import type { JsonNode } from './json-pointer.ts';
import { isValid } from './validator.ts';
import { valuesOf } from './values.ts';

/**
 * A value that shows a break: one that only the contract before accepts from a client, or that only the one after
 * answers. Undefined if none was found, which proves nothing.
 */
export function counterexampleOf({ before, after, direction }: SchemaPair): Change['counterexample'] {
  const [from, to] = direction === 'request' ? [before, after] : [after, before];
  if (from.length === 0 && to.length === 0) return undefined;
  const judge = (nodes: readonly JsonNode[], value: unknown) => nodes.map((node) => isValid(node, direction, value));
  const acceptsOne = (nodes: readonly JsonNode[], value: unknown) => judge(nodes, value).includes(true);
  const shows = (value: unknown) => judge(from, value).every((one) => one === true) && judge(to, value).includes(false);
  const found = valuesOf({ from, to }, acceptsOne).filter(shows);
  if (found.length === 0) return undefined;
  // The shortest is the easiest to read, unless it is empty.
  const length = (value: unknown) => (value === '' ? 20 : JSON.stringify(value).length);
  const [value] = found.sort((a, b) => length(a) - length(b));
  const says = direction === 'request' ? 'was valid, is not any more' : 'was not valid, may come now';
  return { value, says };
}
