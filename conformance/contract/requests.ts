import type { Change } from './change.ts';
import { child, children, fieldsOf, type JsonNode, resolved, same, writtenOut } from './json-pointer.ts';
import { Content, isRange } from './media-types.ts';
import { compareSchemas } from './schemas.ts';
import type { Direction } from './validator.ts';

/** A change of a part of an operation; `path` is that of the node. */
export const partChange = (
  verdict: 'breaking' | 'compatible',
  kind: string,
  node: JsonNode,
  what: string,
  where: string,
  values: Pick<Change, 'before' | 'after'> = {},
): Change => ({
  verdict,
  kind,
  path: `openapi#${node.at}`,
  what,
  ...values,
  affects: [verdict === 'breaking' ? 'client' : 'implementer'],
  where: [where],
});

const spoken = new Set(['schema', 'example', 'examples']);

/** What a media type says besides its schema: how the parts of the body are encoded. */
const encodingOf = (node: JsonNode): unknown =>
  Object.fromEntries(
    children(node)
      .filter(([key]) => !spoken.has(key) && !/^x-/.test(key))
      .map(([key, part]) => [key, writtenOut(part)]),
  );

/** Compares the body of one media type. */
function compareMediaType(
  type: string,
  previous: JsonNode,
  current: JsonNode,
  direction: Direction,
  where: string,
): Change[] {
  const kind = `${direction}.media-type.encoding`;
  return [
    ...compareSchemas(child(previous, 'schema'), child(current, 'schema'), direction, where),
    ...(same(encodingOf(previous), encodingOf(current))
      ? []
      : [partChange('breaking', kind, current, `${type} is encoded differently`, where)]),
  ];
}

/**
 * Bodies by media type, each judged by the entry that matches most closely. A removed type breaks, a new one does
 * not: a client asks for what it understands. A range in its place accepts the same requests, but may answer with more types.
 */
export function compareContents(
  before: JsonNode | undefined,
  after: JsonNode | undefined,
  direction: Direction,
  where: string,
): Change[] {
  const [previous, current] = [new Content(child(before, 'content')), new Content(child(after, 'content'))];
  const kind = `${direction}.media-type`;
  return [...new Set([...previous.names, ...current.names])].flatMap((type): Change[] => {
    const [was, is] = [previous.entryFor(type), current.entryFor(type)];
    if (was === undefined) return is ? [partChange('compatible', kind, is.node, `${type} added`, where)] : [];
    if (is === undefined) {
      const isNarrowed = direction === 'response' && isRange(type) && current.hasWithin(type);
      const [verdict, what] = isNarrowed ? (['compatible', 'narrowed'] as const) : (['breaking', 'removed'] as const);
      return [partChange(verdict, kind, was.node, `${type} ${what}`, where)];
    }
    const isWidened = direction === 'response' && was.isSame && !is.isSame;
    return [
      ...(isWidened ? [partChange('breaking', kind, is.node, `other types may come than ${type}`, where)] : []),
      ...compareMediaType(type, was.node, is.node, direction, where),
    ];
  });
}

/** How a parameter is encoded; the standard's default styles may be left out. */
function notation(node: JsonNode): unknown {
  const fields = fieldsOf(node);
  const style = fields['style'] ?? (fields['in'] === 'query' || fields['in'] === 'cookie' ? 'form' : 'simple');
  return { style, explode: fields['explode'] ?? style === 'form', allowReserved: fields['allowReserved'] ?? false };
}

/**
 * Parameters of an operation and of its path by place and name. Those of the path template go by position, because their
 * names never appear in requests.
 */
function parametersOf(nodes: readonly JsonNode[], template: readonly string[]): Map<string, JsonNode> {
  const parameters = nodes.flatMap((node) => children(child(node, 'parameters')));
  return new Map(
    parameters.map(([, entry]) => {
      const node = resolved(entry) as JsonNode;
      const { name, in: place } = fieldsOf(node);
      const label = place === 'header' ? String(name).toLowerCase() : String(name);
      return [place === 'path' ? `path ${template.indexOf(label)}` : `${place} ${label}`, node];
    }),
  );
}

const templateOf = (node: JsonNode | undefined): string[] => {
  const path = (node?.at ?? '').split('/')[2] ?? '';
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string);
};

const isRequired = (node: JsonNode | undefined): boolean => fieldsOf(node)['required'] === true;

function compareParameter(before: JsonNode, after: JsonNode, where: string): Change[] {
  const [previous, current] = [fieldsOf(before), fieldsOf(after)];
  const label = `${current['in']} parameter ${current['name']}`;
  const changes: Change[] = [];
  const add = (verdict: 'breaking' | 'compatible', kind: string, what: string, a: unknown, b: unknown) =>
    changes.push(partChange(verdict, `parameter.${kind}`, after, `${label} ${what}`, where, { before: a, after: b }));
  if (isRequired(after) && !isRequired(before)) add('breaking', 'required', 'became required', false, true);
  if (isRequired(before) && !isRequired(after)) add('compatible', 'required', 'is no longer required', true, false);
  if (previous['allowEmptyValue'] === true && current['allowEmptyValue'] !== true)
    add('breaking', 'empty', 'may no longer be empty', true, false);
  if (!same(notation(before), notation(after)))
    add('breaking', 'style', 'is encoded differently', notation(before), notation(after));
  const part = `${where} ${label}`;
  return [
    ...changes,
    ...compareSchemas(child(before, 'schema'), child(after, 'schema'), 'request', part),
    ...(previous['content'] || current['content'] ? compareContents(before, after, 'request', part) : []),
  ];
}

/** Compares everything of a request except its body. The nodes are the path item and the operation, in this order. */
export function compareParameters(before: readonly JsonNode[], after: readonly JsonNode[], where: string): Change[] {
  const [previous, current] = [parametersOf(before, templateOf(before[1])), parametersOf(after, templateOf(after[1]))];
  const label = (node: JsonNode) => `${fieldsOf(node)['in']} parameter ${fieldsOf(node)['name']}`;
  const changes = [...previous].flatMap(([key, node]) => {
    const other = current.get(key);
    return other === undefined
      ? [partChange('breaking', 'parameter.removed', node, `${label(node)} removed`, where)]
      : compareParameter(node, other, where);
  });
  const added = [...current].filter(([key]) => !previous.has(key));
  return [
    ...changes,
    ...added.map(([, node]) => {
      const [verdict, what] = isRequired(node) ? (['breaking', 'required '] as const) : (['compatible', ''] as const);
      return partChange(verdict, 'parameter.added', node, `${what}${label(node)} added`, where);
    }),
  ];
}

export function compareRequestBodies(before: JsonNode, after: JsonNode, where: string): Change[] {
  const [previous, current] = [resolved(child(before, 'requestBody')), resolved(child(after, 'requestBody'))];
  const part = `${where} request`;
  if (previous === undefined && current === undefined) return [];
  if (current === undefined)
    return [partChange('breaking', 'body.removed', previous as JsonNode, 'request body removed', part)];
  if (previous === undefined) {
    const verdict = isRequired(current) ? 'breaking' : 'compatible';
    return [
      partChange(verdict, 'body.added', current, `${isRequired(current) ? 'required ' : ''}request body added`, part),
    ];
  }
  const values = { before: isRequired(previous), after: isRequired(current) };
  const verdict = values.after ? 'breaking' : 'compatible';
  const what = `request body ${values.after ? 'became' : 'is no longer'} required`;
  const required =
    values.before === values.after ? [] : [partChange(verdict, 'body.required', current, what, part, values)];
  return [...required, ...compareContents(previous, current, 'request', part)];
}
