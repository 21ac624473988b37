import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { flagsOf, refuse } from './flags.ts';
import { root } from './generate/contract.ts';

/** Every check of the project, cheapest first. */
const steps: Readonly<Record<string, readonly string[]>> = {
  lint: ['npm', 'run', '--silent', 'lint'],
  types: ['npm', 'run', '--silent', 'typecheck'],
  generated: ['npm', 'run', '--silent', 'generate', '--', '--check'],
  boundaries: ['npm', 'run', '--silent', 'boundaries'],
  gate: ['npm', 'run', '--silent', 'gate'],
  hygiene: ['npm', 'run', '--silent', 'hygiene'],
  tests: ['npm', 'run', '--silent', 'vitest'],
  // The sets of variants together are for `npm run self-test` by itself: CI is to end within ten minutes.
  'self-test': ['npm', 'run', '--silent', 'self-test', '--', '--only', 'defects,variants'],
};

const usage = `npm test                  every check, as CI runs them
npm test -- --only NAME   one of them: ${Object.keys(steps).join(', ')}`;

const { only } = flagsOf(usage, { only: { type: 'string' } });
if (only !== undefined && !Object.hasOwn(steps, only)) refuse(`There is no check "${only}".`, usage);

// Most checks start programs of the project again and again: half of a start is reading their sources.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...process.env };

for (const [name, [command = '', ...args]] of Object.entries(steps)) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n── ${name}`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`\n${name} failed; run it alone with \`npm test -- --only ${name}\`.`);
    process.exit(1);
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
}
