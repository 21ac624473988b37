import type { Change } from './change.ts';
import { child, children, documentNode, fieldsOf, isObject, type JsonNode, resolved, same } from './json-pointer.ts';
import { partChange } from './requests.ts';

/** One set of credentials that an operation accepts: scopes by scheme, each scheme as it appears in requests. */
type Credentials = ReadonlyMap<string, readonly string[]>;

const schemeNode = (root: unknown, name: string): JsonNode | undefined =>
  resolved(child(child(child(documentNode(root), 'components'), 'securitySchemes'), name));

/** What of a security scheme appears in requests, as one text. */
function identityOf(root: unknown, name: string): string {
  const { type, in: place, name: field, scheme, flows, openIdConnectUrl } = fieldsOf(schemeNode(root, name));
  const [header, method] = [
    place === 'header' ? String(field).toLowerCase() : field,
    scheme && String(scheme).toLowerCase(),
  ];
  return JSON.stringify({ type, place, header, method, flows, openIdConnectUrl });
}

/** The first of the nodes, or the document, that has this field. */
function inherited(nodes: readonly JsonNode[], field: string): JsonNode | undefined {
  const [first] = nodes as [JsonNode];
  return [...nodes, documentNode(first.root)].map((node) => child(node, field)).find((node) => node !== undefined);
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

interface Alternative {
  /** For people, such as `oauth read + apiKey`. */
  readonly name: string;
  readonly schemes: readonly string[];
  readonly credentials: Credentials;
}

/** Every alternative, one without credentials if none are required. */
function alternativesOf(operation: JsonNode): Alternative[] {
  const list = children(inherited([operation], 'security')).map(([, node]) => fieldsOf(node));
  return (list.length === 0 ? [{}] : list).map((entry) => {
    const schemes = Object.entries(entry).map(([name, scopes]) => [name, [scopes].flat().map(asText)] as const);
    return {
      name: schemes.map(([name, scopes]) => [name, ...scopes].join(' ')).join(' + ') || 'none',
      schemes: schemes.map(([name]) => name),
      credentials: new Map(schemes.map(([name, scopes]) => [identityOf(operation.root, name), scopes])),
    };
  });
}

/** Whether the credentials `held` include those that are required. */
const suffices = (held: Credentials, asked: Credentials): boolean =>
  [...asked].every(
    ([scheme, scopes]) => held.has(scheme) && scopes.every((scope) => held.get(scheme)?.includes(scope)),
  );

/** Credentials that an operation accepted must still be accepted. */
export function compareCredentials(before: JsonNode, after: JsonNode, where: string): Change[] {
  const [previous, current] = [alternativesOf(before), alternativesOf(after)];
  const uncovered = (some: readonly Alternative[], others: readonly Alternative[]) =>
    some.filter((one) => !others.some((other) => suffices(one.credentials, other.credentials)));
  const [locked, opened] = [uncovered(previous, current), uncovered(current, previous)];
  if (locked.length + opened.length === 0) return [];
  const values = { before: previous.map(({ name }) => name), after: current.map(({ name }) => name) };
  // If the names are the same, a scheme itself has changed.
  const [name = ''] = same(values.before, values.after) ? [...opened, ...locked].flatMap(({ schemes }) => schemes) : [];
  const listed = inherited([after], 'security') ?? inherited([before], 'security') ?? after;
  const node = schemeNode(after.root, name) ?? listed;
  return locked.length > 0
    ? [partChange('breaking', 'security.tightened', node, 'other credentials are required', where, values)]
    : [partChange('compatible', 'security.loosened', node, 'further credentials are accepted', where, values)];
}

/** The server addresses of an operation. The nodes are the operation and its path item, in this order. */
export function compareServers(before: readonly JsonNode[], after: readonly JsonNode[], where: string): Change[] {
  const [previous, current] = [inherited(before, 'servers'), inherited(after, 'servers')];
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (key === 'description' ? [] : [[key, strip(item)]])),
    );
  };
  const list = (node: JsonNode | undefined) => children(node).map(([, server]) => server);
  const has = (node: JsonNode | undefined, server: JsonNode) =>
    list(node).some((other) => same(strip(other.value), strip(server.value)));
  const url = (node: JsonNode) => String(fieldsOf(node)['url']);
  return [
    ...list(previous)
      .filter((server) => !has(current, server))
      .map((server) => partChange('breaking', 'server.removed', server, `server ${url(server)} removed`, where)),
    ...list(current)
      .filter((server) => !has(previous, server))
      .map((server) => partChange('compatible', 'server.added', server, `server ${url(server)} added`, where)),
  ];
}
