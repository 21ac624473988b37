import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './generate/contract.ts';

/** Emits the publishable JavaScript and declarations to dist/. */
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', join(import.meta.dirname, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
for (const bin of ['mock/main.js', 'conformance/main.js']) chmodSync(join(dist, bin), 0o755);
console.log('Wrote dist/.');
