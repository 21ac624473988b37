import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cachingEnvironment } from './environment.ts';
import { flagsOf, refuse } from './flags.ts';
import { root } from './generate/contract.ts';

type Command = readonly [program: string, ...args: string[]];

interface Step {
  /** What `npm test` runs; null leaves the step out. */
  readonly command: Command | null;
  /** Replaces it in `npm run check`. */
  readonly quick?: Command | null;
  /** Replaces it in `npm test -- --full`. */
  readonly full?: Command;
}

const script = (name: string, ...args: string[]): Command => [
  process.execPath,
  join(import.meta.dirname, name),
  ...args,
];
const vitest = (...projects: string[]): Command => [
  ...(['vitest', 'run', '--config', 'scripts/vitest.config.ts'] as const),
  ...projects.flatMap((project) => ['--project', project]),
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
    command: vitest('unit', 'in-process', 'programs'),
    quick: vitest('unit'),
  },
  nightly: { command: null, full: vitest('nightly') },
  'self-test': {
    command: [process.execPath, 'conformance/self-test/run-defects.ts', '--short'],
    quick: null,
    full: [process.execPath, 'conformance/self-test/run-defects.ts'],
  },
};

const usage = `npm run check              before a commit: what needs no programs of its own
npm test                   for each change: the behaviour of all code, and every defect and variant; as CI runs it
npm test -- --full         every night and before a release: also outside judges and experiments (*.nightly.test.ts), and
                           the whole suite on every defect; CI runs for each change what this adds beside npm test
npm test -- --only A,B     some of the steps: ${Object.keys(steps).join(', ')}`;

const flags = flagsOf(usage, {
  only: { type: 'string' },
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
});
const only = flags.only?.split(',');
for (const name of only ?? []) if (!Object.hasOwn(steps, name)) refuse(`There is no step "${name}".`, usage);

/** The command of a step in the chosen tier; null if it is not in it. */
function inTier({ command, quick, full }: Step): Command | null {
  const other = flags.quick ? quick : flags.full ? full : undefined;
  return other === undefined ? command : other;
}

for (const [name, step] of Object.entries(steps)) {
  if (only?.includes(name) === false) continue;
  // A step that is named is run, whatever the tier.
  const run = inTier(step) ?? (only && (step.command ?? step.full));
  if (!run) continue;
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [program, ...args] = run;
  const { status } = spawnSync(program, args, {
    cwd: root,
    env: { ...cachingEnvironment, ...(flags.full && { KIT_RUNS: 'many' }) },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`\n${name} failed; run it alone with \`npm test -- --only ${name}\`.`);
    process.exit(1);
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
}
