import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import { type RuleId, rules } from '../../generated/rules.ts';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { sarifReport } from './sarif.ts';
import { emptyResult, exchange, fiveChecks, resultOf } from './testing.ts';

const runOf = (text: string) => {
  const [run] = (JSON.parse(text) as Log).runs;
  if (!run) throw new Error('no run');
  return run;
};

test('it is valid by the schema of SARIF 2.1.0, whatever the target answered', () => {
  // The schema is of draft 4, which has `id` in place of `$id`; everything else in it is still valid.
  const { $schema, id, ...schema } = createRequire(import.meta.url)(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  ) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  for (const result of [resultOf(fiveChecks), emptyResult]) {
    validate(JSON.parse(sarifReport(result)));
    expect(validate.errors).toBeNull();
  }
});

test('it has every rule, and each result points to its rule', () => {
  const { tool, results = [] } = runOf(sarifReport(resultOf(fiveChecks)));
  expect(tool.driver.rules?.map(({ id }) => id)).toEqual(Object.keys(rules));
  expect(results.map(({ ruleIndex = -1 }) => tool.driver.rules?.[ruleIndex]?.id)).toEqual(
    results.map(({ ruleId }) => ruleId),
  );
});

test('only failures and warnings are results, without what the baseline tolerates', () => {
  const known = [
    { rule: 'GRP-1', level: 'must', owner: 'Billing', reason: 'Ticket 7', expires: '2027-01-01' },
  ] as const;
  const levels = (result: ConformanceResult) => runOf(sarifReport(result)).results?.map(({ level }) => level);
  expect(levels(resultOf(fiveChecks))).toEqual(['error', 'warning']);
  expect(levels(resultOf(fiveChecks, { known }))).toEqual(['warning']);
  expect(levels(resultOf(fiveChecks, { known: [{ ...known[0], expires: '2026-11-23' }] }))).toEqual([
    'error',
    'warning',
  ]);
});

/** Every rule broken in many checks, with answers and texts as long as they can get. */
const worstCase = resultOf(
  (Object.keys(rules) as RuleId[]).flatMap((rule) =>
    Array.from({ length: 3 }, (_, n) => ({
      ...(fiveChecks[1] as CheckRecord),
      rule,
      level: rules[rule].level,
      title: `fact ${n}`,
      received: 'x'.repeat(100_000),
      exchanges: [{ ...exchange, response: { status: 500, headers: {}, body: 'x'.repeat(100_000) } }],
    })),
  ),
);

test.each([
  ['five outcomes', resultOf(fiveChecks)],
  ['nothing judged', emptyResult],
  ['every rule broken in three checks', worstCase],
])('it keeps the limits of an upload to GitHub: %s', (_, result) => {
  const text = sarifReport(result);
  const { runs } = JSON.parse(text) as Log;
  expect(runs).toHaveLength(1);
  expect(gzipSync(text).length).toBeLessThan(10 * 1024 * 1024);
  const { tool, results = [], automationDetails } = runOf(text);
  const descriptors = tool.driver.rules ?? [];
  expect(automationDetails?.id).toMatch(/\/$/);
  expect(results.length).toBeLessThanOrEqual(5000);
  expect(new Set(descriptors.map(({ id }) => id)).size).toBe(descriptors.length);
  for (const { id, name = '', shortDescription, fullDescription, help, properties } of descriptors) {
    expect(Math.max(id.length, name.length)).toBeLessThanOrEqual(255);
    for (const one of [shortDescription, fullDescription])
      expect([1, 1024]).toEqual([Math.min(1, one?.text.length ?? 0), Math.max(1024, one?.text.length ?? 0)]);
    expect(help?.text).toBeTruthy();
    expect((properties?.tags ?? []).length).toBeLessThanOrEqual(20);
  }
  for (const { message, locations = [], partialFingerprints } of results) {
    expect(message.text).toBeTruthy();
    expect(locations).toHaveLength(1);
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
    expect(artifactLocation?.uri).toMatch(/^[^:/][^:]*$/);
    expect(region?.startLine).toBeGreaterThan(0);
    expect(Object.keys(partialFingerprints ?? {})).toHaveLength(1);
  }
  const prints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
  expect(new Set(prints).size).toBe(prints.length);
});

test('each result points to the line at which its rule begins', () => {
  const lines = readFileSync(new URL('../../spec/rules.yaml', import.meta.url), 'utf8').split('\n');
  for (const { ruleId, locations } of runOf(sarifReport(worstCase)).results ?? []) {
    const line = locations?.[0]?.physicalLocation?.region?.startLine ?? 0;
    expect(lines[line - 1]).toBe(`- id: ${ruleId}`);
  }
});

test('a run that judged nothing says that it was not successful', () => {
  expect(runOf(sarifReport(emptyResult)).invocations).toMatchObject([{ executionSuccessful: false, exitCode: 4 }]);
});
