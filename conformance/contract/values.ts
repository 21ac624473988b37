import { child, children, fieldsOf, isObject, type JsonNode, resolveReference, same } from './json-pointer.ts';
import { samplesOf } from './sample.ts';

/** Schemas that a value must match, and those that it should not match. */
export interface Places {
  readonly from: readonly JsonNode[];
  readonly to: readonly JsonNode[];
}

/** Whether one of these schemas accepts the value. */
export type Accepts = (nodes: readonly JsonNode[], value: unknown) => boolean;

/** How deep values are built, and how many are kept for one place. */
const depthLimit = 5;
const countLimit = 40;

const scalars: readonly unknown[] = ['a', 1, 1.5, 0, '', true, false, null, -1, 'b', [], {}];

/** Valid and invalid values of a format. */
const byFormat: Readonly<Record<string, readonly unknown[]>> = {
  int8: [127, 128],
  uint8: [-1, 255, 256],
  int16: [32_767, -1, 32_768],
  uint16: [65_535, 65_536],
  int32: [2_147_483_647, -1, 3_000_000_000],
  uint32: [4_294_967_295, 5_000_000_000],
  int64: [3_000_000_000, 1e19, 0.5],
  float: [0.5, 1e39],
  double: [0.5, 1e39],
  email: ['ada@example.com', 'nobody'],
  'idn-email': ['ada@example.com', 'björn@example.com', 'nobody'],
  hostname: ['a.example', '-'],
  'idn-hostname': ['a.example', 'bücher.example', '-'],
  uri: ['https://a.example/b', '/b', 'no uri'],
  'uri-reference': ['https://a.example/b', '/b', 'no uri'],
  iri: ['https://a.example/b', 'https://a.example/bücher', 'no uri'],
  'iri-reference': ['/b', '/bücher', 'no uri'],
  date: ['2030-01-31', '2030-02-30', '31.01.2030'],
  'date-time': ['2030-01-31T09:00:00Z', '2030-01-31'],
  time: ['09:00:00Z', '9'],
  duration: ['P1D', '1 day'],
  uuid: ['00000000-0000-4000-8000-000000000000', '0'],
  ipv4: ['192.0.2.1', '300.0.0.1'],
  ipv6: ['2001:db8::1', '::g'],
  byte: ['YQ==', '%'],
};

/** Every schema that may apply to a value of these places, branches included. */
export function nodesOf(nodes: readonly JsonNode[]): JsonNode[] {
  const found = new Map<unknown, JsonNode>();
  const add = (node: JsonNode | undefined): void => {
    if (node === undefined || found.has(node.value)) return;
    found.set(node.value, node);
    add(resolveReference(node));
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) for (const [, part] of children(child(node, keyword))) add(part);
    for (const keyword of ['not', 'if', 'then', 'else']) add(child(node, keyword));
  };
  for (const node of nodes) add(node);
  return [...found.values()];
}

const numbersIn = (nodes: readonly JsonNode[], ...keywords: readonly string[]): number[] =>
  keywords.flatMap((keyword) => nodes.map((node) => fieldsOf(node)[keyword])).filter((one) => typeof one === 'number');

const textsIn = (nodes: readonly JsonNode[], keyword: string): string[] =>
  nodes.map((node) => fieldsOf(node)[keyword]).filter((one) => typeof one === 'string');

function stringsFor(nodes: readonly JsonNode[]): string[] {
  const lengths = numbersIn(nodes, 'minLength', 'maxLength').flatMap((limit) => [limit, limit - 1, limit + 1]);
  const known = [
    ...textsIn(nodes, 'pattern').flatMap(samplesOf),
    ...textsIn(nodes, 'format').flatMap((name) => byFormat[name] ?? []),
  ];
  const texts = known.filter((one) => typeof one === 'string');
  const filled = lengths
    .filter((length) => length >= 0 && length < 5000)
    .flatMap((length) => ['a', ...texts].map((text) => text.padEnd(length, text.at(-1) ?? 'a').slice(0, length)));
  return [...texts, ...filled];
}

