import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../generate/contract.ts';
import { type Lockfile, licenceFaults } from './licences.ts';
import { shippedOf } from './shipped.ts';

const faults = (license: string | undefined) =>
  licenceFaults({
    packages: { '': {}, 'node_modules/x': { version: '1.0.0', ...(license !== undefined && { license }) } },
  }).faults;

test.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'MPL-2.0'])('%s may be shipped', (license) => {
  expect(faults(license)).toEqual([]);
});

test.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', undefined])('%s may not', (license) => {
  expect(faults(license)).toHaveLength(1);
});

test('what a lockfile still names but nothing needs is not shipped', () => {
  expect(licenceFaults({ packages: { '': {}, 'scripts/x': { version: '1.0.0', extraneous: true } } })).toEqual({
    faults: [],
    count: 0,
  });
});

test('what is shipped is exactly what users install, including packages that development needs too', () => {
  const { folder, remove } = shippedOf(root);
  onTestFinished(remove);
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lockfile;
  const names = Object.keys(packages);
  expect(names).toEqual(
    expect.arrayContaining(['hono', 'ajv', 'yaml', 'undici'].map((name) => `node_modules/${name}`)),
  );
  expect(names).not.toContain('node_modules/knip');
});
