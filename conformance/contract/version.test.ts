import { expect, test } from 'vitest';
import { bumped, compareVersions } from './version.ts';

test.each([
  ['1.4.2', 'major', '2.0.0'],
  ['1.4.2', 'minor', '1.5.0'],
  ['1.4.2', 'patch', '1.4.3'],
  ['0.4.2', 'major', '0.5.0'],
  ['0.4.2', 'minor', '0.4.3'],
  ['0.4.2', 'patch', '0.4.3'],
] as const)('%s moved by %s is %s', (version, bump, next) => {
  expect(bumped(version, bump)).toBe(next);
});

test('versions are ordered by number, not by letter', () => {
  expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
  expect(compareVersions('1.2.3', '1.2.3')).toBe(0);
  expect(() => compareVersions('1.2', '1.2.3')).toThrow('expected a version such as 1.4.0, got "1.2"');
});