function numbersFor(nodes: readonly JsonNode[]): number[] {
  const bounds = numbersIn(nodes, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum');
  const near = [0, ...bounds].flatMap((bound) => [bound, bound - 1, bound + 1, bound - 0.5, bound + 0.5]);
  const multiples = numbersIn(nodes, 'multipleOf').flatMap((factor) =>
    [0, ...bounds].flatMap((bound) => [-1, 0, 1, 2, 3].map((step) => (Math.round(bound / factor) + step) * factor)),
  );
  const formats = textsIn(nodes, 'format').flatMap((name) => byFormat[name] ?? []);
  return [...multiples, ...near, ...formats.filter((one) => typeof one === 'number')];
}

const partsIn = (nodes: readonly JsonNode[], keyword: string): JsonNode[] =>
  nodes.map((node) => child(node, keyword)).filter((part) => part !== undefined);

const schemasIn = (nodes: readonly JsonNode[], keyword: string): JsonNode[] =>
  partsIn(nodes, keyword).filter(({ value }) => isObject(value));

/** The values of one place within a value: its candidates, and the one to use while others vary. */
function partValues(
  places: Places,
  accepts: Accepts,
  depth: number,
): { readonly all: unknown[]; readonly usual: unknown } {
  const all = valuesOf(places, accepts, depth + 1);
  const isFine = (value: unknown) => accepts(places.from, value);
  const usual = all.find((value) => isFine(value) && accepts(places.to, value)) ?? all.find(isFine);
  return { all, usual: usual === undefined ? all[0] : usual };
}

function arraysFor(from: readonly JsonNode[], to: readonly JsonNode[], accepts: Accepts, depth: number): unknown[] {
  const nodes = [...from, ...to];
  const itemsOf = (side: readonly JsonNode[]) => [...schemasIn(side, 'items'), ...schemasIn(side, 'contains')];
  const prefixOf = (side: readonly JsonNode[], index: number) =>
    partsIn(side, 'prefixItems')
      .map((list) => child(list, index))
      .filter((part) => part !== undefined);
  const rest = partValues({ from: itemsOf(from), to: itemsOf(to) }, accepts, depth);
  const length = Math.max(0, ...partsIn(nodes, 'prefixItems').map(({ value }) => (value as unknown[]).length));
  const prefix = Array.from({ length }, (_, index) =>
    partValues({ from: prefixOf(from, index), to: prefixOf(to, index) }, accepts, depth),
  );
  const first = prefix.map(({ usual }) => usual);
  const lengths = [1, 2, ...numbersIn(nodes, 'minItems', 'maxItems').flatMap((limit) => [limit, limit - 1, limit + 1])];
  const distinct = [rest.usual, ...rest.all.filter((value) => value !== rest.usual)];
  const fill = (count: number, values: readonly unknown[]) =>
    Array.from({ length: count }, (_, index) => values[index % values.length]);
  const least = Math.max(0, ...numbersIn(from, 'minItems'));
  const padded = (list: unknown[]) => [...list, ...fill(Math.max(0, Math.min(least, 20) - list.length), distinct)];
  return [
    [],
    first,
    ...prefix.flatMap(({ all }, index) =>
      all.flatMap((value) => [padded(first.with(index, value)), first.slice(0, index).concat([value])]),
    ),
    ...rest.all.flatMap((value) => [padded([...first, value]), padded([value]), padded([rest.usual, value])]),
    ...lengths
      .filter((count) => count >= 0 && count <= 1000)
      .flatMap((count) => [fill(count, distinct), fill(count, [rest.usual]), [...first, ...fill(count, distinct)]]),
  ];
}

type Entries = Record<string, unknown>;

const without = (object: Entries, name: string): Entries =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

function objectsFor(from: readonly JsonNode[], to: readonly JsonNode[], accepts: Accepts, depth: number): unknown[] {
  const requiredIn = (nodes: readonly JsonNode[]) =>
    partsIn(nodes, 'required')
      .flatMap(({ value }) => [value].flat())
      .map(String);
  const declaredIn = (nodes: readonly JsonNode[]) =>
    partsIn(nodes, 'properties').flatMap((part) => Object.keys(fieldsOf(part)));
  const names = [...new Set([...declaredIn(from), ...declaredIn(to), ...requiredIn(from), ...requiredIn(to)])];
  const patterned = (nodes: readonly JsonNode[]) =>
    schemasIn(nodes, 'patternProperties').flatMap((part) => children(part));
  const further = (nodes: readonly JsonNode[]) => [
    ...schemasIn(nodes, 'additionalProperties'),
    ...schemasIn(nodes, 'unevaluatedProperties'),
  ];
  const propertyIn = (nodes: readonly JsonNode[], name: string) => {
    const own = partsIn(nodes, 'properties')
      .map((part) => child(part, name))
      .filter((part) => part !== undefined);
    return own.length > 0 ? own : further(nodes);
  };
  const parts = new Map(
    names.map((name) => [name, partValues({ from: propertyIn(from, name), to: propertyIn(to, name) }, accepts, depth)]),
  );
  const usual = (chosen: readonly string[], node?: JsonNode): Entries =>
    Object.fromEntries(
      [...new Set(chosen)].map((name) => {
        const { all, usual } = parts.get(name) ?? { all: [], usual: 1 };
        const own = propertyIn(node ? [node] : [], name);
        const fits = own.length > 0 ? all.find((value) => accepts(own, value)) : undefined;
        return [name, fits === undefined || accepts(own, usual) ? usual : fits];
      }),
    );
  const owners = [...from, ...to].filter((node) => 'properties' in fieldsOf(node) || 'required' in fieldsOf(node));
  const bases = [
    usual(requiredIn(from)),
    usual([...declaredIn(from), ...requiredIn(from)]),
    ...(owners.length > 1
      ? owners
          .slice(0, 8)
          .flatMap((node) => [
            usual([...requiredIn([node]), ...declaredIn([node])], node),
            usual(requiredIn([node]), node),
          ])
      : []),
  ].filter((base, index, all) => all.findIndex((other) => same(other, base)) === index);
  const rest = partValues({ from: further(from), to: further(to) }, accepts, depth);
  const keys = [
    'extra',
    'X-1',
    ...[...patterned(from), ...patterned(to)].flatMap(([pattern]) => samplesOf(pattern).slice(0, 2)),
    ...textsIn(schemasIn([...from, ...to], 'propertyNames'), 'pattern')
      .flatMap(samplesOf)
      .slice(0, 2),
  ];
  const extras = keys.flatMap((key) => {
    const schemas = (nodes: readonly JsonNode[]) =>
      patterned(nodes)
        .filter(([pattern]) => samplesOf(pattern).includes(key))
        .map(([, part]) => part);
    const [a, b] = [schemas(from), schemas(to)];
    const { all } = a.length + b.length > 0 ? partValues({ from: a, to: b }, accepts, depth) : rest;
    return all.slice(0, 12).map((value) => ({ [key]: value }));
  });
  const counts = numbersIn([...from, ...to], 'minProperties', 'maxProperties').filter((count) => count < 20);
  const crowd = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        names[index] ?? `x${index}`,
        parts.get(names[index] ?? '')?.usual ?? rest.usual,
      ]),
    );
  return bases
    .flatMap((base) => [
      base,
      ...names.flatMap((name) => [
        without(base, name),
        ...(parts.get(name)?.all ?? []).slice(0, 16).map((value) => ({ ...base, [name]: value })),
      ]),
      ...extras.map((extra) => ({ ...base, ...extra })),
    ])
    .concat(
      [{}],
      extras,
      counts.flatMap((count) => [crowd(count), crowd(count + 1)]),
    );
}

