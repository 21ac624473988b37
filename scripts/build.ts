import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { swaggerUiFiles } from '../mock/console/reference.ts';
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
// Copy only the files of Swagger UI that the reference page needs: the npm package is five times as large and has a tracker.
for (const file of swaggerUiFiles)
  cpSync(join(root, 'node_modules/swagger-ui-dist', file), join(dist, 'mock/console/swagger-ui', file));
console.log(`Wrote ${dist}.`);
