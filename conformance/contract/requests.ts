import type { Change } from './change.ts';
import { compareSchemas, type Direction } from './schemas.ts';
import { child, children, fieldsOf, resolved, type Site, same } from './site.ts';

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

/** Bodies by media type. One that is gone breaks, one that is new does not. */
export function compareContents(
  before: Site | undefined,
  after: Site | undefined,
  direction: Direction,
  where: string,
): Change[] {
  const [old, young] = [child(before, 'content'), child(after, 'content')];
  const kind = `${direction}.media-type`;
  const changes = children(old).flatMap(([type, site]) => {
    const other = child(young, type);
    if (other === undefined) return [partChange('breaking', kind, site, `${type} removed`, where)];
    const known = new Set(['schema', 'example', 'examples']);
    const rest = (value: Site) =>
      Object.entries(fieldsOf(value)).filter(([key]) => !known.has(key) && !/^x-/.test(key));
    const isSame = same(Object.fromEntries(rest(site)), Object.fromEntries(rest(other)));
    const encoding = isSame
      ? []
      : [partChange('breaking', `${kind}.encoding`, other, `${type} is written otherwise`, where)];
    return [...compareSchemas(child(site, 'schema'), child(other, 'schema'), direction, where), ...encoding];
  });
  const added = children(young).filter(([type]) => child(old, type) === undefined);
  return [...changes, ...added.map(([type, site]) => partChange('compatible', kind, site, `${type} added`, where))];
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
