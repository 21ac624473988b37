import { expect, test } from 'vitest';
import { PossibleRosters } from './possible-rosters.ts';

const results = (added: string[], removed: string[] = []) => ({
  added_group_member_ids: added,
  removed_group_member_ids: removed,
  failures: [],
});

test('an accepted roster without an answer is not held against the service if another roster explains the same counts', () => {
  const rosters = new PossibleRosters();
  rosters.completed(['a', 'b'], results(['id-a', 'id-b']));
  rosters.submitted(['a', 'c']);
  // From [a, b] as from [a, c] one is added and one removed; it was [a, c], so d gets the id and c, still unknown, leaves.
  expect(rosters.completed(['a', 'd'], results(['id-d'], ['id-c']))).toBe(true);
  expect(rosters.completed(['a', 'b', 'c'], results(['id-b', 'id-c'], ['id-d']))).toBe(true);
});

test('both possibilities are kept until results tell them apart', () => {
  const accepted = new PossibleRosters();
  accepted.submitted(['a']);
  accepted.submitted(['b']);
  // One was there before: a or b.
  expect(accepted.completed(['c'], results(['id-c'], ['id-1']))).toBe(true);
  expect(accepted.completed(['a', 'b'], results(['id-1', 'id-2'], ['id-c']))).toBe(true);
  const refused = new PossibleRosters();
  refused.submitted(['a']);
  expect(refused.completed(['a'], results(['id-a']))).toBe(true);
});

test.each([
  ['a person is missing', ['a', 'b', 'c'], results([])],
  ['a person is added twice', ['a', 'b', 'c'], results(['id-c', 'id-d'])],
  ['somebody else is removed', ['a'], results([], ['id-a'])],
  ["a person gets another's id", ['a', 'b', 'c'], results(['id-a'])],
])('results are reported if %s', (_, roster, given) => {
  const rosters = new PossibleRosters();
  rosters.completed(['a', 'b'], results(['id-a', 'id-b']));
  expect(rosters.completed(roster, given)).toBe(false);
});

test('results are reported if a person who comes back gets another id', () => {
  const rosters = new PossibleRosters();
  rosters.completed(['a'], results(['id-a']));
  rosters.completed([], results([], ['id-a']));
  expect(rosters.completed(['a'], results(['id-z']))).toBe(false);
});
