import type { Change } from './change.ts';
import { Content, isRange } from './media-types.ts';
import { compareSchemas } from './schemas.ts';
import { child, children, fieldsOf, resolved, type Site, same, writtenOut } from './site.ts';
import type { Direction } from './validator.ts';

/** A change of a part of an operation; `path` is that of the site. */
export const partChange = (
  verdict: 'breaking' | 'compatible',
  kind: string,
  site: Site,
  what: string,
  where: string,
  values: Pick<Change, 'before' | 'after'> = {},
): Change => ({
  verdict,
  kind,
  path: `openapi#${site.at}`,
  what,
  ...values,
  affects: [verdict === 'breaking' ? 'client' : 'implementer'],
  where: [where],
});

const spoken = new Set(['schema', 'example', 'examples']);

/** What a media type says beside its schema: how the parts of the body are written. */
const encodingOf = (site: Site): unknown =>
  Object.fromEntries(
    children(site)
      .filter(([key]) => !spoken.has(key) && !/^x-/.test(key))
      .map(([key, part]) => [key, writtenOut(part)]),
  );

/** Compares what is said of a body of one media type. */
function compareMediaType(type: string, old: Site, young: Site, direction: Direction, where: string): Change[] {
  const kind = `${direction}.media-type.encoding`;
  return [
    ...compareSchemas(child(old, 'schema'), child(young, 'schema'), direction, where),
    ...(same(encodingOf(old), encodingOf(young))
      ? []
      : [partChange('breaking', kind, young, `${type} is written otherwise`, where)]),
  ];
}

/**
 * Bodies by media type, each judged by the entry that fits it most closely. One that is gone breaks, one that is new does
 * not: a client asks for what it understands. A range in its place takes all that it took, but may answer more.
 */
export function compareContents(
  before: Site | undefined,
  after: Site | undefined,
  direction: Direction,
  where: string,
): Change[] {
  const [old, young] = [new Content(child(before, 'content')), new Content(child(after, 'content'))];
  const kind = `${direction}.media-type`;
  return [...new Set([...old.names, ...young.names])].flatMap((type): Change[] => {
    const [was, is] = [old.entryFor(type), young.entryFor(type)];
    if (was === undefined) return is ? [partChange('compatible', kind, is.site, `${type} added`, where)] : [];
    if (is === undefined) {
      const isNarrowed = direction === 'response' && isRange(type) && young.hasWithin(type);
      const [verdict, what] = isNarrowed ? (['compatible', 'narrowed'] as const) : (['breaking', 'removed'] as const);
      return [partChange(verdict, kind, was.site, `${type} ${what}`, where)];
    }
    const isWidened = direction === 'response' && was.isSame && !is.isSame;
    return [
      ...(isWidened ? [partChange('breaking', kind, is.site, `other types may come than ${type}`, where)] : []),
      ...compareMediaType(type, was.site, is.site, direction, where),
    ];
  });
}

/** How a parameter is written; the styles that the standard has as defaults need not be. */
function notation(site: Site): unknown {
  const fields = fieldsOf(site);
  const style = fields['style'] ?? (fields['in'] === 'query' || fields['in'] === 'cookie' ? 'form' : 'simple');
  return { style, explode: fields['explode'] ?? style === 'form', allowReserved: fields['allowReserved'] ?? false };
}

/**
 * Parameters of an operation and of its path by place and name. Those of the path template go by position, since their
 * names never reach the wire.
 */
function parametersOf(sites: readonly Site[], template: readonly string[]): Map<string, Site> {
  const parameters = sites.flatMap((site) => children(child(site, 'parameters')));
  return new Map(
    parameters.map(([, entry]) => {
      const site = resolved(entry) as Site;
      const { name, in: place } = fieldsOf(site);
      const label = place === 'header' ? String(name).toLowerCase() : String(name);
      return [place === 'path' ? `path ${template.indexOf(label)}` : `${place} ${label}`, site];
    }),
  );
}

const templateOf = (site: Site | undefined): string[] => {
  const path = (site?.at ?? '').split('/')[2] ?? '';
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string);
};

const isRequired = (site: Site | undefined): boolean => fieldsOf(site)['required'] === true;

function compareParameter(before: Site, after: Site, where: string): Change[] {
  const [old, young] = [fieldsOf(before), fieldsOf(after)];
  const label = `${young['in']} parameter ${young['name']}`;
  const changes: Change[] = [];
  const add = (verdict: 'breaking' | 'compatible', kind: string, what: string, a: unknown, b: unknown) =>
    changes.push(partChange(verdict, `parameter.${kind}`, after, `${label} ${what}`, where, { before: a, after: b }));
  if (isRequired(after) && !isRequired(before)) add('breaking', 'required', 'became required', false, true);
  if (isRequired(before) && !isRequired(after)) add('compatible', 'required', 'is no longer required', true, false);
  if (old['allowEmptyValue'] === true && young['allowEmptyValue'] !== true)
    add('breaking', 'empty', 'may no longer be empty', true, false);
  if (!same(notation(before), notation(after)))
    add('breaking', 'style', 'is written otherwise', notation(before), notation(after));
  const part = `${where} ${label}`;
  return [
    ...changes,
    ...compareSchemas(child(before, 'schema'), child(after, 'schema'), 'request', part),
    ...(old['content'] || young['content'] ? compareContents(before, after, 'request', part) : []),
  ];
}

/** Compares what a request carries beside its body. The sites are the path item and the operation, in this order. */
export function compareParameters(before: readonly Site[], after: readonly Site[], where: string): Change[] {
  const [old, young] = [parametersOf(before, templateOf(before[1])), parametersOf(after, templateOf(after[1]))];
  const label = (site: Site) => `${fieldsOf(site)['in']} parameter ${fieldsOf(site)['name']}`;
  const changes = [...old].flatMap(([key, site]) => {
    const other = young.get(key);
    return other === undefined
      ? [partChange('breaking', 'parameter.removed', site, `${label(site)} removed`, where)]
      : compareParameter(site, other, where);
  });
  const added = [...young].filter(([key]) => !old.has(key));
  return [
    ...changes,
    ...added.map(([, site]) => {
      const [verdict, what] = isRequired(site) ? (['breaking', 'required '] as const) : (['compatible', ''] as const);
      return partChange(verdict, 'parameter.added', site, `${what}${label(site)} added`, where);
    }),
  ];
}

export function compareRequestBodies(before: Site, after: Site, where: string): Change[] {
  const [old, young] = [resolved(child(before, 'requestBody')), resolved(child(after, 'requestBody'))];
  const part = `${where} request`;
  if (old === undefined && young === undefined) return [];
  if (young === undefined) return [partChange('breaking', 'body.removed', old as Site, 'request body removed', part)];
  if (old === undefined) {
    const verdict = isRequired(young) ? 'breaking' : 'compatible';
    return [
      partChange(verdict, 'body.added', young, `${isRequired(young) ? 'required ' : ''}request body added`, part),
    ];
  }
  const values = { before: isRequired(old), after: isRequired(young) };
  const verdict = values.after ? 'breaking' : 'compatible';
  const what = `request body ${values.after ? 'became' : 'is no longer'} required`;
  const required =
    values.before === values.after ? [] : [partChange(verdict, 'body.required', young, what, part, values)];
  return [...required, ...compareContents(old, young, 'request', part)];
}
