import { expect, test } from 'vitest';
import { ownContract } from '../contract/judged-contract.ts';
import { createObserver } from '../observe/observer.ts';
import { exchange, fiveChecks } from '../report/testing.ts';
import type { CheckRecord } from '../run/outcome.ts';
import { withBlamedRules, withObserved } from './observed.ts';
import { ruleRecords } from './rule-record.ts';
import { verdictOf } from './verdict.ts';

const passed = (rule: CheckRecord['rule'], level: CheckRecord['level'] = 'must'): CheckRecord => ({
  ...(fiveChecks[0] as CheckRecord),
  rule,
  level,
});
const skipped = (rule: CheckRecord['rule'] | null): CheckRecord => ({
  ...passed('LIFE-3'),
  outcome: 'skipped',
  skip: { because: 'unmet', message: 'a sync did not complete in time', rule, exchange },
});
const outcomes = (records: readonly CheckRecord[]) =>
  ruleRecords(records).map(({ id, level, outcome }) => `${id} ${level} ${outcome}`);

/** What an observer says of one list of groups without pagination. */
function observedList() {
  const observer = createObserver({ others: 'elsewhere' });
  observer.see({
    method: 'GET',
    path: '/v1/groups',
    status: 200,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: '{"data": []}',
    key: 'own',
    startedAt: 1,
    endedAt: 2,
  });
  return { findings: observer.findings(), readings: observer.readings(), exchanges: [exchange] };
}

test('an exchange that breaks a rule fails it, although its checks passed, with that exchange as evidence', () => {
  const records = withObserved([passed('PAGE-1'), passed('AUTH-1')], observedList(), ownContract);
  expect(outcomes(records)).toEqual(['AUTH-1 must pass', 'PAGE-1 must fail']);
  expect(records.at(-1)).toMatchObject({ expected: 'four integers', exchanges: [exchange] });
});

test('an exchange that breaks a rule that was not selected adds nothing', () => {
  expect(outcomes(withObserved([passed('AUTH-1')], observedList(), ownContract))).toEqual(['AUTH-1 must pass']);
});

test('a part that is only a should in an older contract warns', () => {
  const rules = { ...ownContract.rules, 'PAGE-1': { level: 'should', statement: '…' } } as const;
  const records = withObserved([passed('PAGE-1', 'should')], observedList(), { ...ownContract, rules });
  expect(outcomes(records)).toEqual(['PAGE-1 should warn']);
});

test('the rule that a skipped check names fails with its exchange, whether it passed or was not selected', () => {
  for (const others of [[passed('SYNC-4')], []]) {
    const records = withBlamedRules([...others, skipped('SYNC-4')], ownContract);
    expect(outcomes(records)).toEqual(['SYNC-4 must fail', 'LIFE-3 must skipped']);
    expect(records.at(-1)).toMatchObject({ message: 'a sync did not complete in time', exchanges: [exchange] });
  }
});

test('a rule that has already failed does not fail again because of a skipped check', () => {
  const failed: CheckRecord = { ...passed('SYNC-4'), outcome: 'fail', message: 'status' };
  expect(withBlamedRules([failed, skipped('SYNC-4'), skipped('SYNC-4')], ownContract)).toHaveLength(3);
});

test('a check that is skipped without naming a rule fails no rule, and the run is incomplete', () => {
  const records = withBlamedRules([passed('SYNC-4'), skipped(null)], ownContract);
  expect(outcomes(records)).toEqual(['SYNC-4 must pass', 'LIFE-3 must skipped']);
  expect(verdictOf(ruleRecords(records), 'standard')).toBe('incomplete');
});
