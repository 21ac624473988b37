import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { closed, type Schema } from './closed.ts';
import { type Family, families } from './families.ts';

/** The comparison under test: whether the step from one schema to another breaks, decided without looking at values. */
export type IsBreaking = (side: 'request' | 'response', before: object, after: object) => boolean;

export interface Disagreement {
  readonly family: string;
  readonly side: string;
  readonly before: Schema;
  readonly after: Schema;
  readonly value: unknown;
}

export interface Tally {
  readonly family: string;
  /** Pairs of schemas; each is judged in both directions, on both sides. */
  pairs: number;
  /** Steps not called breaking for which no counterexample exists among the values. */
  fine: number;
  /** Steps called breaking, with a counterexample among the values. */
  shown: number;
  /** Steps called breaking, without one: caution, or a policy that no validator knows. */
  cautious: number;
}

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  const integers: Record<string, [number, number]> = {
    int8: [-128, 127],
    uint8: [0, 255],
    int16: [-32_768, 32_767],
    uint16: [0, 65_535],
    int32: [-2_147_483_648, 2_147_483_647],
    uint32: [0, 4_294_967_295],
    int64: [-9.223372036854776e18, 9.223372036854776e18],
  };
  for (const [name, [min, max]] of Object.entries(integers))
    ajv.addFormat(name, {
      type: 'number',
      validate: (value: number) => value % 1 === 0 && min <= value && value <= max,
    });
  ajv.addFormat('float', { type: 'number', validate: (value: number) => Number.isFinite(Math.fround(value)) });
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/u);
  ajv.addFormat('idn-hostname', /^[\p{L}\p{N}]([\p{L}\p{N}-]*)(\.[\p{L}\p{N}][\p{L}\p{N}-]*)*$/u);
  ajv.addFormat('iri', /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/iu);
  ajv.addFormat('iri-reference', /^[^\s<>"{}|\\^`]*$/u);
  return ajv;
}

/** Translates an OpenAPI 3.0 schema to JSON Schema. */
function fromVersion30({ nullable, minimum, exclusiveMinimum, ...schema }: Schema): Schema {
  return {
    ...schema,
    ...(nullable === true && { type: [schema['type'], 'null'].flat() }),
    [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum,
  };
}

/** Ways to nest a schema in another, both as written in a document and with references resolved. */
const holders: readonly ((schema: Schema) => Schema)[] = [
  (schema) => schema,
  (schema) => schema,
  (schema) => ({ type: 'object', required: ['a'], properties: { a: schema } }),
  (schema) => ({ type: 'array', items: schema }),
  (schema) => ({ anyOf: [schema, { type: 'null' }] }),
  (schema) => ({ allOf: [schema, {}] }),
];
const heldValues: readonly ((value: unknown) => unknown)[] = [
  (value) => value,
  (value) => value,
  (value) => ({ a: value }),
  (value) => [value],
  (value) => value,
  (value) => value,
];

const body = (schema: Schema) => ({ content: { 'application/json': { schema } } });

/** A document with the schema in a request or an answer, directly or behind a reference. */
function documentOf(side: 'request' | 'response', schema: Schema, openapi: string, isReferred: boolean): object {
  const held = body(isReferred ? { $ref: '#/components/schemas/Held' } : schema);
  const operation =
    side === 'request' ? { requestBody: held, responses: {} } : { responses: { 200: { description: 'OK', ...held } } };
  return {
    openapi,
    info: { title: 'Things', version: '1.0.0' },
    paths: { '/things': { post: operation } },
    components: { schemas: { Held: schema } },
  };
}

/** Draws pairs of a family and compares every verdict with a validator's results on the values. */
export function judgeFamily(
  family: string,
  count: number,
  seed: number,
  isBreaking: IsBreaking,
): { tally: Tally; disagreements: Disagreement[] } {
  const { pair, values, openapi = '3.1.1' } = families[family] as Family;
  const tally: Tally = { family, pairs: 0, fine: 0, shown: 0, cautious: 0 };
  const disagreements: Disagreement[] = [];
  const drawn = fc.sample(fc.tuple(pair, fc.nat(holders.length - 1), fc.boolean()), { numRuns: count, seed });
  for (const [schemas, holder, isReferred] of drawn) {
    const meant = openapi.startsWith('3.0') ? schemas.map(fromVersion30) : schemas;
    // Only OpenAPI 3.1 has null as a type.
    const place = openapi.startsWith('3.0') && holder === 4 ? 0 : holder;
    const hold = holders[place] as (schema: Schema) => Schema;
    const held = values.map(heldValues[place] as (value: unknown) => unknown);
    const ajv = newAjv();
    const [a, b] = meant.map((schema) => ({
      open: ajv.compile(hold(schema)),
      closed: ajv.compile(closed(hold(schema))),
    })) as [Judged, Judged];
    tally.pairs += 1;
    for (const [one, other, from, to] of [
      [a, b, 0, 1],
      [b, a, 1, 0],
    ] as const)
      for (const side of ['request', 'response'] as const) {
        const [before, after] = [hold(schemas[from] as Schema), hold(schemas[to] as Schema)];
        const breaks = isBreaking(
          side,
          documentOf(side, before, openapi, isReferred),
          documentOf(side, after, openapi, isReferred),
        );
        const value = held.find((value) =>
          side === 'request' ? one.closed(value) && !other.open(value) : other.open(value) && !one.open(value),
        );
        if (value === undefined) tally[breaks ? 'cautious' : 'fine'] += 1;
        else if (breaks) tally.shown += 1;
        else disagreements.push({ family, side, before, after, value });
      }
  }
  return { tally, disagreements };
}

interface Judged {
  readonly open: ValidateFunction;
  readonly closed: ValidateFunction;
}
