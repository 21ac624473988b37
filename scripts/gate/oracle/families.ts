import fc, { type Arbitrary } from 'fast-check';
import { type Schema, subschemasOf } from './closed.ts';

/** Schemas that differ in one relation of the comparison, and values on both sides of their limits. */
export interface Family {
  /** Two schemas, independent of each other or one an edit of the other. */
  readonly pair: Arbitrary<readonly [Schema, Schema]>;
  readonly values: readonly unknown[];
  /** 3.1.1 if left out. */
  readonly openapi?: string;
}

const twice = (schema: Arbitrary<Schema>): Arbitrary<readonly [Schema, Schema]> => fc.tuple(schema, schema);
const optional = (fields: Record<string, Arbitrary<unknown>>, requiredKeys: string[] = []): Arbitrary<Schema> =>
  fc.record(fields, { requiredKeys } as object) as Arbitrary<Schema>;
const one = fc.constantFrom;

const limit = fc.integer({ min: 0, max: 3 });
const texts = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abab', 'x1'];
const numbers = [-3, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 6];
const scalars = ['', 'a', 'ab', 'abc', 0, 1, 1.5, 2, 3, true, false, null];
const numberFormats = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'float', 'double'];
const textFormats = [
  'email',
  'idn-email',
  'hostname',
  'idn-hostname',
  'uri',
  'uri-reference',
  'iri',
  'iri-reference',
  'date',
  'date-time',
  'uuid',
  'ipv4',
];
const part = one<Schema>(
  { type: 'string' },
  { type: 'integer' },
  { type: 'number' },
  { type: 'string', maxLength: 1 },
  { type: ['string', 'null'] },
  { enum: ['a', 1] },
  {},
);

const number = optional({
  minimum: limit,
  maximum: limit,
  exclusiveMinimum: limit,
  exclusiveMaximum: limit,
  multipleOf: one(0.5, 1, 2, 3),
});
const text = optional({ minLength: limit, maxLength: limit, pattern: one('^a', 'b$', '^[ab]+$') });

const arrays: unknown[] = [[]];
for (const first of ['a', 'ab', 1, 1.5, null]) {
  arrays.push([first]);
  for (const second of ['a', 1, null, 2.5])
    arrays.push([first, second], [first, second, 'a'], [first, second, 1], [first, second, 1, 1]);
}
const objects: Schema[] = [{}];
for (const a of [undefined, 'a', 'ab', 1, null])
  for (const b of [undefined, 'a', 1])
    for (const c of [undefined, 'a', 1.5]) objects.push(JSON.parse(JSON.stringify({ a, b, c })) as Schema);

const names = one('a', 'b', 'c');
const properties = fc.dictionary(names, part, { maxKeys: 3, noNullPrototype: true });
const required = fc.uniqueArray(names, { maxLength: 2 });
const rest = fc.oneof(one<unknown>(true, false), part);

const tagged = (tags: readonly string[]): Arbitrary<Schema> =>
  fc
    .tuple(fc.uniqueArray(one(...tags), { minLength: 1, maxLength: 3 }), part, fc.boolean(), fc.boolean())
    .map(([chosen, value, isNamed, hasMapping]) => ({
      oneOf: chosen.map((tag, index) => ({
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: tag }, ...(index === 0 && { value }) },
      })),
      ...(isNamed && {
        discriminator: { propertyName: 'kind', ...(hasMapping && { mapping: { x: '#/components/schemas/X' } }) },
      }),
    }));

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    one<unknown>(...scalars, 4, -1),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const { schema: composite } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((fields) => ({ type: 'string', ...fields })),
    fc.tuple(one('integer', 'number'), number).map(([type, fields]) => ({ type, ...fields })),
    fc.uniqueArray(one<unknown>(...scalars), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
    fc.uniqueArray(one('string', 'null', 'boolean', 'integer', 'array'), { minLength: 1 }).map((type) => ({ type })),
    optional({ items: tie('schema'), minItems: limit, maxItems: limit, uniqueItems: fc.boolean() }).map((fields) => ({
      type: 'array',
      ...fields,
    })),
    optional(
      {
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
        required,
        additionalProperties: fc.oneof(fc.constant(false), tie('schema')),
      },
      ['properties'],
    ).map((fields) => ({ type: 'object', ...fields })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })),
    fc.tuple(tie('schema'), text).map(([inner, fields]) => ({ allOf: [inner, fields] })),
  ),
}));

const edit = fc.record({
  part: fc.nat(20),
  fields: fc.oneof(text, number, fc.record({ required: fc.uniqueArray(names, { maxLength: 1 }) }), composite),
  removes: fc.option(fc.nat(5), { nil: undefined }),
});

/** A schema and the result of a few edits. */
const edited = fc.tuple(composite, fc.array(edit, { minLength: 1, maxLength: 2 })).map(([before, edits]) => {
  const after = structuredClone(before);
  for (const { part, fields, removes } of edits) {
    const parts = subschemasOf(after);
    const chosen = parts[part % parts.length] as Schema;
    const keys = Object.keys(chosen);
    if (removes === undefined) Object.assign(chosen, structuredClone(fields));
    else delete chosen[keys[removes % keys.length] ?? ''];
  }
  return [before, after] as const;
});

const sampled = fc.sample(anything, { numRuns: 150, seed: 1 });

const object = (fields: Record<string, Arbitrary<unknown>>) =>
  twice(optional(fields).map((more) => ({ type: 'object', ...more })));
const array = (fields: Record<string, Arbitrary<unknown>>) =>
  twice(optional(fields).map((more) => ({ type: 'array', ...more })));

