import type { Change, ReachedClient } from '../change.ts';
import { fieldsOf, type JsonNode } from '../json-pointer.ts';
import { isValid } from '../validator.ts';
import { nodesOf } from '../values.ts';
import { examplesOf } from './forms.ts';
import {
  type Kind,
  type NamedOperation,
  operationsIn,
  partNodes,
  queryNodes,
  requestNodes,
  responseNodes,
  type UsageProfile,
} from './profile.ts';

/** A place in a profile that a client used, with the schemas of the old contract there. */
interface UsedPlace {
  readonly operation: string;
  readonly side: 'request' | 'response';
  /** The name for people. */
  readonly label: string;
  readonly nodes: readonly JsonNode[];
  readonly kinds: readonly Kind[];
  readonly count: number;
  /** How often a property was there, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

const sum = (kinds: readonly Kind[]): number => kinds.reduce((total, { count }) => total + count, 0);

const keysOf = (at: string): string[] =>
  at
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

function partsOf(counts: Readonly<Record<string, number>>, at: string): Record<string, number> {
  const inner = Object.entries(counts).filter(
    ([key]) => key.startsWith(`${at}/`) && !key.slice(at.length + 1).includes('/'),
  );
  return Object.fromEntries(inner.map(([key, count]) => [keysOf(key).at(-1) ?? '', count]));
}

const labelOf = (at: string): string =>
  keysOf(at)
    .filter((key) => key !== '-')
    .at(-1) ?? 'the body';

/** Every place of the old contract that the client used. */
function placesOf({ operations }: UsageProfile, named: readonly NamedOperation[]): UsedPlace[] {
  return Object.entries(operations).flatMap(([name, usage]) => {
    const operation = named.find((one) => one.name === name);
    if (operation === undefined) return [];
    const sitesAt = (roots: readonly JsonNode[], at: string) =>
      keysOf(at).reduce<readonly JsonNode[]>(partNodes, roots);
    const sent = Object.fromEntries(Object.entries(usage.request).map(([at, kinds]) => [at, sum(kinds)]));
    const place = (
      side: UsedPlace['side'],
      at: string,
      nodes: readonly JsonNode[],
      kinds: readonly Kind[],
      count: number,
      parts: Record<string, number>,
    ) => ({ operation: name, side, label: labelOf(at), nodes, kinds, count, parts });
    return [
      ...Object.entries(usage.request).map(([at, kinds]) => {
        const objects = sum(kinds.filter(({ type }) => type === 'object'));
        return place(
          'request',
          at,
          sitesAt(requestNodes(operation), at),
          kinds,
          objects || sum(kinds),
          partsOf(sent, at),
        );
      }),
      ...Object.entries(usage.query).map(([at, kinds]) =>
        place('request', at, queryNodes(operation, labelOf(at)), kinds, sum(kinds), {}),
      ),
      ...Object.entries(usage.responses).flatMap(([status, { fields }]) =>
        Object.entries(fields).map(([at, count]) =>
          place('response', at, sitesAt(responseNodes(operation, status), at), [], count, partsOf(fields, at)),
        ),
      ),
    ];
  });
}

/** The places of the schemas that apply to a value, except mere references. */
const sayingNodes = (nodes: readonly JsonNode[]): Set<string> =>
  new Set(
    nodesOf(nodes)
      .filter((node) => Object.keys(fieldsOf(node)).some((key) => key !== '$ref'))
      .map(({ at }) => at),
  );

/** Values of a kind that the old contract accepts, to try on the new one; none if the form cannot be turned into values. */
function valuesFor({ type, form, value, min = 0, max = 0 }: Kind): unknown[] {
  if (value !== undefined) return [value];
  if (type === 'null') return [null];
  if (form === undefined || form === '...') return [];
  const texts = [...examplesOf(form, max), ...examplesOf(form, min)];
  return type === 'number' ? texts.map(Number) : texts;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
const inForms = (count: number): string => (count === 1 ? 'in one form' : `in ${count} forms`);

/** How a limit on a value affects what the client sends there. */
function refusedOf({ label, kinds }: UsedPlace, pair: NonNullable<Change['pair']>): ReachedClient['says'] {
  const accepts = (nodes: readonly JsonNode[], value: unknown) =>
    nodes.every((node) => isValid(node, 'request', value) !== false);
  // A number in a query is sent as text.
  const typed = (value: unknown) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? [value, Number(value)] : [value];
  const tried = kinds.map((kind) => ({
    kind,
    values: valuesFor(kind)
      .flatMap(typed)
      .filter((value) => accepts(pair.before, value)),
  }));
  const passing = ({ values }: (typeof tried)[number]) => values.filter((value) => accepts(pair.after, value)).length;
  const refused = tried.filter((one) => one.values.length > 0 && passing(one) === 0);
  const unsure = tried.filter(
    (one) => one.values.length === 0 || (passing(one) > 0 && passing(one) < one.values.length),
  );
  const shown = refused
    .slice(0, 3)
    .map(({ kind: { form, value, type } }) => `\`${form ?? JSON.stringify(value) ?? type}\``);
  const parts = [
    ...(refused.length > 0 ? [`the new contract refuses ${refused.length}: ${shown.join(', ')}`] : []),
    ...(unsure.length > 0 ? [`it may refuse some of ${unsure.length}`] : []),
  ];
  return parts.length === 0 ? '' : [`sends \`${label}\` ${inForms(kinds.length)}`, ...parts].join('; ');
}

/** How a limit on the length of lists affects those that the client sends. */
function refusedLists({ label, kinds }: UsedPlace, isLongest: boolean, limit: number): string {
  const [list] = kinds.filter(({ type }) => type === 'array');
  const length = isLongest ? list?.max : list?.min;
  if (length === undefined || (isLongest ? length <= limit : length >= limit)) return '';
  return `sends \`${label}\` with ${isLongest ? 'up to' : 'as few as'} ${length}`;
}

function saysOfPlace(change: Change, place: UsedPlace): string {
  const { label, count, parts } = place;
  const [, keyword] = change.kind.split('.');
  const name =
    /^(?:property )?(\S+) (?:became required|is no longer required|removed|added)$/.exec(change.what)?.[1] ?? '';
  if (place.side === 'response') {
    if (keyword !== 'required' && keyword !== 'property') return `was given \`${label}\` ${times(count)}`;
    return parts[name] === undefined ? '' : `was given \`${name}\` ${times(parts[name])}`;
  }
  if (keyword === 'required') {
    const without = count - (parts[name] ?? 0);
    return without > 0 ? `leaves out \`${name}\` in ${without} of ${count}` : '';
  }
  if (keyword === 'property') return parts[name] === undefined ? '' : `sends \`${name}\` ${times(parts[name])}`;
  if (/^(min|max)Items$/.test(keyword ?? '') && typeof change.after === 'number')
    return refusedLists(place, keyword === 'maxItems', change.after);
  return change.pair === undefined ? '' : refusedOf(place, change.pair);
}

/** What a change means for a client, by its recorded usage; undefined if it is not affected. */
function reachOf(change: Change, profile: UsageProfile, places: readonly UsedPlace[]): ReachedClient | undefined {
  const { client, operations } = profile;
  const { pair, where } = change;
  if (pair !== undefined) {
    const saying = sayingNodes(pair.before);
    const said = places
      .filter(
        ({ side, nodes }) =>
          side === pair.direction && saying.size > 0 && [...saying].every((at) => sayingNodes(nodes).has(at)),
      )
      .map((place) => ({ operation: place.operation, says: saysOfPlace(change, place) }))
      .filter(({ says }) => says !== '');
    if (said.length === 0) return undefined;
    const names = [...new Set(said.map(({ operation }) => operation))];
    return { client, says: `${said[0]?.says} (${names.join(', ')})` };
  }
  const used = where.flatMap((entry) => {
    const [name = '', status = ''] = entry.split(/ (?=[^ ]*$)/);
    const operation = operations[entry] ?? operations[name] ?? operations[entry.split(' ')[0] ?? ''];
    if (operation === undefined) return [];
    if (!/^\dXX$|^\d{3}$/i.test(status)) return [`calls ${entry.split(' ')[0]} ${times(operation.count)}`];
    const answers = operation.responses[status];
    return answers === undefined ? [] : [`was answered ${status} by ${name} ${times(answers.count)}`];
  });
  return used[0] === undefined ? undefined : { client, says: used.join('; ') };
}

/** Adds to each change the clients that it affects. The document is the old contract, by which the profiles were made. */
export function reachIn(
  document: unknown,
  profiles: readonly UsageProfile[],
): (change: Change) => readonly ReachedClient[] {
  const named = operationsIn(document);
  const known = profiles.map((profile) => ({ profile, places: placesOf(profile, named) }));
  return (change) => known.flatMap(({ profile, places }) => reachOf(change, profile, places) ?? []);
}
