import { compareCredentials, compareServers } from './access.ts';
import { type Change, merged } from './change.ts';
import { filesField } from './references.ts';
import { compareParameters, compareRequestBodies } from './requests.ts';
import { compareResponses } from './responses.ts';
import { child, children, documentSite, fieldsOf, pointer, resolved, type Site, same, writtenOut } from './site.ts';

interface Operation {
  /** Method and path, with the names of path parameters left out: they never reach the wire. */
  readonly key: string;
  readonly name: string;
  readonly item: Site;
  readonly site: Site;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Fields of a path item and of an operation that are compared one by one, or that only speak to people. */
const known = new Set(
  'parameters requestBody responses security servers deprecated operationId summary description tags externalDocs $ref'.split(
    ' ',
  ),
);

function operationsOf(root: unknown): Map<string, Operation> {
  const items = children(child(documentSite(root), 'paths'));
  const operations = items.flatMap(([path, entry]) => {
    const item = resolved(entry) as Site;
    return children(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, site]): [string, Operation] => {
        const line = `${method.toUpperCase()} ${path}`;
        const key = line.replaceAll(/\{[^}]*\}/g, '{}');
        return [key, { key, name: String(fieldsOf(site)['operationId'] ?? line), item, site }];
      });
  });
  return new Map(operations);
}

/** Fields that this comparison does not know, such as callbacks: a change of one is never waved through. */
function compareUnknown(before: Site, after: Site, names: ReadonlySet<string>, where: readonly string[]): Change[] {
  const unknown = (site: Site) =>
    Object.fromEntries(
      children(site)
        .filter(([key]) => !names.has(key) && !key.startsWith('x-'))
        .map(([key, part]) => [key, writtenOut(part)]),
    );
  const [old, young] = [unknown(before), unknown(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(young)])];
  return keys
    .filter((key) => !same(old[key], young[key]))
    .map((key) => ({
      verdict: 'breaking',
      kind: 'unknown',
      path: `openapi#${after.at}${pointer(key)}`,
      what: `${key} changed, which this comparison cannot judge`,
      before: old[key],
      after: young[key],
      affects: ['client', 'implementer'],
      where,
    }));
}

function compareNames(before: Operation, after: Operation): Change[] {
  const changes: Change[] = [];
  const [old, young] = [fieldsOf(before.site), fieldsOf(after.site)];
  const add = (field: string, what: string) =>
    changes.push({
      verdict: 'compatible',
      kind: `operation.${field}`,
      path: `openapi#${after.site.at}/${field}`,
      what,
      before: old[field],
      after: young[field],
      affects: ['client'],
      where: [after.name],
    });
  if (old['operationId'] !== young['operationId']) add('operationId', 'operation renamed, and code generated from it');
  if (young['deprecated'] === true && old['deprecated'] !== true) add('deprecated', 'operation deprecated');
  return changes;
}

function compareOperations(before: Operation, after: Operation): Change[] {
  const where = after.name;
  return [
    ...compareNames(before, after),
    ...compareParameters([before.item, before.site], [after.item, after.site], where),
    ...compareRequestBodies(before.site, after.site, where),
    ...compareResponses(child(before.site, 'responses'), child(after.site, 'responses'), where),
    ...compareCredentials(before.site, after.site, where),
    ...compareServers([before.site, before.item], [after.site, after.item], where),
    ...compareUnknown(before.site, after.site, known, [where]),
    ...compareUnknown(before.item, after.item, new Set([...known, ...methods]), [where]),
  ];
}

const whole = (operation: Operation, what: 'added' | 'removed'): Change => ({
  verdict: what === 'added' ? 'compatible' : 'breaking',
  kind: `operation.${what}`,
  path: `openapi#${operation.site.at}`,
  what: `operation ${operation.name} ${what}`,
  [what === 'added' ? 'after' : 'before']: operation.key,
  affects: [what === 'added' ? 'implementer' : 'client'],
  where: [operation.name],
});

/** Fields of the document that are compared through its operations, or that only speak to people. */
const parts = new Set(`openapi info paths components servers security tags externalDocs ${filesField}`.split(' '));

/** Every difference of two OpenAPI documents that a client or an implementation can notice. */
export function compareSurfaces(before: unknown, after: unknown): Change[] {
  const [old, young] = [operationsOf(before), operationsOf(after)];
  return merged([
    ...[...old].flatMap(([key, operation]) => {
      const other = young.get(key);
      return other === undefined ? [whole(operation, 'removed')] : compareOperations(operation, other);
    }),
    ...[...young].filter(([key]) => !old.has(key)).map(([, operation]) => whole(operation, 'added')),
    ...compareUnknown(documentSite(before), documentSite(after), parts, []),
  ]);
}
