import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../generate/contract.ts';
import { linkedProject, maxBytesOfMock, packPackage, weighDependencies } from './packed/project.ts';
import { tryEverything, tryMock, tryWithoutSuite } from './packed/trial.ts';

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mockNeeds = Object.keys(packageJson.dependencies);
const suiteNeeds = Object.keys(packageJson.optionalDependencies);

test('the packed package works with its declared dependencies, and the mock, of 10 MB at most, without those of the suite', {
  timeout: 120_000,
}, async () => {
  const { file, unpackedBytes } = packPackage(root, folder);
  expect(unpackedBytes + weighDependencies(root, mockNeeds)).toBeLessThan(maxBytesOfMock);
  const alone = linkedProject(join(folder, 'alone'), file, root, mockNeeds);
  await tryMock(process.execPath, alone);
  tryWithoutSuite(process.execPath, alone);
  const whole = linkedProject(join(folder, 'whole'), file, root, [...mockNeeds, ...suiteNeeds]);
  expect(await tryEverything(process.execPath, whole, '--only', 'ID')).toMatch(/ [1-9]\d* pass, 0 fail, /);
});
