import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { refuse } from './flags.ts';

/** Every experiment: its program in scripts/lab/, and the question it answers. */
const experiments: Readonly<Record<string, readonly [program: string, question: string]>> = {
  bench: ['bench.ts', 'How fast is the mock, compared with bare Hono and other mock servers?'],
  model: ['model.ts', 'Does the mock do what a simple model does, in any sequence of requests?'],
  soak: ['soak.ts', 'Is anything lost under load with faults, and does memory grow?'],
  'crash-test': ['crash-test.ts', 'Is anything lost when the mock is killed?'],
  hosted: ['hosted.ts', 'Does a hosted sandbox lose anything when replicas or its database fail, and how fast is it?'],
  toughness: ['toughness.ts', 'Does it survive hostile clients, a full disk and a missing network?'],
  mutation: ['mutation.ts', 'Do the tests of the domain notice a small change?'],
  prism: ['referees/prism.ts', 'Does Prism, which knows only the contract, agree with the mock and the suite?'],
  schemathesis: ['referees/schemathesis.ts', 'Does any generated request break the mock?'],
  sdk: ['referees/sdk.ts', "Does Vitable's own Python client work against the mock?"],
  oasdiff: ['../gate/referee.ts', "Does oasdiff agree with the gate's verdicts on pairs of contracts?"],
  packed: ['packed.ts', 'Does the installed package work on each supported Node?'],
  wheel: ['wheel.ts', 'Does the Python package work from an empty environment, and does it leave a process behind?'],
  manifests: ['manifests.ts', 'Are the manifests of Kubernetes valid, and the schemas for npm test current?'],
  screenshots: ['screenshots.ts', 'Takes the pictures of docs/images/ again.'],
};

const usage = `npm run lab -- EXPERIMENT [flags]; add --help to explain one

${Object.entries(experiments)
  .map(([name, [, question]]) => `  ${name.padEnd(14)}${question}`)
  .join('\n')}`;

const [name = '', ...flags] = process.argv.slice(2);
if (name === '' || name === '--help') {
  console.log(usage);
  process.exit(0);
}
const experiment = Object.hasOwn(experiments, name) ? experiments[name] : undefined;
if (experiment === undefined) refuse(`There is no experiment "${name}".`, usage);
const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'lab', experiment[0]), ...flags], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
