import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import { rules } from '../../generated/rules.ts';
import { sarifReport } from './sarif.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

const runOf = (text: string) => {
  const [run] = (JSON.parse(text) as Log).runs;
  if (!run) throw new Error('no run');
  return run;
};

test('it is valid by the schema of SARIF 2.1.0, whatever the target answered', () => {
  // The schema is of draft 4, which names itself by `id`; nothing else in it reads otherwise today.
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

test('it knows every rule, and each result points to its own', () => {
  const { tool, results = [] } = runOf(sarifReport(resultOf(fiveChecks)));
  expect(tool.driver.rules?.map(({ id }) => id)).toEqual(Object.keys(rules));
  expect(results.map(({ ruleIndex = -1 }) => tool.driver.rules?.[ruleIndex]?.id)).toEqual(
    results.map(({ ruleId }) => ruleId),
  );
});

test('the five outcomes stay apart', () => {
  const { results = [] } = runOf(sarifReport(resultOf(fiveChecks)));
  expect(results.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
    'pass none',
    'notApplicable none',
    'fail error',
    'fail warning',
    'open none',
  ]);
});

test('a tolerated failure is suppressed, an expired one is not', () => {
  const suppressions = (expires: string) => {
    const known = [{ rule: 'GRP-1', level: 'must', owner: 'Billing', reason: 'Ticket 7', expires }] as const;
    return runOf(sarifReport(resultOf(fiveChecks, { known }))).results?.find(({ level }) => level === 'error')
      ?.suppressions;
  };
  expect(suppressions('2027-01-01')).toMatchObject([
    { kind: 'external', justification: expect.stringContaining('Ticket 7') },
  ]);
  expect(suppressions('2026-11-23')).toEqual([]);
});

test('a run that judged nothing says that it was not successful', () => {
  expect(runOf(sarifReport(emptyResult)).invocations).toMatchObject([{ executionSuccessful: false, exitCode: 4 }]);
});
