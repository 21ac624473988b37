import { expect, test } from 'vitest';
import { quirks } from '../../generated/quirks.ts';
import { defaultQuirks, parseQuirks } from './quirks.ts';

const settings = Object.entries(quirks).flatMap(([name, { values }]) => values.map(({ value }) => [name, value]));

test('the default of every quirk is its first value', () => {
  expect(parseQuirks([])).toEqual(defaultQuirks);
  for (const [name, { values }] of Object.entries(quirks)) expect(defaultQuirks).toHaveProperty(name, values[0].value);
});

test.each(settings)('%s=%s sets that quirk and no other', (name, value) => {
  expect(parseQuirks([`${name}=${value}`])).toEqual({ ...defaultQuirks, [name as string]: value });
});

test('a later setting of a quirk replaces an earlier one', () => {
  expect(parseQuirks(['phone=required', 'phone=optional'])).toEqual(defaultQuirks);
});

test.each([
  ['an unknown name', 'colour=red', 'unknown quirk "colour"; expected one of create-status, external-reference, '],
  ['a name that every object has', 'constructor=red', 'unknown quirk "constructor"'],
  ['an unknown value', 'cross-group=maybe', 'quirk cross-group can be move or reject, not "maybe"'],
  ['a value in other case', 'cross-group=MOVE', 'not "MOVE"'],
  ['a value with more behind it', 'cross-group=move=x', 'not "move=x"'],
  ['no value', 'cross-group', 'not ""'],
  ['nothing', '', 'unknown quirk ""'],
])('%s is refused, and the message lists what is possible', (_, setting, message) => {
  expect(() => parseQuirks([setting])).toThrow(message);
});
