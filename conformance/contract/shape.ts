import {
  child,
  children,
  documentNode,
  type Fields,
  fieldsOf,
  isObject,
  type JsonNode,
  resolveReference,
  same,
  writtenOut,
} from './json-pointer.ts';
import { isBound, isTighter } from './limits.ts';

/** The types of JSON; an integer is a number with a further limit. */
const jsonTypes = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
export type JsonType = (typeof jsonTypes)[number];

/** A limit on values of one type, and where it is written. */
export interface Facet {
  readonly value: unknown;
  readonly at: string;
}

/** One way for a value of a type to be valid. Schemas of parts are lists of schemas that all apply. */
export interface Case {
  readonly facets: ReadonlyMap<string, Facet>;
  readonly properties: ReadonlyMap<string, readonly JsonNode[]>;
  readonly required: ReadonlyMap<string, string>;
  /** For the properties that the same schema does not name. */
  readonly additional: readonly JsonNode[];
  /** For the properties that no schema beside it names. */
  readonly unevaluated: readonly JsonNode[];
  /** Whether the schema explicitly allows any other properties, so that a client may send them. */
  readonly namesOthers: boolean;
  /** For the first items, by position. */
  readonly prefix: readonly (readonly JsonNode[])[];
  /** For the items after those. */
  readonly items: readonly JsonNode[];
  /** The schema that says so. */
  readonly at: string;
}

/** What a schema allows: for each type the ways to be valid. Schemas of the same meaning have the same shape, however written. */
export type Shape = ReadonlyMap<JsonType, readonly Case[]>;

/** Keywords that do not affect which values are valid. */
const annotations = new Set(
  'title description default example examples deprecated readOnly writeOnly externalDocs xml $comment $defs $id $anchor $schema'.split(
    ' ',
  ),
);

const structure = new Set(
  'type nullable enum const $ref allOf anyOf oneOf properties required additionalProperties unevaluatedProperties prefixItems items'.split(
    ' ',
  ),
);

const owners: Readonly<Record<string, readonly JsonType[]>> = {
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  contentEncoding: ['string'],
  contentMediaType: ['string'],
  format: ['string', 'number'],
  minimum: ['number'],
  maximum: ['number'],
  exclusiveMinimum: ['number'],
  exclusiveMaximum: ['number'],
  multipleOf: ['number'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
  contains: ['array'],
  minContains: ['array'],
  maxContains: ['array'],
  minProperties: ['object'],
  maxProperties: ['object'],
  patternProperties: ['object'],
  propertyNames: ['object'],
  dependentRequired: ['object'],
  dependentSchemas: ['object'],
  discriminator: ['object'],
};

const typeOf = (value: unknown): JsonType => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
};

/** Keywords with their default values, which may be written out. */
const isIdle = (keyword: string, value: unknown): boolean =>
  (/^min(Length|Items|Properties)$/.test(keyword) && value === 0) ||
  (keyword === 'minContains' && value === 1) ||
  (keyword === 'uniqueItems' && value === false);

/** In OpenAPI 3.0 `nullable` is a keyword of its own, and a reference has no siblings. */
const isVersion30 = ({ root }: JsonNode): boolean => String(fieldsOf(documentNode(root))['openapi']).startsWith('3.0');

