import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { rules } from '../../generated/rules.ts';
import { jsonReport } from './json.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

const schema = JSON.parse(readFileSync(new URL('../../spec/report.schema.json', import.meta.url), 'utf8')) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
const isReport = ajv.compile(schema);

const known = [
  { rule: 'GRP-1', level: 'must', owner: 'a', reason: 'b', expires: '2027-01-01' },
  { rule: 'AUTH-1', level: 'must', owner: 'a', reason: 'b', expires: '2027-01-01' },
] as const;

test.each([
  ['all five outcomes', resultOf(fiveChecks)],
  ['a baseline', resultOf(fiveChecks, { known })],
  ['nothing judged', emptyResult],
])('a report of %s matches the published schema', (_, result) => {
  const report: unknown = JSON.parse(jsonReport(result));
  isReport(report);
  expect(isReport.errors).toBeNull();
});

test.each(['report', 'certificate'])('the schema of a %s knows every source and need of the catalogue', (name) => {
  const text = readFileSync(new URL(`../../spec/${name}.schema.json`, import.meta.url), 'utf8');
  const enumWith = (value: string) =>
    JSON.parse(new RegExp(`"enum": (\\[[^\\]]*"${value}"[^\\]]*\\])`).exec(text)?.[1] ?? '[]');
  const all = Object.values<{ readonly source: readonly string[]; readonly needs: readonly string[] }>(rules);
  expect(enumWith('seed')).toEqual(expect.arrayContaining([...new Set(all.flatMap(({ source }) => source))]));
  expect(enumWith('other-key')).toEqual(expect.arrayContaining([...new Set(all.flatMap(({ needs }) => needs))]));
});

test('the verdict and the outcome of each rule part are where scripts look for them', () => {
  const report = JSON.parse(jsonReport(resultOf(fiveChecks))) as Record<string, unknown>;
  expect(report).toMatchObject({
    verdict: 'non-conformant',
    counts: { pass: 1, fail: 1, warn: 1, skipped: 1, error: 1 },
  });
  expect(
    (report['rules'] as { id: string; level: string; outcome: string }[]).map(({ id, level, outcome }) => [
      id,
      level,
      outcome,
    ]),
  ).toEqual([
    ['AUTH-1', 'must', 'pass'],
    ['AUTH-3', 'must', 'skipped'],
    ['GRP-1', 'must', 'fail'],
    ['GRP-1', 'should', 'warn'],
    ['LIFE-1', 'must', 'error'],
  ]);
});

test('the schema refuses an unknown outcome', () => {
  const report = JSON.parse(jsonReport(resultOf(fiveChecks))) as { rules: { outcome: string }[] };
  for (const rule of report.rules) rule.outcome = 'ok';
  expect(isReport(report)).toBe(false);
});
