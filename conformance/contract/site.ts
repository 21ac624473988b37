/** A value and where it stands in its document. */
export interface Site {
  readonly value: unknown;
  /** JSON pointer, empty for the document itself. */
  readonly at: string;
  readonly root: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const documentSite = (root: unknown): Site => ({ value: root, at: '', root });

export const pointer = (...keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The fields of an object; none of anything else. */
export const fieldsOf = (site: Site | undefined): Fields => (isObject(site?.value) ? site.value : {});

/** What stands under a key of this object or array; undefined where there is nothing. */
export function child(site: Site | undefined, key: string | number): Site | undefined {
  if (site === undefined || typeof site.value !== 'object' || site.value === null) return undefined;
  if (!Object.hasOwn(site.value, key)) return undefined;
  const value = (site.value as Fields)[key];
  return value === undefined ? undefined : { value, at: site.at + pointer(key), root: site.root };
}

export function children(site: Site | undefined): [key: string, Site][] {
  if (typeof site?.value !== 'object' || site.value === null) return [];
  return Object.keys(site.value).map((key) => [key, child(site, key) as Site]);
}

/** The key as it is where it is no valid percent-encoding. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What a local reference such as `#/components/schemas/Group` names; undefined where it leads nowhere. */
export function target(site: Site): Site | undefined {
  const { $ref } = fieldsOf(site);
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return undefined;
  const keys = $ref.slice(2).split('/');
  return keys
    .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Site | undefined>((from, key) => child(from, key), documentSite(site.root));
}

/** The object itself in place of a reference to it (parameters, bodies, responses, headers). */
export function resolved(site: Site | undefined): Site | undefined {
  const seen = new Set<string>();
  let current = site;
  while (current !== undefined && !seen.has(current.at)) {
    seen.add(current.at);
    const next = target(current);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** Equal as JSON values, whatever the order of the keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** A value with every reference in it written out, so that what changes behind one is seen; a circle ends with its text. */
export function writtenOut(site: Site, trail: readonly string[] = []): unknown {
  const { value } = site;
  if (typeof value !== 'object' || value === null || trail.includes(site.at)) return value;
  const further = [...trail, site.at];
  const parts = children(site).map(([key, part]) => [key, writtenOut(part, further)] as const);
  if (Array.isArray(value)) return parts.map(([, part]) => part);
  const named = target(site);
  if (named === undefined || trail.includes(named.at)) return Object.fromEntries(parts);
  const { $ref, ...rest } = Object.fromEntries(parts);
  const meant = writtenOut(named, further);
  return Object.keys(rest).length === 0 ? meant : { allOf: [meant], ...rest };
}
