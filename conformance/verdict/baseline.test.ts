import { expect, test } from 'vitest';
import { fiveChecks, resultOf } from '../report/testing.ts';
import { BaselineError, compareWithBaseline, parseBaseline } from './baseline.ts';

const entry = (rule: string, further = '') => `- rule: ${rule}
  owner: Billing
  reason: "Ticket 7"
  expires: 2027-01-01
${further}`;

const faultOf = (text: string): string => {
  try {
    parseBaseline(text, 'known.yaml');
  } catch (error) {
    if (error instanceof BaselineError) return error.message;
    throw error;
  }
  return 'none';
};

test('a baseline can be YAML or JSON', () => {
  const json = '[{"rule":"GRP-1","owner":"Billing","reason":"Ticket 7","expires":"2027-01-01"}]';
  expect(parseBaseline(entry('GRP-1'), 'a')).toEqual(parseBaseline(json, 'b'));
  expect(parseBaseline(entry('GRP-1', '  level: should'), 'a')[0]?.level).toBe('should');
});

test.each([
  ['an unknown rule', entry('GRP-1') + entry('GRP-99'), 'known.yaml:5: expected rule'],
  ['a level that the rule does not have', entry('GRP-3', '  level: should'), 'known.yaml:5: expected level of GRP-3'],
  ['no owner', '- rule: GRP-1\n  reason: x\n  expires: 2027-01-01', 'known.yaml:1: GRP-1 has no owner'],
  ['a date that does not exist', entry('GRP-1').replace('2027-01-01', '2027-02-30'), 'known.yaml:4: expected expires'],
  ['an unknown field', entry('GRP-1', '  until: never'), 'known.yaml:5: there is no field until'],
  ['the same rule twice', entry('GRP-1') + entry('GRP-1'), 'known.yaml:5: GRP-1 (must) is listed twice'],
  ['something that is not a list', 'rule: GRP-1', 'known.yaml:1: expected a list'],
  ['broken YAML', '- rule: "GRP-1\n', 'known.yaml:'],
])('%s is refused with file and line', (_, text, message) => {
  expect(faultOf(text)).toContain(message);
});

test('a known failure does not fail the run, a new one does, an expired one does', () => {
  const checks = fiveChecks.filter(({ outcome }) => outcome !== 'error');
  const exitCode = (known: string) => resultOf(checks, { known: parseBaseline(known, 'known.yaml') }).exitCode;
  expect(exitCode(entry('GRP-1'))).toBe(0);
  expect(exitCode(entry('GRP-2'))).toBe(1);
  expect(exitCode(entry('GRP-1').replace('2027', '2026'))).toBe(1);
  expect(resultOf(checks, { known: parseBaseline(entry('GRP-1'), 'a') }).verdict).toBe('non-conformant');
});

test('each entry has a state', () => {
  const known = parseBaseline(entry('GRP-1') + entry('AUTH-1') + entry('LIFE-9'), 'known.yaml');
  const states = (at: string) => compareWithBaseline(known, resultOf(fiveChecks).rules, at).map(({ state }) => state);
  expect(states('2027-01-01T23:59:59Z')).toEqual(['known', 'fixed', 'unseen']);
  expect(states('2027-01-02T00:00:00Z')).toEqual(['expired', 'fixed', 'unseen']);
});
