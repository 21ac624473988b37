import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Every check of the project, cheapest first. The steps of a stage run side by side, so that no processor waits. */
const stages: readonly Readonly<Record<string, Step>>[] = [
  {
    lint: { command: ['biome', 'check', '.'] },
    contract: { command: ['redocly', 'lint', '--config', 'spec/redocly.yaml'] },
    types: { command: [process.execPath, 'node_modules/typescript-native/bin/tsc', '--noEmit'] },
    generated: { command: script('generate.ts', '--check') },
    boundaries: { command: script('check-boundaries.ts') },
    gate: { command: script('gate.ts') },
    hygiene: { command: script('hygiene.ts'), quick: null },
  },
  {
    tests: { command: vitest('unit', 'in-process', 'programs'), quick: vitest('unit') },
    'self-test': {
      command: [process.execPath, 'conformance/self-test/run-defects.ts', '--short'],
      quick: null,
      full: [process.execPath, 'conformance/self-test/run-defects.ts'],
    },
  },
  { nightly: { command: null, full: vitest('nightly') } },
];
const names = stages.flatMap(Object.keys);

const usage = `npm run check              before a commit: what needs no programs of its own
npm test                   for each change: the behaviour of all code, and every defect and variant; as CI runs it
npm test -- --full         every night and before a release: also outside judges and experiments (*.nightly.test.ts), and
                           the whole suite on every defect; CI runs for each change what this adds beside npm test
npm test -- --only A,B     some of the steps: ${names.join(', ')}`;

const flags = flagsOf(usage, {
  only: { type: 'string' },
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
});
const only = flags.only?.split(',');
for (const name of only ?? []) if (!names.includes(name)) refuse(`There is no step "${name}".`, usage);

/** The command of a step in the chosen tier; null if it is not in it. */
function inTier({ command, quick, full }: Step): Command | null {
  const other = flags.quick ? quick : flags.full ? full : undefined;
  return other === undefined ? command : other;
}

interface Outcome {
  readonly name: string;
  readonly status: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a command and shows its output, or keeps it. */
async function run(name: string, [program, ...args]: Command, isShown: boolean): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: root,
    env: { ...cachingEnvironment, ...(flags.full && { KIT_RUNS: 'many' }) },
    stdio: isShown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [status] = (await once(child, 'close')) as [number | null];
  return { name, status, output, seconds: (performance.now() - started) / 1000 };
}

for (const stage of stages) {
  const chosen = Object.entries(stage).flatMap(([name, step]) => {
    if (only?.includes(name) === false) return [];
    // A step that is named is run, whatever the tier.
    const command = inTier(step) ?? (only && (step.command ?? step.full));
    return command ? [{ name, command }] : [];
  });
  if (chosen.length === 0) continue;
  console.log(`\n── ${chosen.map(({ name }) => name).join(', ')}`);
  // The output of the first appears as it comes, that of the others after it.
  const outcomes = await Promise.all(chosen.map(({ name, command }, index) => run(name, command, index === 0)));
  for (const { name, output, seconds } of outcomes) {
    if (output !== '') console.log(`\n── ${name}\n${output.trimEnd()}`);
    console.log(`${name}: ${seconds.toFixed(1)} s`);
  }
  const failed = outcomes.filter(({ status }) => status !== 0).map(({ name }) => name);
  if (failed.length === 0) continue;
  console.error(`\n${failed.join(', ')} failed; run that alone with \`npm test -- --only ${failed.join(',')}\`.`);
  process.exit(1);
}
