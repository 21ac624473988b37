import { expect, test } from 'vitest';
import type { CheckRecord } from '../run/outcome.ts';
import { brokenParts, repairFirst } from './repair.ts';
import { exchange, fiveChecks, resultOf } from './testing.ts';

const failure = (rule: CheckRecord['rule'], status: number, said = 'no such group grp_AAAAAAAAAAAA'): CheckRecord => ({
  ...(fiveChecks[1] as CheckRecord),
  rule,
  exchanges: [{ ...exchange, response: { status, headers: {}, body: JSON.stringify({ message: said }) } }],
});

const skipped = (rule: CheckRecord['rule'], see: CheckRecord['rule']): CheckRecord => ({
  ...(fiveChecks[0] as CheckRecord),
  rule,
  outcome: 'skipped',
  skip: { because: 'unmet', message: 'a sync did not complete in time', rule: see },
});

test('the failing rule that most other rules rely on is the one to repair first', () => {
  const checks = [
    failure('GRP-1', 500),
    failure('SYNC-4', 200),
    skipped('LIFE-1', 'SYNC-4'),
    skipped('LIFE-2', 'SYNC-4'),
  ];
  expect(repairFirst(resultOf(checks))).toBe('SYNC-4, which others rely on (3 rule parts: SYNC-4, LIFE-1, LIFE-2)');
});

test('otherwise it is the refusal that most failures share, apart from the ids in it', () => {
  const checks = [
    failure('GRP-1', 500),
    failure('GRP-2', 500, 'no such group grp_BBBBBBBBBBBB'),
    failure('GRP-4', 400),
    failure('GRP-5', 200),
  ];
  expect(repairFirst(resultOf(checks))).toBe(
    'the answer 500 "no such group …" to createGroup (2 rule parts: GRP-1, GRP-2)',
  );
});

test('failures with nothing in common have no first one to repair', () => {
  expect(repairFirst(resultOf([failure('GRP-1', 500), failure('GRP-2', 400)]))).toBeUndefined();
});

test('tolerated failures are listed separately and never come first', () => {
  const known = [
    { rule: 'GRP-1', level: 'must', owner: 'a', reason: 'b', expires: '2027-01-01' },
    { rule: 'GRP-2', level: 'must', owner: 'a', reason: 'b', expires: '2027-01-01' },
  ] as const;
  const result = resultOf([failure('GRP-1', 500), failure('GRP-2', 500), failure('GRP-4', 200)], { known });
  expect(brokenParts(result).failed.map(({ id }) => id)).toEqual(['GRP-4']);
  expect(brokenParts(result).tolerated.map(({ id }) => id)).toEqual(['GRP-1', 'GRP-2']);
  expect(repairFirst(result)).toBeUndefined();
});
