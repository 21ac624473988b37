import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cachingEnvironment } from './environment.ts';
import { flagsOf, refuse } from './flags.ts';
import { root } from './generate/contract.ts';

interface Step {
  readonly command: readonly [program: string, ...args: string[]];
  /** Replaces `command` in the check before a commit; null leaves the step out. */
  readonly quick?: Step['command'] | null;
  /** Replaces `command` in the check of every night and before a release. */
  readonly full?: Step['command'];
}

const script = (name: string, ...args: string[]): Step['command'] => [
  process.execPath,
  join(import.meta.dirname, name),
  ...args,
];
const vitest = (...args: string[]): Step['command'] => [
  'vitest',
  'run',
  '--config',
  'scripts/vitest.config.ts',
  ...args,
];

/** Every check of the project, cheapest first. */
const steps: Readonly<Record<string, Step>> = {
  lint: { command: ['biome', 'check', '.'] },
  contract: { command: ['redocly', 'lint', '--config', 'spec/redocly.yaml'] },
  types: { command: [process.execPath, 'node_modules/typescript-native/bin/tsc', '--noEmit'] },
  generated: { command: script('generate.ts', '--check') },
  boundaries: { command: script('check-boundaries.ts') },
  gate: { command: script('gate.ts') },
  hygiene: { command: script('hygiene.ts'), quick: null },
  tests: {
    command: vitest('--project', 'unit', '--project', 'programs'),
    quick: vitest('--project', 'unit'),
    full: vitest(),
  },
  'self-test': {
    command: [process.execPath, 'conformance/self-test/run-defects.ts', '--short'],
    quick: null,
    full: [process.execPath, 'conformance/self-test/run-defects.ts'],
  },
};

const usage = `npm test                  every check, as CI runs them
npm test -- --full        as CI runs them every night: also *.nightly.test.ts, and the whole suite on every defect
npm run check             the quick ones, before each commit
npm test -- --only NAME   one of them: ${Object.keys(steps).join(', ')}`;

const { only, quick, full } = flagsOf(usage, {
  only: { type: 'string' },
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
});
if (only !== undefined && !Object.hasOwn(steps, only)) refuse(`There is no check "${only}".`, usage);

for (const [name, step] of Object.entries(steps)) {
  const other = quick ? step.quick : full ? step.full : undefined;
  const run = other === undefined ? step.command : other;
  if ((only !== undefined && only !== name) || run === null) continue;
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [program, ...args] = run;
  const { status } = spawnSync(program, args, {
    cwd: root,
    env: cachingEnvironment,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`\n${name} failed; run it alone with \`npm test -- --only ${name}\`.`);
    process.exit(1);
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
}
