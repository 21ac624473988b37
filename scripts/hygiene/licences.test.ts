import { expect, test } from 'vitest';
import { licenceFaults } from './licences.ts';

const faults = (license: string | undefined, dev = false) =>
  licenceFaults({
    packages: { '': {}, 'node_modules/x': { version: '1.0.0', ...(license !== undefined && { license }), dev } },
  }).faults;

test.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'MPL-2.0'])('%s may be shipped', (license) => {
  expect(faults(license)).toEqual([]);
});

test.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', undefined])('%s may not', (license) => {
  expect(faults(license)).toHaveLength(1);
});

test('what is only needed for development is not shipped', () => {
  expect(faults('GPL-3.0-only', true)).toEqual([]);
});
