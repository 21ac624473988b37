import { expect, test } from 'vitest';
import { magicOutcome } from './magic.ts';
import { row, Town } from './testing.ts';

test.each([
  ['blocked@example.com', 'blocked'],
  ['Blocked@Example.com', 'blocked'],
  ['blocked.ann@example.com', 'blocked'],
  ['blocked+1@example.com', 'blocked'],
  ['blockedann@example.com', undefined],
  ['ann.blocked@example.com', undefined],
  ['ann@blocked.example.com', undefined],
  [null, undefined],
])('the e-mail %s asks for the outcome %s', (email, outcome) => {
  expect(magicOutcome(row('ann', { email }))).toBe(outcome);
});

test('a row that asks to be blocked fails as blocked, and makes nobody known', () => {
  const town = new Town();
  const results = town.sync('acme-1', [row('ann', { email: 'blocked@example.com' })]);
  expect(results.failures).toMatchObject([{ reference_id: 'ann', operation: 'add' }]);
  expect(town.state('acme-1', 'ann')).toBe('blocked');
  expect(town.sync('acme-1', [row('ann')]).added_group_member_ids).toHaveLength(1);
});
