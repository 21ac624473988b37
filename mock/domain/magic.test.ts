import { describe, expect, test } from 'vitest';
import { basicRow, Town } from '../test-support/town.ts';
import { type MagicOutcome, magicOutcome, magicWords, slowBy } from './magic.ts';

describe.each(Object.keys(magicWords))('the magic word %s', (word) => {
  test.each(['@example.com', '.ann@example.com', '+1@example.com'])(
    'selects its outcome if the e-mail continues with %s, in upper or lower case',
    (rest) => {
      expect(magicOutcome(basicRow('ann', { email: word + rest }))).toBe(word);
      expect(magicOutcome(basicRow('ann', { email: word.toUpperCase() + rest }))).toBe(word);
    },
  );

  test.each(['ann@example.com', '-ann@example.com', '_@example.com'])(
    'has no effect if the e-mail continues with %s',
    (rest) => {
      expect(magicOutcome(basicRow('ann', { email: word + rest }))).toBeUndefined();
    },
  );

  test('has no effect anywhere else', () => {
    for (const email of [`ann.${word}@example.com`, `ann@${word}.example.com`, `1${word}@example.com`, null])
      expect(magicOutcome(basicRow('ann', { email }))).toBeUndefined();
  });
});

test('a property that every object has is not a magic word', () => {
  expect(magicOutcome(basicRow('ann', { email: 'constructor@example.com' }))).toBeUndefined();
});

/** What happens to a row with each magic word; the last two affect only the sync as a whole. */
const rowOutcomes: { readonly [Outcome in MagicOutcome]: readonly [state: string, reason: string | null] } = {
  blocked: ['blocked', 'another organization'],
  'unknown-plan': ['failed', 'no plan "basic"'],
  rejected: ['failed', 'verified'],
  slow: ['active', null],
  never: ['active', null],
};

test.each(Object.entries(rowOutcomes))('a row with the magic word %s becomes %s', (word, [state, reason]) => {
  const town = new Town();
  const asking = basicRow('ann', { email: `${word}@example.com` });
  const { failures } = town.sync('acme-1', [asking, basicRow('bob')]);
  expect(town.state('acme-1', 'ann')).toBe(state);
  expect(failures.map((failure) => failure.reason)).toEqual(reason === null ? [] : [expect.stringContaining(reason)]);
  expect(town.state('acme-1', 'bob')).toBe('active');
});

test('a member who is on the roster stays, even if their new e-mail has a magic word', () => {
  const town = new Town();
  town.sync('acme-1', [basicRow('ann')]);
  expect(town.sync('acme-1', [basicRow('ann', { email: 'blocked@example.com' })])).toEqual({
    added_group_member_ids: [],
    removed_group_member_ids: [],
    failures: [],
  });
});

test('a row that failed by a magic word leaves no person behind, and is added once the word is gone', () => {
  const town = new Town();
  town.sync('acme-1', [basicRow('ann', { email: 'blocked@example.com' })]);
  expect(town.sync('acme-1', [basicRow('ann')]).added_group_member_ids).toHaveLength(1);
});

test('slow takes as long as its description says', () => {
  expect(magicWords.slow).toContain(`takes ${slowBy.ms / 1000} s of world time longer, or ${slowBy.polls} retrievals`);
  expect(slowBy).toEqual({ ms: 30_000, polls: 10 });
});
