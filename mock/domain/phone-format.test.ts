import { expect, test } from 'vitest';
import { plainPhone, withPlainPhones } from './phone-format.ts';

test.each([
  '2155550101',
  '12155550101',
  '+12155550101',
  '(215) 555-0101',
  '215.555.0101',
  '1-215-555-0101',
  '+1 (215) 555-0101',
  ' 215 555 0101 ',
])('%j is normalized to its ten digits (§8.28)', (phone) => {
  expect(plainPhone(phone)).toBe('2155550101');
});

test('a number of another country keeps its code', () => {
  expect(plainPhone('+44 20 7946 0101')).toBe('+442079460101');
});

test.each(['', '215-555-010', '2-215-555-0101', '215-555-0101 x5', 'CALL-ME-NOW', '++12155550101', '215/555/0101'])(
  '%j is not a phone number and stays unchanged, so that validation refuses it',
  (phone) => {
    expect(plainPhone(phone)).toBe(phone);
  },
);

test.each([null, 5, [], {}, { members: 'x' }, { members: [null, 5, {}, { phone: null }, { phone: 5 }] }])(
  'anything that is not a phone stays unchanged in %j',
  (roster) => {
    expect(withPlainPhones(roster)).toEqual(roster);
  },
);
