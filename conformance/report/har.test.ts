import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Har } from 'har-format';
import { expect, test } from 'vitest';
import { harReport } from './har.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

const schemas = createRequire(import.meta.url)('har-schema') as Readonly<Record<string, Record<string, unknown>>>;
const ajv = new Ajv({ strict: false });
formats.default(ajv);
// The schemas are of draft 6; everything in them is still valid.
for (const [name, { $schema, ...schema }] of Object.entries(schemas)) ajv.addSchema(schema, name);

test('it is a HAR by the schema of HAR 1.2', () => {
  for (const result of [resultOf(fiveChecks), emptyResult]) {
    const valid = ajv.validate('har.json#', JSON.parse(harReport(result)));
    expect([valid, ajv.errors]).toEqual([true, null]);
  }
});

test('every entry names the rule, its level and the check', () => {
  const { entries } = (JSON.parse(harReport(resultOf(fiveChecks))) as Har).log;
  expect(entries).toHaveLength(4);
  expect(entries[0]).toMatchObject({ _rule: 'AUTH-1', _level: 'must', comment: 'AUTH-1: a fact that holds' });
});

test('a request without an answer has status 0', () => {
  const { entries } = (JSON.parse(harReport(resultOf(fiveChecks))) as Har).log;
  expect(entries.map(({ response }) => response.status)).toEqual([500, 500, 500, 0]);
});
