import { identityOf, ownContract } from '../contract/judged-contract.ts';
import type { Profile } from '../rules/names.ts';
import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord } from '../run/outcome.ts';
import { compareWithBaseline, type KnownFailure } from '../verdict/baseline.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { ruleRecords } from '../verdict/rule-record.ts';
import { countOutcomes, exitCodeOf, verdictOf } from '../verdict/verdict.ts';

/** What a hostile target may answer: markup, XML, terminal and workflow commands. None of it may take effect. */
const hostile = '</script><img src=x onerror=alert(1)> ]]> & "\' \u001b[31m\u0000 %0A::error::\n::stop-commands::x';

export const exchange: Exchange = {
  operation: 'createGroup',
  startedAt: '2026-11-24T12:00:00.000Z',
  milliseconds: 7,
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:4010/v1/groups?a=%3Cb%3E',
    headers: { authorization: 'Bearer [redacted]', 'content-type': 'application/json' },
    body: '{"name":"O\'Brien"}',
  },
  response: { status: 500, headers: { 'content-type': 'text/html', 'x-evil': hostile }, body: hostile },
};

const check = (fields: Pick<CheckRecord, 'rule' | 'outcome'> & Partial<CheckRecord>): CheckRecord => ({
  level: 'must',
  title: 'a fact that holds',
  milliseconds: 12,
  exchanges: [exchange],
  ...fields,
});

/** A check for each of the five outcomes; failures contain a hostile text. */
export const fiveChecks: readonly CheckRecord[] = [
  check({ rule: 'AUTH-1', outcome: 'pass' }),
  check({ rule: 'GRP-1', outcome: 'fail', message: `status: ${hostile}`, expected: '201', received: hostile }),
  check({ rule: 'GRP-1', level: 'should', outcome: 'warn', message: hostile, expected: '201', received: '200' }),
  check({ rule: 'AUTH-3', outcome: 'skipped', skip: { because: 'need', need: 'other-key' }, exchanges: [] }),
  check({ rule: 'LIFE-1', outcome: 'error', message: 'no answer', exchanges: [{ ...exchange, response: null }] }),
];

interface Circumstances {
  readonly profile?: Profile;
  readonly known?: readonly KnownFailure[];
}

/** The result of a run that made these checks. */
export function resultOf(
  checks: readonly CheckRecord[],
  { profile = 'standard', known }: Circumstances = {},
): ConformanceResult {
  const rules = ruleRecords(checks);
  const verdict = verdictOf(rules, profile);
  const endedAt = '2026-11-24T12:00:03.500Z';
  const baseline = known ? compareWithBaseline(known, rules, endedAt) : null;
  return {
    suite: { name: 'vitable-groups-kit', version: '0.1.0' },
    contract: identityOf(ownContract),
    target: 'http://127.0.0.1:4010',
    verifiesTls: null,
    profile,
    only: null,
    startedAt: '2026-11-24T12:00:00.000Z',
    endedAt,
    requests: 5,
    verdict,
    exitCode: exitCodeOf(verdict, rules, { profile, baseline }),
    counts: countOutcomes(rules),
    rules,
    baseline,
    readings: null,
    evidence: { maxCharacters: 1000, shortened: false },
    groups: 2,
    left: [],
    throttling: { answers: 0, milliseconds: 0 },
    isSecondKeyOfSameOrganization: false,
  };
}

/** A run in which nothing could be judged. */
export const emptyResult: ConformanceResult = { ...resultOf([]), groups: 0, reason: `cannot be reached: ${hostile}` };
