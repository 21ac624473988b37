import { child, children, documentNode, fieldsOf, type JsonNode, pointer, resolved, same } from '../json-pointer.ts';
import { nodesOf } from '../values.ts';
import { formOf } from './forms.ts';

/** What a client sent and received. Bodies are JSON values; undefined if there was none. */
export interface UsedExchange {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

/** One kind of value that a client sends in a place (spec/usage-profile.schema.json). */
export interface Kind {
  readonly type: string;
  readonly count: number;
  readonly form?: string;
  readonly value?: unknown;
  readonly min?: number;
  readonly max?: number;
}

export type FieldKinds = Readonly<Record<string, readonly Kind[]>>;

export interface OperationUsage {
  readonly count: number;
  readonly query: FieldKinds;
  readonly request: FieldKinds;
  readonly responses: Readonly<
    Record<string, { readonly count: number; readonly fields: Readonly<Record<string, number>> }>
  >;
}

/** What a client uses of a contract. */
export interface UsageProfile {
  readonly version: 1;
  readonly client: string;
  readonly contract: string;
  readonly exchanges: number;
  readonly ignored: number;
  readonly operations: Readonly<Record<string, OperationUsage>>;
}

/** The maximum number of forms of a field, and the maximum length of an enum whose values are kept as they are. */
const formLimit = 20;
const listLimit = 20;

const methods = /^(get|put|post|delete|patch|head|options)$/;

/** An operation of a document, by the name that changes use for it. */
export interface NamedOperation {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly item: JsonNode;
  readonly node: JsonNode;
}

export function operationsIn(document: unknown): NamedOperation[] {
  return children(child(documentNode(document), 'paths')).flatMap(([path, entry]) => {
    const item = resolved(entry) as JsonNode;
    const escaped = path.split(/\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return children(item)
      .filter(([method]) => methods.test(method))
      .map(([method, node]) => ({
        name: String(fieldsOf(node)['operationId'] ?? `${method.toUpperCase()} ${path}`),
        method: method.toUpperCase(),
        path: new RegExp(`^${escaped.join('[^/]+')}$`),
        item,
        node,
      }));
  });
}

const firstSchema = (holder: JsonNode | undefined): JsonNode[] => {
  const [entry] = children(child(resolved(holder), 'content'));
  const schema = child(entry?.[1], 'schema');
  return schema ? [schema] : [];
};

/** The schemas of a request body, of an answer by its status, and of a parameter by its name. */
export const requestNodes = ({ node }: NamedOperation): JsonNode[] => firstSchema(child(node, 'requestBody'));

export function responseNodes({ node }: NamedOperation, status: string): JsonNode[] {
  const responses = child(node, 'responses');
  const names = [status, `${status[0]}XX`, 'default'];
  return firstSchema(names.map((name) => child(responses, name)).find((one) => one !== undefined));
}

export function queryNodes({ item, node }: NamedOperation, name: string): JsonNode[] {
  const parameters = [item, node]
    .flatMap((one) => children(child(one, 'parameters')))
    .map(([, entry]) => resolved(entry));
  const found = parameters.filter((one) => fieldsOf(one)['in'] === 'query' && fieldsOf(one)['name'] === name);
  return found.map((one) => child(one, 'schema')).filter((one) => one !== undefined);
}

/** The schemas of a property, or of the items, of values of these schemas. */
export function partNodes(nodes: readonly JsonNode[], key: string): JsonNode[] {
  const all = nodesOf(nodes);
  if (key === '-') return all.map((node) => child(node, 'items')).filter((one) => one !== undefined);
  const own = all.map((node) => child(child(node, 'properties'), key)).filter((one) => one !== undefined);
  return own.length > 0
    ? own
    : all.map((node) => child(node, 'additionalProperties')).filter((one) => one !== undefined);
}

const isDeclared = (nodes: readonly JsonNode[], key: string): boolean =>
  nodesOf(nodes).some((node) => child(child(node, 'properties'), key) !== undefined);

/** The kind of a value without its content; the value itself only if the contract lists it. */
function kindOf(value: unknown, nodes: readonly JsonNode[]): Omit<Kind, 'count'> {
  if (value === null) return { type: 'null' };
  if (Array.isArray(value)) return { type: 'array', min: value.length, max: value.length };
  if (typeof value === 'object') return { type: 'object' };
  const listed = nodesOf(nodes).flatMap((node) => [fieldsOf(node)['const'], fieldsOf(node)['enum']].flat());
  if (typeof value === 'boolean' || (listed.length <= listLimit && listed.includes(value)))
    return { type: typeof value, value };
  if (typeof value === 'number') return { type: 'number', form: formOf(String(value)) };
  const text = String(value);
  // The kit's own evidence has this in place of personal fields.
  if (text.startsWith('[redacted')) return { type: 'redacted' };
  return { type: 'string', form: formOf(text), min: [...text].length, max: [...text].length };
}

type Collected = Record<string, Kind[]>;

/** The value of a record under a key, set at its first use. */
function entryOf<T>(record: Record<string, T>, key: string, first: T): T {
  record[key] ??= first;
  return record[key];
}

function count(fields: Collected, at: string, kind: Omit<Kind, 'count'>): void {
  const kinds = entryOf<Kind[]>(fields, at, []);
  const isSame = (one: Kind) => one.type === kind.type && one.form === kind.form && same(one.value, kind.value);
  let index = kinds.findIndex(isSame);
  const isFull = index < 0 && kinds.length >= formLimit;
  const wanted = isFull ? { ...kind, form: '...' } : kind;
  if (isFull) index = kinds.findIndex(({ type, form }) => type === kind.type && form === '...');
  const known = kinds[index];
  if (known === undefined) kinds.push({ ...wanted, count: 1 });
  else {
    const { min, max } = kind;
    const range = min !== undefined &&
      max !== undefined && { min: Math.min(known.min ?? min, min), max: Math.max(known.max ?? max, max) };
    kinds[index] = { ...known, count: known.count + 1, ...range };
  }
}

/** Visits a value and its parts, each with its place and the schemas that apply there. */
function walk(
  value: unknown,
  nodes: readonly JsonNode[],
  visit: (at: string, value: unknown, nodes: readonly JsonNode[]) => void,
  at = '',
): void {
  visit(at, value, nodes);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const name = Array.isArray(value) ? '-' : isDeclared(nodes, key) ? key : '*';
    walk(part, partNodes(nodes, name), visit, at + pointer(name));
  }
}

interface Tally {
  count: number;
  readonly query: Collected;
  readonly request: Collected;
  readonly responses: Record<string, { count: number; fields: Record<string, number> }>;
}

/** Summarises exchanges of a client as a profile. Pure: the same exchanges give the same profile. */
export function profileOf(client: string, exchanges: readonly UsedExchange[], document: unknown): UsageProfile {
  const operations = operationsIn(document);
  const tallies: Record<string, Tally> = {};
  let ignored = 0;
  for (const { method, path, query, requestBody, status, responseBody } of exchanges) {
    const operation = operations.find((one) => one.method === method.toUpperCase() && one.path.test(path));
    if (operation === undefined) {
      ignored += 1;
      continue;
    }
    const tally = entryOf(tallies, operation.name, { count: 0, query: {}, request: {}, responses: {} });
    tally.count += 1;
    for (const [name, value] of query) {
      const nodes = queryNodes(operation, name);
      count(tally.query, pointer(nodes.length > 0 ? name : '*'), kindOf(value, nodes));
    }
    if (requestBody !== undefined)
      walk(requestBody, requestNodes(operation), (at, value, nodes) => count(tally.request, at, kindOf(value, nodes)));
    const answer = entryOf(tally.responses, String(status), { count: 0, fields: {} });
    answer.count += 1;
    if (responseBody !== undefined)
      walk(responseBody, responseNodes(operation, String(status)), (at) => {
        answer.fields[at] = (answer.fields[at] ?? 0) + 1;
      });
  }
  const { version } = fieldsOf(child(documentNode(document), 'info'));
  return {
    version: 1,
    client,
    contract: String(version),
    exchanges: exchanges.length - ignored,
    ignored,
    operations: tallies,
  };
}
