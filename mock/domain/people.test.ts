import { describe, expect, test } from 'vitest';
import { basicRow, withoutEmail } from '../test-support/town.ts';
import { uuidOf } from './identifiers.ts';
import { hasChanges, isFoundBy, matchKeys, mergeDetails } from './people.ts';

const byPhone = (phone: string) => matchKeys(withoutEmail(basicRow('ann', { phone }))).byName;

test.each([
  ['a number that is longer', '+121555501019', '21555501019'],
  ['a number that is shorter', '+1215555010', '215555010'],
  ['a number with a digit before the prefix', '4+12155550101', '42155550101'],
  ['a number of another country', '+442155550101', '2155550101'],
])('+1 is a US prefix only before exactly ten digits, not in %s', (_, one, other) => {
  expect(byPhone(one)).not.toBe(byPhone(other));
});

test('a US number has the same key with and without +1 (§8.17)', () => {
  expect(byPhone('+12155550101')).toBe(byPhone('2155550101'));
});

describe('a search of the member list (MEM-2)', () => {
  const id = 'mbr_AZxJ1B1xdFqZQ3mYw8xvXA';
  const person = basicRow('Ännchen', { last_name: 'Quinn', email: 'Ann@example.com', phone: '+12155550101' });
  const account = { id, details: mergeDetails(undefined, person) };

  test.each([
    ['part of a first name, ignoring case', 'ÄNNCH'],
    ['first and last name', 'ännchen quinn'],
    ['part of an e-mail, ignoring case', 'NN@EXAMPLE'],
    ['part of a phone', '555010'],
    ['the phone without +1', '2155550101'],
    ['the phone with +1', '+12155550101'],
    ['the id', id],
    ['the UUID of the id', uuidOf(id)],
    ['the UUID of the id in upper case', uuidOf(id).toUpperCase()],
  ])('finds by %s: %s', (_, search) => {
    expect(isFoundBy(search, account)).toBe(true);
  });

  test.each([
    ['part of the id', id.slice(0, -1)],
    ['the id in upper case', id.toUpperCase()],
    ['part of the UUID', uuidOf(id).slice(1)],
    ['a birth date', '1990-05-17'],
    ['text that spans two fields', 'quinn ann@'],
    ['a wildcard', '%'],
  ])('does not find by %s: %s', (_, search) => {
    expect(isFoundBy(search, account)).toBe(false);
  });

  test('a person without phone and e-mail is not found by "null", "undefined" or "@"', () => {
    const unreachable = { id, details: mergeDetails(undefined, withoutEmail(basicRow('ann', { phone: null }))) };
    for (const search of ['null', 'undefined', '@']) expect(isFoundBy(search, unreachable)).toBe(false);
  });
});

describe('a row changes what is known of a person', () => {
  const known = mergeDetails(undefined, basicRow('ann', { phone: '2155550101' }));
  const { address } = basicRow('ann');

  test.each([
    ['not if every field is the same', basicRow('ann', { phone: '2155550101' }), false],
    ['not if an optional field is left out', basicRow('ann'), false],
    ['not for another reference or plan', basicRow('ann', { reference_id: 'x', plan_id: 'plus' }), false],
    ['if a field is different', basicRow('ann', { last_name: 'New' }), true],
    ['if an optional field is null', basicRow('ann', { phone: null }), true],
    ['if a part of the address is different', basicRow('ann', { address: { ...address, city: 'Erie' } }), true],
    ['if the address has one more line', basicRow('ann', { address: { ...address, address_line_2: 'Apt 1' } }), true],
  ])('%s', (_, given, expected) => {
    expect(hasChanges(known, mergeDetails(known, given))).toBe(expected);
  });
});
