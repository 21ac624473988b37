import type { Change } from './change.ts';
import { compareContents, partChange } from './requests.ts';
import { compareSchemas } from './schemas.ts';
import { child, children, fieldsOf, resolved, type Site } from './site.ts';

/** The response that a contract gives for a status: its own, that of its class (4XX) or the default. */
function responseFor(status: string, responses: Site | undefined): Site | undefined {
  const names = [status, `${status[0]}XX`, `${status[0]}xx`, 'default'];
  return resolved(names.map((name) => child(responses, name)).find((site) => site !== undefined));
}

function compareHeaders(before: Site, after: Site, where: string): Change[] {
  const [old, young] = [before, after].map(
    (site) =>
      new Map(children(child(site, 'headers')).map(([name, entry]) => [name.toLowerCase(), resolved(entry) as Site])),
  ) as [Map<string, Site>, Map<string, Site>];
  const isRequired = (site: Site) => fieldsOf(site)['required'] === true;
  const isExploded = (site: Site) => fieldsOf(site)['explode'] === true;
  const changes = [...old].flatMap(([name, site]) => {
    const other = young.get(name);
    if (other === undefined) return [partChange('breaking', 'header.removed', site, `header ${name} removed`, where)];
    const part = `${where} header ${name}`;
    const values = { before: isRequired(site), after: isRequired(other) };
    const [verdict, verb] = values.after ? (['compatible', 'now'] as const) : (['breaking', 'no longer'] as const);
    const what = `header ${name} is ${verb} always sent`;
    return [
      ...(values.before === values.after ? [] : [partChange(verdict, 'header.required', other, what, where, values)]),
      ...compareSchemas(child(site, 'schema'), child(other, 'schema'), 'response', part),
      ...compareContents(site, other, 'response', part),
      ...(isExploded(site) === isExploded(other)
        ? []
        : [partChange('breaking', 'header.style', other, `header ${name} is written otherwise`, where)]),
    ];
  });
  const added = [...young].filter(([name]) => !old.has(name));
  return [
    ...changes,
    ...added.map(([name, site]) => partChange('compatible', 'header.added', site, `header ${name} added`, where)),
  ];
}

/** A client branches on successes and on its own errors; any server may fail in any way (5xx) at any time. */
const matters = (status: string): boolean => !/^5/.test(status);

/** A client copes with an error that it does not know as with any other of its class (RFC 9110, 15), not so with a success. */
const surprises = (status: string): boolean => /^[123d]/.test(status);

/**
 * Compares what an operation answers. A status that is gone takes away what clients branch on; a new success is one that
 * they do not expect. Where one side names a status and the other covers it by its class or default, bodies are compared.
 */
export function compareResponses(before: Site | undefined, after: Site | undefined, operation: string): Change[] {
  const statuses = new Set([...children(before), ...children(after)].map(([status]) => status));
  return [...statuses].flatMap((status) => {
    if (status.startsWith('x-')) return [];
    const [old, young] = [responseFor(status, before), responseFor(status, after)];
    const where = `${operation} ${status}`;
    if (young === undefined && old !== undefined) {
      const verdict = matters(status) ? 'breaking' : 'compatible';
      const site = child(before, status) as Site;
      return [partChange(verdict, 'status.removed', site, `status ${status} removed`, where, { before: status })];
    }
    if (old === undefined && young !== undefined) {
      const verdict = surprises(status) ? 'breaking' : 'compatible';
      const site = child(after, status) as Site;
      return [partChange(verdict, 'status.added', site, `status ${status} added`, where, { after: status })];
    }
    if (old === undefined || young === undefined) return [];
    return [...compareHeaders(old, young, where), ...compareContents(old, young, 'response', where)];
  });
}
