import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { flagsOf } from './flags.ts';
import { root } from './generate/contract.ts';
import { billOfMaterials, headOf } from './release/artefacts.ts';
import { wheelOf } from './release/wheel.ts';

const usage = `npm run wheel               build the Python package into release/, from the sources as they are
npm run wheel -- --out DIR  into another folder

Needs neither Python nor a network. A release builds it too (npm run release).`;

const { out } = flagsOf(usage, { out: { type: 'string', default: join(root, 'release') } });
const dist = mkdtempSync(join(tmpdir(), 'wheel-'));
try {
  const build = [join(import.meta.dirname, 'build.ts'), '--out', dist];
  const { status } = spawnSync(process.execPath, build, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('npm run build failed.');
  const { name, content } = wheelOf(root, dist, billOfMaterials(root, headOf(root)).content);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, name), content);
  console.log(resolve(out, name));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(dist, { recursive: true, force: true });
}
