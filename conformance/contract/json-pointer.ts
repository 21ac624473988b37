/** A value in a JSON document and the pointer to it. */
export interface JsonNode {
  readonly value: unknown;
  /** Empty for the document itself. */
  readonly at: string;
  readonly root: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const documentNode = (root: unknown): JsonNode => ({ value: root, at: '', root });

export const pointer = (...keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The fields of an object; empty for any other value. */
export const fieldsOf = (node: JsonNode | undefined): Fields => (isObject(node?.value) ? node.value : {});

/** The value of a key of this object or array; undefined if there is none. */
export function child(node: JsonNode | undefined, key: string | number): JsonNode | undefined {
  if (node === undefined || typeof node.value !== 'object' || node.value === null) return undefined;
  if (!Object.hasOwn(node.value, key)) return undefined;
  const value = (node.value as Fields)[key];
  return value === undefined ? undefined : { value, at: node.at + pointer(key), root: node.root };
}

export function children(node: JsonNode | undefined): [key: string, JsonNode][] {
  if (typeof node?.value !== 'object' || node.value === null) return [];
  return Object.keys(node.value).map((key) => [key, child(node, key) as JsonNode]);
}

/** Decodes a key; returns it unchanged if it is not valid percent-encoding. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What a local reference such as `#/components/schemas/Group` names; undefined if there is nothing. */
export function resolveReference(node: JsonNode): JsonNode | undefined {
  const { $ref } = fieldsOf(node);
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return undefined;
  const keys = $ref.slice(2).split('/');
  return keys
    .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonNode | undefined>((from, key) => child(from, key), documentNode(node.root));
}

/** The object itself in place of a reference to it (parameters, bodies, responses, headers). */
export function resolved(node: JsonNode | undefined): JsonNode | undefined {
  const seen = new Set<string>();
  let current = node;
  while (current !== undefined && !seen.has(current.at)) {
    seen.add(current.at);
    const next = resolveReference(current);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** Whether two JSON values are equal, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** A value with every reference resolved, so that changes behind references are noticed; a circular one stays as it is. */
export function writtenOut(node: JsonNode, trail: readonly string[] = []): unknown {
  const { value } = node;
  if (typeof value !== 'object' || value === null || trail.includes(node.at)) return value;
  const further = [...trail, node.at];
  const parts = children(node).map(([key, part]) => [key, writtenOut(part, further)] as const);
  if (Array.isArray(value)) return parts.map(([, part]) => part);
  const named = resolveReference(node);
  if (named === undefined || trail.includes(named.at)) return Object.fromEntries(parts);
  const { $ref, ...rest } = Object.fromEntries(parts);
  const meant = writtenOut(named, further);
  return Object.keys(rest).length === 0 ? meant : { allOf: [meant], ...rest };
}