/** A bound is a number, or `{ beyond }` if the number itself is excluded. Draft 4 marks that with `true`. */
function bound(fields: Fields, side: 'minimum' | 'maximum'): unknown {
  const exclusive = fields[side === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'];
  const inclusive = fields[side];
  if (exclusive === true) return { beyond: inclusive };
  if (typeof exclusive !== 'number') return inclusive;
  const [a, b] = [exclusive, typeof inclusive === 'number' ? inclusive : exclusive];
  return (side === 'minimum' ? a >= b : a <= b) ? { beyond: exclusive } : inclusive;
}

function facetsFor(type: JsonType, node: JsonNode, isInteger: boolean): Map<string, Facet> | undefined {
  const fields = fieldsOf(node);
  const facets = new Map<string, Facet>();
  const set = (keyword: string, value: unknown, written = keyword) =>
    facets.set(keyword, { value, at: `${node.at}/${written}` });
  for (const [keyword, value] of Object.entries(fields)) {
    if (annotations.has(keyword) || structure.has(keyword) || keyword.startsWith('x-')) continue;
    if (/m(in|ax)imum$/i.test(keyword) || isIdle(keyword, value)) continue;
    if ((owners[keyword] ?? jsonTypes).includes(type)) set(keyword, writtenOut(child(node, keyword) as JsonNode));
  }
  if (fields['nullable'] === true && !isVersion30(node)) set('nullable', true);
  if (typeof fields['$ref'] === 'string' && resolveReference(node) === undefined) set('$ref', fields['$ref']);
  if (type === 'number') {
    for (const side of ['minimum', 'maximum'] as const) {
      const value = bound(fields, side);
      const strict = side === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
      if (value !== undefined) set(side, value, isObject(value) && fields[strict] !== true ? strict : side);
    }
    if (isInteger) set('integer', true, 'type');
  }
  const values = 'const' in fields ? [fields['const']] : fields['enum'];
  if (Array.isArray(values)) {
    const own = values.filter((value) => typeOf(value) === type);
    if (own.length === 0) return undefined;
    if (type !== 'null') set('enum', own, 'const' in fields ? 'const' : 'enum');
  }
  return facets;
}

const closings = ['additionalProperties', 'unevaluatedProperties'] as const;

const isOpenly = (part: JsonNode | undefined): boolean => part !== undefined && isOpen(part);

export const isOpen = ({ value }: JsonNode): boolean => value === true || same(value, {});

function ownShape(node: JsonNode): Shape {
  const fields = fieldsOf(node);
  const named = [fields['type'] ?? [...jsonTypes]].flat() as string[];
  const types = new Set(named.map((type) => (type === 'integer' ? 'number' : type)) as JsonType[]);
  if (fields['nullable'] === true && isVersion30(node)) types.add('null');
  const isInteger = named.includes('integer') && !named.includes('number');
  const shape = new Map<JsonType, readonly Case[]>();
  for (const type of types) {
    const facets = facetsFor(type, node, isInteger);
    if (facets === undefined) continue;
    const [object, array] = [type === 'object' ? node : undefined, type === 'array' ? node : undefined];
    const rest = (keyword: string) =>
      [child(object, keyword)].filter((part): part is JsonNode => part !== undefined && !isOpen(part));
    const items = child(array, 'items');
    const properties = children(child(object, 'properties')).map(([name, property]) => [name, [property]] as const);
    const required = (object && Array.isArray(fields['required']) ? fields['required'] : []) as string[];
    shape.set(type, [
      {
        facets,
        properties: new Map(properties),
        required: new Map(required.map((name) => [name, `${node.at}/required`])),
        additional: rest(closings[0]),
        unevaluated: rest(closings[1]),
        namesOthers: closings.some((keyword) => isOpenly(child(object, keyword))),
        prefix: children(child(array, 'prefixItems')).map(([, part]) => [part]),
        items: items ? [items] : [],
        at: node.at,
      },
    ]);
  }
  return shape;
}

/** The stricter of two values of a limit; both, as a list, if that is unknown. */
function tighter(keyword: string, a: Facet, b: Facet): Facet | undefined {
  if (same(a.value, b.value)) return a;
  if (keyword === 'enum') {
    const common = (a.value as unknown[]).filter((value) => (b.value as unknown[]).some((other) => same(value, other)));
    return common.length === 0 ? undefined : { value: common, at: a.at };
  }
  if (isBound(keyword)) {
    const isFirst = isTighter(keyword.slice(0, 3) as 'min' | 'max', a.value, b.value);
    if (isFirst !== undefined) return isFirst ? a : b;
  }
  const both = [a.value, b.value].flat().sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
  return { value: both, at: a.at };
}

/** Whether `patternProperties` may apply to this property; true, too, if an expression cannot be parsed. */
export function isPatterned({ facets }: Case, name: string): boolean {
  const patterns = [facets.get('patternProperties')?.value ?? []].flat();
  return patterns
    .flatMap((entry) => Object.keys(entry as object))
    .some((pattern) => {
      try {
        return new RegExp(pattern, 'u').test(name);
      } catch {
        return true;
      }
    });
}

/** The schemas that hold for a property: its own, or that for all others. */
export const propertyOf = (one: Case, name: string): readonly JsonNode[] =>
  one.properties.get(name) ?? (isPatterned(one, name) ? [] : one.additional);

/** The schemas that hold for the item at a position. */
export const itemAt = ({ prefix, items }: Case, index: number): readonly JsonNode[] => prefix[index] ?? items;

function both(a: Case, b: Case): Case | undefined {
  const facets = new Map(a.facets);
  for (const [keyword, facet] of b.facets) {
    const other = facets.get(keyword);
    const joined = other === undefined ? facet : tighter(keyword, other, facet);
    if (joined === undefined) return undefined;
    facets.set(keyword, joined);
  }
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  const positions = a.prefix.length > b.prefix.length ? a.prefix : b.prefix;
  return {
    facets,
    properties: new Map([...names].map((name) => [name, [...propertyOf(a, name), ...propertyOf(b, name)]])),
    required: new Map([...b.required, ...a.required]),
    additional: [...a.additional, ...b.additional],
    unevaluated: [...a.unevaluated, ...b.unevaluated],
    namesOthers: a.namesOthers || b.namesOthers,
    prefix: positions.map((_, index) => [...itemAt(a, index), ...itemAt(b, index)]),
    items: [...a.items, ...b.items],
    at: a.at,
  };
}

function intersection(a: Shape, b: Shape): Shape {
  const shape = new Map<JsonType, readonly Case[]>();
  for (const [type, cases] of a) {
    const pairs = cases.flatMap((one) => (b.get(type) ?? []).map((other) => both(one, other)));
    const possible = pairs.filter((pair) => pair !== undefined);
    if (possible.length > 0) shape.set(type, possible);
  }
  return shape;
}

function union(shapes: readonly Shape[]): Shape {
  const shape = new Map<JsonType, readonly Case[]>();
  for (const branch of shapes)
    for (const [type, cases] of branch) shape.set(type, [...(shape.get(type) ?? []), ...cases]);
  return shape;
}

function shapeOfOne(node: JsonNode, trail: readonly string[]): Shape {
  if (node.value === false || trail.includes(node.at)) return new Map();
  const further = [...trail, node.at];
  const named = resolveReference(node);
  let shape = ownShape(node);
  if (named !== undefined) shape = intersection(shapeOfOne(named, further), shape);
  for (const [, part] of children(child(node, 'allOf'))) shape = intersection(shapeOfOne(part, further), shape);
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = children(child(node, keyword));
    if (branches.length > 0) shape = intersection(union(branches.map(([, part]) => shapeOfOne(part, further))), shape);
  }
  return shape;
}

/** The shape of values for which every one of these schemas holds. */
export function shapeOf(nodes: readonly JsonNode[]): Shape {
  const shapes = nodes.map((node) => shapeOfOne(node, []));
  const [first = ownShape({ value: true, at: '', root: true }), ...rest] = shapes;
  return rest.reduce(intersection, first);
}
