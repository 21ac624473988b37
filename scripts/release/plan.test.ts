import { expect, test } from 'vitest';
import { decide, type Proposal } from '../gate/policy.ts';
import { defaultLevel, planned } from './plan.ts';

const contract = { openapi: { openapi: '3.1.1', info: { title: 'Things', version: '1.2.0' }, paths: {} }, rules: [] };
const proposal = (changes: Partial<Proposal>): Proposal => ({
  released: contract,
  releasedPackage: '1.5.0',
  current: contract,
  packageVersion: '1.5.0',
  changelog: '# Changelog\n\nWords.\n\n## Unreleased\n\n- A fix.\n\n## 1.5.0\n\n- Before.\n',
  judgements: [],
  ...changes,
});

const plan = (changes: Partial<Proposal>) => {
  const one = proposal(changes);
  const decision = decide(one);
  return planned(one, decision, defaultLevel(decision), '2026-11-24');
};

test('the first release takes the version that package.json has', () => {
  expect(plan({ releasedPackage: null, packageVersion: '0.1.0' })).toMatchObject({
    version: '0.1.0',
    contractVersion: '1.2.0',
    reason: 'the first release; the contract did not change',
  });
});

test('a release without a change of the contract is a patch, and the changelog has its date', () => {
  const { version, changelog } = plan({});
  expect(version).toBe('1.5.1');
  expect(changelog).toBe(
    '# Changelog\n\nWords.\n\n## 1.5.1 (2026-11-24), contract 1.2.0\n\n- A fix.\n\n## 1.5.0\n\n- Before.\n',
  );
});

test('a version that package.json has moved to is kept', () => {
  expect(plan({ packageVersion: '1.6.0' }).version).toBe('1.6.0');
});

test('a failed gate and an empty changelog stop a release', () => {
  const changed = { ...contract, rules: [{ id: 'A-1', level: 'must', statement: 'It answers.' } as const] };
  expect(() => plan({ current: changed })).toThrow('The gate failed:\nspec/openapi.yaml: info.version is 1.2.0');
  expect(() => plan({ changelog: '# Changelog\n\n## Unreleased\n\n## 1.5.0\n\n- Before.\n' })).toThrow(
    'not to be empty',
  );
});
