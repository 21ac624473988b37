import { expect, test } from 'vitest';
import { auditVerdict } from './audit.ts';

const finding = (severity: string) => ({
  vulnerabilities: {
    a: { via: [{ name: 'a', title: 'Bad parsing', severity, url: 'https://advisories.example/GHSA-1' }] },
    b: { via: ['a'] },
  },
});
const accepted = { advisory: 'GHSA-1', reason: 'Never parses what a client sends.', until: '2027-01-31' };
const faults = (...input: Parameters<typeof auditVerdict>) => auditVerdict(...input).faults;

test('a high finding is a fault unless an entry that has not expired accepts it', () => {
  expect(faults(finding('high'), [], '2026-11-25')).toEqual([
    'a: Bad parsing (high, GHSA-1); update it, or say in scripts/hygiene/accepted.yaml why it cannot do harm',
  ]);
  expect(faults(finding('critical'), [accepted], '2027-01-31')).toEqual([]);
  expect(faults(finding('critical'), [accepted], '2027-02-01')).toHaveLength(1);
  expect(faults(finding('high'), [{ ...accepted, reason: 'fine' }], '2026-11-25')).toHaveLength(1);
});

test('a moderate finding is not a fault, and an entry without a finding is', () => {
  expect(faults(finding('moderate'), [], '2026-11-25')).toEqual([]);
  expect(faults({ vulnerabilities: {} }, [accepted], '2026-11-25')).toEqual([
    'scripts/hygiene/accepted.yaml: GHSA-1 was not found; remove the entry',
  ]);
});

test.each([
  ['405 Method Not Allowed - POST https://registry.example/audit', '405 Method Not Allowed'],
  ['request to http://registry.example failed, reason: connect ECONNREFUSED 192.0.2.1:443', 'ECONNREFUSED'],
  [undefined, 'no report'],
])('a registry that does not answer audits (%s) is noted and is not a fault', (message, why) => {
  const note = `not checked: the registry does not answer audits here (${why})`;
  expect(auditVerdict({ ...(message !== undefined && { message }) }, [], '2026-11-25')).toEqual({ faults: [], note });
});
