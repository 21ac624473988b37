import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browserFiles } from '../mock/console/browser-files.ts';
import packageJson from '../package.json' with { type: 'json' };
import { flagsOf } from './flags.ts';
import { root } from './generate/contract.ts';

const usage = `npm run build               write the JavaScript, declarations and assets of the package to dist/
npm run build -- --out DIR  write them to another folder, which is replaced`;

const { out } = flagsOf(usage, { out: { type: 'string', default: join(root, 'dist') } });
const dist = resolve(out);
rmSync(dist, { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
const project = join(import.meta.dirname, 'tsconfig.build.json');
const { status } = spawnSync(process.execPath, [compiler, '-p', project, '--outDir', dist], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
// The programs read their version from this file; it has only the fields that they need.
const { name, version, type, engines } = packageJson;
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ name, version, type, engines }, null, 2)}\n`);
for (const file of globSync('mock/console/*.{css,js,svg}', { cwd: root })) cpSync(join(root, file), join(dist, file));
for (const bin of ['mock/main.js', 'conformance/main.js']) chmodSync(join(dist, bin), 0o755);
for (const [name, files] of Object.entries(browserFiles))
  for (const file of files)
    cpSync(join(root, 'node_modules', name, file), join(dist, 'mock/console/browser', name, file));
// Contracts are indented in generated/ for people only.
for (const file of globSync('generated/*.json', { cwd: dist }))
  writeFileSync(join(dist, file), JSON.stringify(JSON.parse(readFileSync(join(dist, file), 'utf8'))));
console.log(`Wrote ${dist}.`);
