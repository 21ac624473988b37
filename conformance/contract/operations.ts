import { compareCredentials, compareServers } from './access.ts';
import { type Change, merged } from './change.ts';
import {
  child,
  children,
  documentNode,
  fieldsOf,
  type JsonNode,
  pointer,
  resolved,
  same,
  writtenOut,
} from './json-pointer.ts';
import { filesField } from './references.ts';
import { compareParameters, compareRequestBodies } from './requests.ts';
import { compareResponses } from './responses.ts';

interface Operation {
  /** Method and path without the names of path parameters, which never appear in requests. */
  readonly key: string;
  readonly name: string;
  readonly item: JsonNode;
  readonly node: JsonNode;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Fields of a path item and of an operation that are compared one by one, or that are documentation only. */
const known = new Set(
  'parameters requestBody responses security servers deprecated operationId summary description tags externalDocs $ref'.split(
    ' ',
  ),
);

function operationsOf(root: unknown): Map<string, Operation> {
  const items = children(child(documentNode(root), 'paths'));
  const operations = items.flatMap(([path, entry]) => {
    const item = resolved(entry) as JsonNode;
    return children(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, node]): [string, Operation] => {
        const line = `${method.toUpperCase()} ${path}`;
        const key = line.replaceAll(/\{[^}]*\}/g, '{}');
        return [key, { key, name: String(fieldsOf(node)['operationId'] ?? line), item, node }];
      });
  });
  return new Map(operations);
}

/** Fields that this comparison does not know, such as callbacks: a change of one is always reported. */
function compareUnknown(
  before: JsonNode,
  after: JsonNode,
  names: ReadonlySet<string>,
  where: readonly string[],
): Change[] {
  const unknown = (node: JsonNode) =>
    Object.fromEntries(
      children(node)
        .filter(([key]) => !names.has(key) && !key.startsWith('x-'))
        .map(([key, part]) => [key, writtenOut(part)]),
    );
  const [previous, current] = [unknown(before), unknown(after)];
  const keys = [...new Set([...Object.keys(previous), ...Object.keys(current)])];
  return keys
    .filter((key) => !same(previous[key], current[key]))
    .map((key) => ({
      verdict: 'breaking',
      kind: 'unknown',
      path: `openapi#${after.at}${pointer(key)}`,
      what: `${key} changed, which this comparison cannot judge`,
      before: previous[key],
      after: current[key],
      affects: ['client', 'implementer'],
      where,
    }));
}

function compareNames(before: Operation, after: Operation): Change[] {
  const changes: Change[] = [];
  const [previous, current] = [fieldsOf(before.node), fieldsOf(after.node)];
  const add = (field: string, what: string) =>
    changes.push({
      verdict: 'compatible',
      kind: `operation.${field}`,
      path: `openapi#${after.node.at}/${field}`,
      what,
      before: previous[field],
      after: current[field],
      affects: ['client'],
      where: [after.name],
    });
  if (previous['operationId'] !== current['operationId'])
    add('operationId', 'operation renamed, and code generated from it');
  if (current['deprecated'] === true && previous['deprecated'] !== true) add('deprecated', 'operation deprecated');
  return changes;
}

function compareOperations(before: Operation, after: Operation): Change[] {
  const where = after.name;
  return [
    ...compareNames(before, after),
    ...compareParameters([before.item, before.node], [after.item, after.node], where),
    ...compareRequestBodies(before.node, after.node, where),
    ...compareResponses(child(before.node, 'responses'), child(after.node, 'responses'), where),
    ...compareCredentials(before.node, after.node, where),
    ...compareServers([before.node, before.item], [after.node, after.item], where),
    ...compareUnknown(before.node, after.node, known, [where]),
    ...compareUnknown(before.item, after.item, new Set([...known, ...methods]), [where]),
  ];
}

const whole = (operation: Operation, what: 'added' | 'removed'): Change => ({
  verdict: what === 'added' ? 'compatible' : 'breaking',
  kind: `operation.${what}`,
  path: `openapi#${operation.node.at}`,
  what: `operation ${operation.name} ${what}`,
  [what === 'added' ? 'after' : 'before']: operation.key,
  affects: [what === 'added' ? 'implementer' : 'client'],
  where: [operation.name],
});

/** Fields of the document that are compared through its operations, or that are documentation only. */
const parts = new Set(`openapi info paths components servers security tags externalDocs ${filesField}`.split(' '));

/** Every difference between two OpenAPI documents that a client or an implementation can notice. */
export function compareSurfaces(before: unknown, after: unknown): Change[] {
  const [previous, current] = [operationsOf(before), operationsOf(after)];
  return merged([
    ...[...previous].flatMap(([key, operation]) => {
      const other = current.get(key);
      return other === undefined ? [whole(operation, 'removed')] : compareOperations(operation, other);
    }),
    ...[...current].filter(([key]) => !previous.has(key)).map(([, operation]) => whole(operation, 'added')),
    ...compareUnknown(documentNode(before), documentNode(after), parts, []),
  ]);
}
