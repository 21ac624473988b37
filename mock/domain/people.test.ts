import { expect, test } from 'vitest';
import { matchKeys } from './people.ts';
import { row, withoutEmail } from './testing.ts';

const byPhone = (phone: string) => matchKeys(withoutEmail(row('ann', { phone }))).byName;

test.each([
  ['a number that is longer', '+121555501019', '21555501019'],
  ['a number that is shorter', '+1215555010', '215555010'],
  ['a number with more before it', '4+12155550101', '42155550101'],
  ['a number of another country', '+442155550101', '2155550101'],
])('only +1 before ten digits is the prefix of a US number, not in %s', (_, one, other) => {
  expect(byPhone(one)).not.toBe(byPhone(other));
});

test('a US number has one key in both spellings (§8.17)', () => {
  expect(byPhone('+12155550101')).toBe(byPhone('2155550101'));
});
