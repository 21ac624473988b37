import { describe, expect, test } from 'vitest';
import { row, Town } from '../test-support/town.ts';
import { type MagicOutcome, magicOutcome, magicWords, slowBy } from './magic.ts';

describe.each(Object.keys(magicWords))('the word %s', (word) => {
  test.each(['@example.com', '.ann@example.com', '+1@example.com'])(
    'asks for that outcome before %s, in any case',
    (rest) => {
      expect(magicOutcome(row('ann', { email: word + rest }))).toBe(word);
      expect(magicOutcome(row('ann', { email: word.toUpperCase() + rest }))).toBe(word);
    },
  );

  test.each(['ann@example.com', '-ann@example.com', '_@example.com'])('asks for nothing before %s', (rest) => {
    expect(magicOutcome(row('ann', { email: word + rest }))).toBeUndefined();
  });

  test('asks for nothing elsewhere', () => {
    for (const email of [`ann.${word}@example.com`, `ann@${word}.example.com`, `1${word}@example.com`, null])
      expect(magicOutcome(row('ann', { email }))).toBeUndefined();
  });
});

test('a name that every object has asks for nothing', () => {
  expect(magicOutcome(row('ann', { email: 'constructor@example.com' }))).toBeUndefined();
});

/** What becomes of a row that asks for an outcome; the last two are wishes about the sync as a whole. */
const rowOutcomes: { readonly [Outcome in MagicOutcome]: readonly [state: string, reason: string | null] } = {
  blocked: ['blocked', 'another organization'],
  'unknown-plan': ['failed', 'no plan "basic"'],
  rejected: ['failed', 'verified'],
  slow: ['active', null],
  never: ['active', null],
};

test.each(Object.entries(rowOutcomes))('a row that asks to be %s is then %s', (word, [state, reason]) => {
  const town = new Town();
  const asking = row('ann', { email: `${word}@example.com` });
  const { failures } = town.sync('acme-1', [asking, row('bob')]);
  expect(town.state('acme-1', 'ann')).toBe(state);
  expect(failures.map((failure) => failure.reason)).toEqual(reason === null ? [] : [expect.stringContaining(reason)]);
  expect(town.state('acme-1', 'bob')).toBe('active');
});

test('a member who is present stays, whatever their new e-mail asks for', () => {
  const town = new Town();
  town.sync('acme-1', [row('ann')]);
  expect(town.sync('acme-1', [row('ann', { email: 'blocked@example.com' })])).toEqual({
    added_group_member_ids: [],
    removed_group_member_ids: [],
    failures: [],
  });
});

test('a row that failed as it asked makes nobody known, and is added once it asks no more', () => {
  const town = new Town();
  town.sync('acme-1', [row('ann', { email: 'blocked@example.com' })]);
  expect(town.sync('acme-1', [row('ann')]).added_group_member_ids).toHaveLength(1);
});

test('what slow means is what its description says', () => {
  expect(magicWords.slow).toContain(`takes ${slowBy.ms / 1000} s of world time longer, or ${slowBy.polls} retrievals`);
  expect(slowBy).toEqual({ ms: 30_000, polls: 10 });
});
