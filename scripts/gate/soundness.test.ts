import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareContracts, compareDocuments } from '../../conformance/contract/comparison.ts';
import { readYaml } from '../generate/contract.ts';
import { contractsOf } from './fixtures.ts';

/** The comparison held against what it is about: which values a validator lets pass. */

type Schema = Record<string, unknown>;

const names = fc.constantFrom('a', 'b', 'c');
const limit = fc.integer({ min: 0, max: 3 });
const scalar = fc.constantFrom<unknown>('', 'a', 'ab', 'abc', -1, 0, 1, 1.5, 2, 3, 4, true, false, null);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const keywords = {
  string: fc.record({ minLength: limit, maxLength: limit, pattern: fc.constantFrom('^a', 'b$') }, { requiredKeys: [] }),
  number: fc.record(
    {
      minimum: limit,
      maximum: limit,
      exclusiveMinimum: limit,
      exclusiveMaximum: limit,
      multipleOf: fc.constantFrom(1, 2),
    },
    { requiredKeys: [] },
  ),
};

const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    keywords.string.map((rest) => ({ type: 'string', ...rest })),
    fc.tuple(fc.constantFrom('integer', 'number'), keywords.number).map(([type, rest]) => ({ type, ...rest })),
    fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
    fc
      .uniqueArray(fc.constantFrom('string', 'null', 'boolean', 'integer', 'array'), { minLength: 1 })
      .map((type) => ({ type })),
    fc
      .record(
        { items: tie('schema'), minItems: limit, maxItems: limit, uniqueItems: fc.boolean() },
        { requiredKeys: [] },
      )
      .map((rest) => ({ type: 'array', ...rest })),
    fc
      .record(
        {
          properties: fc.dictionary(names, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
          required: fc.uniqueArray(names, { maxLength: 2 }),
          additionalProperties: fc.constant(false),
        },
        { requiredKeys: ['properties'] },
      )
      .map((rest) => ({ type: 'object', ...rest })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.tuple(tie('schema'), keywords.string).map(([part, rest]) => ({ allOf: [part, rest] })),
  ),
}));

/** Schemas within a schema, itself first. */
function partsOf(schema: Schema): Schema[] {
  const { properties = {}, items, anyOf = [], allOf = [] } = schema as Record<string, object | undefined>;
  const inner = [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...Object.values(anyOf),
    ...Object.values(allOf),
  ];
  return [schema, ...inner.flatMap((part) => partsOf(part as Schema))];
}

const edit = fc.record({
  part: fc.nat(20),
  fields: fc.oneof(
    keywords.string,
    keywords.number,
    fc.record({ required: fc.uniqueArray(names, { maxLength: 1 }) }),
    schema,
  ),
  removes: fc.option(fc.nat(5), { nil: undefined }),
});

/** A schema and what a few edits make of it. */
const pair = fc.tuple(schema, fc.array(edit, { minLength: 1, maxLength: 2 })).map(([before, edits]) => {
  const after = structuredClone(before);
  for (const { part, fields, removes } of edits) {
    const parts = partsOf(after);
    const chosen = parts[part % parts.length] as Schema;
    const keys = Object.keys(chosen);
    if (removes === undefined) Object.assign(chosen, structuredClone(fields));
    else delete chosen[keys[removes % keys.length] ?? ''];
  }
  return { before, after };
});

const ajv = new Ajv2020({ strict: false, allErrors: false });

/** The schema for a client that sends no field it was not told of. */
function closed(schema: Schema): Schema {
  const within = new Set(partsOf(schema).flatMap(({ anyOf = [], allOf = [] }) => [anyOf, allOf].flat() as Schema[]));
  const copy = (part: Schema): Schema => {
    const inner = Object.entries(part).map(([key, value]) => {
      if (key === 'items') return [key, copy(value as Schema)];
      if (key === 'anyOf' || key === 'allOf') return [key, (value as Schema[]).map(copy)];
      if (key !== 'properties') return [key, value];
      return [
        key,
        Object.fromEntries(Object.entries(value as Schema).map(([name, one]) => [name, copy(one as Schema)])),
      ];
    });
    return { ...Object.fromEntries(inner), ...(!within.has(part) && { unevaluatedProperties: false }) };
  };
  return copy(schema);
}

const verdictOf = (part: 'request' | 'response', before: Schema, after: Schema) =>
  compareContracts(...contractsOf({ name: '', in: part, before, after, verdict: 'unchanged' })).verdict;

test('whatever a client sent by the old contract is accepted by one that is not breaking', () => {
  let judged = 0;
  fc.assert(
    fc.property(pair, fc.array(value, { minLength: 30, maxLength: 30 }), ({ before, after }, values) => {
      if (verdictOf('request', before, after) === 'breaking') return;
      const [old, young] = [ajv.compile(closed(before)), ajv.compile(after)];
      for (const one of values) {
        if (!old(one)) continue;
        judged += 1;
        expect({ value: one, isAccepted: young(one) }).toEqual({ value: one, isAccepted: true });
      }
    }),
    { numRuns: 1000 },
  );
  expect(judged).toBeGreaterThan(300);
});

test('whatever comes by a contract that is not breaking, clients of the old one were told of', () => {
  let judged = 0;
  fc.assert(
    fc.property(pair, fc.array(value, { minLength: 30, maxLength: 30 }), ({ before, after }, values) => {
      if (verdictOf('response', before, after) === 'breaking') return;
      const [old, young] = [ajv.compile(before), ajv.compile(after)];
      for (const one of values) {
        if (!young(one)) continue;
        judged += 1;
        expect({ value: one, wasTold: old(one) }).toEqual({ value: one, wasTold: true });
      }
    }),
    { numRuns: 1000 },
  );
  expect(judged).toBeGreaterThan(300);
});

test('a document differs from itself in nothing, and from every edited copy in something', () => {
  const contract = JSON.parse(JSON.stringify(readYaml('spec/openapi.yaml'))) as Schema;
  expect(compareDocuments(contract, contract)).toEqual([]);
  const places: (readonly [holder: readonly string[], key: string])[] = [];
  const walk = (node: unknown, path: readonly string[]): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push([path, key]);
      walk(inner, [...path, key]);
    }
  };
  walk(contract, []);
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.constantFrom<unknown>(undefined, 'edited', 4711, null, { $ref: '#/%zz' }),
      ([path, key], value) => {
        if (path.join() === 'info' && key === 'version') return;
        const copy = structuredClone(contract);
        const holder = path.reduce<Schema>((node, step) => node[step] as Schema, copy);
        if (holder[key] === value) return;
        if (Array.isArray(holder) && value === undefined) holder.splice(Number(key), 1);
        else if (value === undefined) delete holder[key];
        else holder[key] = value;
        expect(compareDocuments(contract, copy)).not.toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);
