import { expect, test } from 'vitest';
import { fiveChecks, resultOf } from '../report/testing.ts';
import type { CheckRecord } from '../run/outcome.ts';
import { runConformance } from '../run-conformance.ts';

const only = (...outcomes: string[]) => fiveChecks.filter(({ outcome }) => outcomes.includes(outcome));
const ended = (checks: readonly CheckRecord[], profile: 'standard' | 'certification' = 'standard') => {
  const { verdict, exitCode } = resultOf(checks, { profile });
  return `${verdict}, ${exitCode}`;
};
const stopped: CheckRecord = {
  ...(fiveChecks[0] as CheckRecord),
  rule: 'ID-1',
  outcome: 'skipped',
  skip: { because: 'stopped', message: 'the run was interrupted' },
};
const reading: CheckRecord = { ...stopped, skip: { because: 'reading', message: 'an overlapping sync is refused' } };

test.each([
  ['passes', ended(only('pass')), 'conformant, 0'],
  ['a should that is broken', ended(only('pass', 'warn')), 'conformant with warnings, 0'],
  ['a must that is broken', ended(fiveChecks), 'non-conformant, 1'],
  ['a missing need', ended(only('pass', 'skipped')), 'conformant, 0'],
  ['a missing need in a certification', ended(only('pass', 'skipped'), 'certification'), 'incomplete, 3'],
  ['a legal reading in a certification', ended([...only('pass'), reading], 'certification'), 'conformant, 0'],
  ['an error', ended(only('pass', 'error')), 'incomplete, 4'],
  ['nothing but an error', ended(only('error')), 'not judged, 4'],
  ['nothing but skipped rules', ended(only('skipped')), 'incomplete, 3'],
  ['a run that was stopped', ended([...only('pass'), stopped]), 'incomplete, 3'],
  ['no rule at all', ended([]), 'not judged, 4'],
])('%s', (_, received, expected) => {
  expect(received).toBe(expected);
});

test('a selection that leaves no rule is never success, and nothing is sent', async () => {
  const options = { baseUrl: 'http://127.0.0.1:1', apiKey: 'k', profile: 'read-only', only: ['LIFE-1'] } as const;
  const { verdict, exitCode, requests, reason } = await runConformance(options);
  expect([verdict, exitCode, requests]).toEqual(['not judged', 4, 0]);
  expect(reason).toContain('no check remains');
});
