import type { Change } from './change.ts';
import { partChange } from './requests.ts';
import { child, children, documentSite, fieldsOf, isObject, resolved, type Site, same } from './site.ts';

/** One set of credentials that opens an operation: scopes by scheme, the scheme being what the wire sees of it. */
type Credentials = ReadonlyMap<string, readonly string[]>;

const schemeSite = (root: unknown, name: string): Site | undefined =>
  resolved(child(child(child(documentSite(root), 'components'), 'securitySchemes'), name));

/** What the wire sees of a security scheme, as one text. */
function identityOf(root: unknown, name: string): string {
  const { type, in: place, name: field, scheme, flows, openIdConnectUrl } = fieldsOf(schemeSite(root, name));
  const [header, method] = [
    place === 'header' ? String(field).toLowerCase() : field,
    scheme && String(scheme).toLowerCase(),
  ];
  return JSON.stringify({ type, place, header, method, flows, openIdConnectUrl });
}

/** The first of the sites, or the document, that says something of this field. */
function inherited(sites: readonly Site[], field: string): Site | undefined {
  const [first] = sites as [Site];
  return [...sites, documentSite(first.root)].map((site) => child(site, field)).find((site) => site !== undefined);
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

interface Alternative {
  /** For people, such as `oauth read + apiKey`. */
  readonly name: string;
  readonly schemes: readonly string[];
  readonly credentials: Credentials;
}

/** Every alternative, one with no credentials where nothing is asked for. */
function alternativesOf(operation: Site): Alternative[] {
  const list = children(inherited([operation], 'security')).map(([, site]) => fieldsOf(site));
  return (list.length === 0 ? [{}] : list).map((entry) => {
    const schemes = Object.entries(entry).map(([name, scopes]) => [name, [scopes].flat().map(asText)] as const);
    return {
      name: schemes.map(([name, scopes]) => [name, ...scopes].join(' ')).join(' + ') || 'none',
      schemes: schemes.map(([name]) => name),
      credentials: new Map(schemes.map(([name, scopes]) => [identityOf(operation.root, name), scopes])),
    };
  });
}

/** Whether who has `held` also has what is asked for. */
const suffices = (held: Credentials, asked: Credentials): boolean =>
  [...asked].every(
    ([scheme, scopes]) => held.has(scheme) && scopes.every((scope) => held.get(scheme)?.includes(scope)),
  );

/** Credentials that opened an operation must go on opening it. */
export function compareCredentials(before: Site, after: Site, where: string): Change[] {
  const [old, young] = [alternativesOf(before), alternativesOf(after)];
  const uncovered = (some: readonly Alternative[], others: readonly Alternative[]) =>
    some.filter((one) => !others.some((other) => suffices(one.credentials, other.credentials)));
  const [locked, opened] = [uncovered(old, young), uncovered(young, old)];
  if (locked.length + opened.length === 0) return [];
  const values = { before: old.map(({ name }) => name), after: young.map(({ name }) => name) };
  // Under the same names it is a scheme itself that changed.
  const [name = ''] = same(values.before, values.after) ? [...opened, ...locked].flatMap(({ schemes }) => schemes) : [];
  const listed = inherited([after], 'security') ?? inherited([before], 'security') ?? after;
  const site = schemeSite(after.root, name) ?? listed;
  return locked.length > 0
    ? [partChange('breaking', 'security.tightened', site, 'other credentials are asked for', where, values)]
    : [partChange('compatible', 'security.loosened', site, 'further credentials are accepted', where, values)];
}

/** The addresses at which an operation is. The sites are the operation and its path item, in this order. */
export function compareServers(before: readonly Site[], after: readonly Site[], where: string): Change[] {
  const [old, young] = [inherited(before, 'servers'), inherited(after, 'servers')];
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (key === 'description' ? [] : [[key, strip(item)]])),
    );
  };
  const list = (site: Site | undefined) => children(site).map(([, server]) => server);
  const has = (site: Site | undefined, server: Site) =>
    list(site).some((other) => same(strip(other.value), strip(server.value)));
  const url = (site: Site) => String(fieldsOf(site)['url']);
  return [
    ...list(old)
      .filter((server) => !has(young, server))
      .map((server) => partChange('breaking', 'server.removed', server, `server ${url(server)} removed`, where)),
    ...list(young)
      .filter((server) => !has(old, server))
      .map((server) => partChange('compatible', 'server.added', server, `server ${url(server)} added`, where)),
  ];
}