export const families: Readonly<Record<string, Family>> = {
  'formats of numbers': {
    pair: twice(optional({ type: one('number', 'integer'), format: one(...numberFormats) }, ['type'])),
    values: [
      -200, -1, 0, 0.5, 127, 128, 200, 300, 32_768, 40_000, 65_536, 2_147_483_647, 2_147_483_648, 3_000_000_000,
      4_294_967_296, 1e19, 1e39,
    ],
  },
  'formats of texts': {
    pair: twice(optional({ type: fc.constant('string'), format: one(...textFormats) }, ['type'])),
    values: [
      'ada@example.com',
      'björn@example.com',
      'a.example',
      'bücher.example',
      'https://a.example/b',
      'https://a.example/ü',
      '/b',
      '/ü',
      '2030-01-31',
      '2030-01-31T09:00:00Z',
      '00000000-0000-4000-8000-000000000000',
      '192.0.2.1',
      'no such',
      '',
    ],
  },
  'limits of texts and patterns': { pair: twice(text.map((fields) => ({ type: 'string', ...fields }))), values: texts },
  'limits of numbers': {
    pair: twice(fc.tuple(one('integer', 'number'), number).map(([type, fields]) => ({ type, ...fields }))),
    values: numbers,
  },
  'limits gathered by allOf': {
    pair: twice(fc.array(number, { minLength: 1, maxLength: 3 }).map((allOf) => ({ type: 'number', allOf }))),
    values: numbers,
  },
  'limits of arrays': {
    pair: array({ minItems: limit, maxItems: limit, uniqueItems: fc.boolean(), items: part }),
    values: arrays,
  },
  'limits of objects': {
    pair: object({
      minProperties: limit,
      maxProperties: limit,
      properties,
      propertyNames: one({ pattern: '^[ab]$' }, { maxLength: 1 }),
    }),
    values: objects,
  },
  enums: {
    pair: twice(
      fc.oneof(
        fc
          .uniqueArray(one<unknown>(...scalars), { minLength: 1, maxLength: 4 })
          .map((values): Schema => ({ enum: values })),
        one<unknown>(...scalars).map((value): Schema => ({ const: value })),
        part,
      ),
    ),
    values: scalars,
  },
  types: {
    pair: twice(
      fc
        .uniqueArray(one('string', 'null', 'boolean', 'integer', 'number', 'array', 'object'), { minLength: 1 })
        .map((type) => ({ type })),
    ),
    values: [...scalars, [], {}],
  },
  nullability: {
    pair: twice(
      fc.oneof(
        part,
        part.map((inner) => ({ anyOf: [inner, { type: 'null' }] })),
        part.map((inner) => ({ oneOf: [inner, { type: 'null' }] })),
      ),
    ),
    values: scalars,
  },
  'nullability of 3.0': {
    openapi: '3.0.3',
    pair: twice(
      optional(
        {
          type: one('string', 'integer', 'number', 'boolean'),
          nullable: fc.boolean(),
          minimum: limit,
          exclusiveMinimum: fc.boolean(),
        },
        ['type', 'minimum'],
      ),
    ),
    values: [...scalars, ...numbers],
  },
  required: { pair: object({ properties, required }), values: objects },
  'additional properties': { pair: object({ properties, required, additionalProperties: rest }), values: objects },
  'unevaluated properties': {
    pair: twice(
      fc.tuple(properties, properties, rest, fc.boolean()).map(([a, b, other, isOuter]) => ({
        type: 'object',
        allOf: [{ properties: a, ...(!isOuter && { additionalProperties: other }) }],
        properties: b,
        ...(isOuter && { unevaluatedProperties: other }),
      })),
    ),
    values: objects,
  },
  'patterns of properties': {
    pair: object({
      properties,
      patternProperties: fc.dictionary(one('^a', '^[bc]$'), part, { maxKeys: 2, noNullPrototype: true }),
      additionalProperties: rest,
    }),
    values: objects,
  },
  tuples: {
    pair: array({
      prefixItems: fc.array(part, { minLength: 1, maxLength: 3 }),
      items: fc.oneof(part, fc.constant(false)),
      minItems: limit,
      maxItems: limit,
    }),
    values: arrays,
  },
  contains: { pair: array({ contains: part, minContains: limit, maxContains: limit }), values: arrays },
  discriminators: {
    pair: twice(tagged(['x', 'y', 'z'])),
    values: ['x', 'y', 'z'].flatMap((kind) => [
      { kind },
      { kind, value: 'a' },
      { kind, value: 'ab' },
      { kind, value: 1 },
      { kind, value: 1.5 },
      { kind, value: null },
    ]),
  },
  conditions: {
    pair: object({
      properties,
      not: one({ required: ['a'] }, { required: ['b'] }, { properties: { a: { const: 'a' } }, required: ['a'] }),
      if: one({ required: ['a'] }),
      // biome-ignore lint/suspicious/noThenProperty: the keyword has this name
      then: one({ required: ['b'] }, { required: ['c'] }),
      else: one({ required: ['c'] }),
      dependentRequired: one({ a: ['b'] }, { b: ['c'] }),
    }),
    values: objects,
  },
  'alternatives that overlap': {
    pair: twice(
      fc
        .tuple(
          one('oneOf', 'anyOf'),
          fc.array(
            text.map((fields) => ({ type: 'string', ...fields })),
            { minLength: 1, maxLength: 3 },
          ),
        )
        .map(([keyword, branches]) => ({ [keyword]: branches })),
    ),
    values: texts,
  },
  'edits of nested schemas': { pair: edited, values: sampled },
};
