import { expect, test } from 'vitest';
import { differenceOf, showDifference, showValue } from './show-value.ts';

const difference = (expected: unknown, received: unknown) => {
  const found = differenceOf(expected, received);
  return found && showDifference(found);
};

test('a text is in quotes and a number is not', () => {
  expect([showValue('1'), showValue(1), showValue(null), showValue(undefined)]).toEqual([
    '"1"',
    '1',
    'null',
    'nothing',
  ]);
});

test('a text that is cut comes with its length', () => {
  expect(showValue('n'.repeat(255))).toBe(`"${'n'.repeat(200)}…" (255 characters)`);
});

test('a long list ends with its length', () => {
  expect(showValue(Array.from({ length: 5000 }, (_, n) => `id-${n}`))).toMatch(/^\["id-0", .*, … 5000 in all]$/);
});

test('only the fields that differ are shown, and an absent one is nothing', () => {
  const group = { id: 'grp_1', name: 'A', address: { city: 'B', state: 'PA' } };
  expect(difference(group, { ...group, name: 'C', address: { city: 'B' } })).toEqual({
    expected: '{"name": "A", "address": {"state": "PA"}}',
    received: '{"name": "C", "address": {"state": nothing}}',
  });
});

test('an absent field equals an undefined one, and further fields are a difference unless a subset is enough', () => {
  expect(differenceOf({ a: 1, b: undefined }, { a: 1 })).toBeNull();
  expect(differenceOf({ a: 1 }, { a: 1, b: 2 })).not.toBeNull();
  expect(differenceOf({ a: 1 }, { a: 1, b: 2 }, true)).toBeNull();
});

test('long texts are shown where they differ', () => {
  const shown = difference('x'.repeat(300), `${'x'.repeat(299)}y`);
  expect(shown?.received).toMatch(/x{40}|y" \(300 characters\)$/);
  expect(shown?.expected).not.toBe(shown?.received);
});

test('two spellings of one letter are told apart', () => {
  expect(difference('Cafe\u0301', 'Caf\u00e9')).toEqual({ expected: '"Cafe\\u0301"', received: '"Caf\\u00e9"' });
});

test('of two long lists the items are shown that only one of them has', () => {
  const ids = Array.from({ length: 20 }, (_, n) => n);
  expect(difference(ids, ids.slice(1))).toEqual({
    expected: '20 in all, 1 of them only here: [0]',
    received: '19 in all',
  });
});