/**
 * Values near the limits of what the schemas allow: first those that `from` accepts, and of these first the ones
 * that `to` does not. The same schemas give the same values.
 */
export function valuesOf(places: Places, accepts: Accepts, depth = 0): unknown[] {
  const [from, to] = [nodesOf(places.from), nodesOf(places.to)];
  const nodes = [...from, ...to];
  const named = (keyword: string) => partsIn(nodes, keyword).map(({ value }) => value);
  const speaksOf = (type: string, ...keywords: readonly string[]) =>
    nodes.some(
      (node) => [fieldsOf(node)['type']].flat().includes(type) || keywords.some((keyword) => keyword in fieldsOf(node)),
    );
  const isDeep = depth >= depthLimit;
  const all = [
    ...named('const'),
    ...named('enum').flat(),
    ...stringsFor(nodes),
    ...numbersFor(nodes),
    ...(!isDeep &&
    speaksOf('object', 'properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties')
      ? objectsFor(from, to, accepts, depth)
      : []),
    ...(!isDeep && speaksOf('array', 'items', 'prefixItems', 'contains') ? arraysFor(from, to, accepts, depth) : []),
    ...scalars,
  ];
  if (depth === 0) return all;
  const grade = (value: unknown) =>
    places.from.length > 0 && !accepts(places.from, value)
      ? 2
      : places.to.length > 0 && accepts(places.to, value)
        ? 1
        : 0;
  const graded = [0, 1, 2].map((one) => all.filter((value) => grade(value) === one));
  return graded.flatMap((group, index) => group.slice(0, [20, 16, 4][index])).slice(0, countLimit);
}
