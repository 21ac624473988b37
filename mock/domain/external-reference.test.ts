import { expect, test } from 'vitest';
import { storedReference } from './external-reference.ts';
import { defaultQuirks } from './quirks.ts';

test.each([
  ['empty', ''],
  ['null', null],
  ['required', ''],
] as const)(
  'a missing, null or empty reference is stored as one value under external-reference=%s (§8.2, §8.18, §8.19)',
  (value, stored) => {
    const quirks = { ...defaultQuirks, 'external-reference': value };
    for (const given of [undefined, null, '']) expect(storedReference(given, quirks)).toBe(stored);
    expect(storedReference(' ', quirks)).toBe(' ');
  },
);
