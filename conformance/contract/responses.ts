import type { Change } from './change.ts';
import { child, children, fieldsOf, type JsonNode, resolved } from './json-pointer.ts';
import { compareContents, partChange } from './requests.ts';
import { compareSchemas } from './schemas.ts';

/** The response that a contract gives for a status: its own, that of its class (4XX) or the default. */
function responseFor(status: string, responses: JsonNode | undefined): JsonNode | undefined {
  const names = [status, `${status[0]}XX`, `${status[0]}xx`, 'default'];
  return resolved(names.map((name) => child(responses, name)).find((node) => node !== undefined));
}

function compareHeaders(before: JsonNode, after: JsonNode, where: string): Change[] {
  const [previous, current] = [before, after].map(
    (node) =>
      new Map(
        children(child(node, 'headers')).map(([name, entry]) => [name.toLowerCase(), resolved(entry) as JsonNode]),
      ),
  ) as [Map<string, JsonNode>, Map<string, JsonNode>];
  const isRequired = (node: JsonNode) => fieldsOf(node)['required'] === true;
  const isExploded = (node: JsonNode) => fieldsOf(node)['explode'] === true;
  const changes = [...previous].flatMap(([name, node]) => {
    const other = current.get(name);
    if (other === undefined) return [partChange('breaking', 'header.removed', node, `header ${name} removed`, where)];
    const part = `${where} header ${name}`;
    const values = { before: isRequired(node), after: isRequired(other) };
    const [verdict, verb] = values.after ? (['compatible', 'now'] as const) : (['breaking', 'no longer'] as const);
    const what = `header ${name} is ${verb} always sent`;
    return [
      ...(values.before === values.after ? [] : [partChange(verdict, 'header.required', other, what, where, values)]),
      ...compareSchemas(child(node, 'schema'), child(other, 'schema'), 'response', part),
      ...compareContents(node, other, 'response', part),
      ...(isExploded(node) === isExploded(other)
        ? []
        : [partChange('breaking', 'header.style', other, `header ${name} is encoded differently`, where)]),
    ];
  });
  const added = [...current].filter(([name]) => !previous.has(name));
  return [
    ...changes,
    ...added.map(([name, node]) => partChange('compatible', 'header.added', node, `header ${name} added`, where)),
  ];
}

/** A client branches on successes and on its own errors; any server may fail in any way (5xx) at any time. */
const matters = (status: string): boolean => !/^5/.test(status);

/** A client can handle an unknown error like any other of its class (RFC 9110, 15), but not an unknown success. */
const surprises = (status: string): boolean => /^[123d]/.test(status);

/**
 * Compares what an operation answers. A removed status takes away what clients branch on; a new success is one that
 * they do not expect. If one side names a status and the other covers it by its class or default, bodies are compared.
 */
export function compareResponses(
  before: JsonNode | undefined,
  after: JsonNode | undefined,
  operation: string,
): Change[] {
  const statuses = new Set([...children(before), ...children(after)].map(([status]) => status));
  return [...statuses].flatMap((status) => {
    if (status.startsWith('x-')) return [];
    const [previous, current] = [responseFor(status, before), responseFor(status, after)];
    const where = `${operation} ${status}`;
    if (current === undefined && previous !== undefined) {
      const verdict = matters(status) ? 'breaking' : 'compatible';
      const node = child(before, status) as JsonNode;
      return [partChange(verdict, 'status.removed', node, `status ${status} removed`, where, { before: status })];
    }
    if (previous === undefined && current !== undefined) {
      const verdict = surprises(status) ? 'breaking' : 'compatible';
      const node = child(after, status) as JsonNode;
      return [partChange(verdict, 'status.added', node, `status ${status} added`, where, { after: status })];
    }
    if (previous === undefined || current === undefined) return [];
    return [...compareHeaders(previous, current, where), ...compareContents(previous, current, 'response', where)];
  });
}
