import { expect, test } from 'vitest';
import { compareRuns } from '../compare/compare-runs.ts';
import { recordedRun } from './recorded-run.ts';

test('two runs of the whole suite on the mock do not differ', { timeout: 120_000 }, async () => {
  const { outcomes, readings, answers } = compareRuns(await recordedRun({}), await recordedRun({}));
  expect({ outcomes, readings, answers }).toEqual({ outcomes: [], readings: [], answers: [] });
});
