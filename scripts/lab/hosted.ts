import { parseArgs } from 'node:util';
import { noPostgres } from '../../mock/test-support/postgres.ts';
import { refuse } from '../flags.ts';
import { noBalancer } from './hosted/balancer.ts';
import { certification } from './hosted/certification.ts';
import { database } from './hosted/database.ts';
import type { Experiment } from './hosted/experiment.ts';
import { kill } from './hosted/kill.ts';
import { mockTests } from './hosted/mock-tests.ts';
import { model } from './hosted/model.ts';
import { writeSection } from './hosted/record.ts';
import { rolling } from './hosted/rolling.ts';
import { speed } from './hosted/speed.ts';
import { stop } from './hosted/stop.ts';
import { tenants } from './hosted/tenants.ts';
import { worlds } from './hosted/worlds.ts';
import { printFigures } from './referees/figures.ts';

/** By name: what an experiment asks of a hosted sandbox, and how it finds out. */
const experiments: Readonly<Record<string, readonly [question: string, run: Experiment]>> = {
  certification: ['Is every rule kept through a balancer over three replicas?', certification],
  model: ['Do three replicas do what a simple model does, in any sequence of requests?', model],
  'mock-tests': ['Do the tests of the mock pass if each mock is three replicas, asked in turn?', mockTests],
  kill: ['Is anything lost when a replica is killed (kill -9) under load?', kill],
  stop: ['Is a sync applied once and whole if a replica stands still (SIGSTOP) while it completes it?', stop],
  rolling: [
    'Does anybody notice when one replica after the other is replaced under load, by the next release and back?',
    rolling,
  ],
  database: ['Is anything answered without its write while the database has troubles?', database],
  worlds: ['What do 100,000 worlds cost, of which 200 are used?', worlds],
  tenants: ['Do 49 tenants notice that a 50th floods, guesses and sends huge bodies?', tenants],
  speed: ['How fast are one, two and three replicas?', speed],
};

const usage = `npm run lab -- hosted NAME [--short] [--seed <n>] [--dry]

Starts a PostgreSQL of its own, replicas of the mock and HAProxy in front of them, and asks:

${Object.entries(experiments)
  .map(([name, [question]]) => `  ${name.padEnd(15)}${question}`)
  .join('\n')}

A run writes its figures to docs/toughness/hosted.md, unless it is short or dry. Exit code 1 after a violation.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const [name = ''] = positionals;
const chosen = Object.hasOwn(experiments, name) ? experiments[name] : undefined;
if (chosen === undefined) refuse(`There is no experiment "${name}" with a hosted sandbox.`, usage);
const missing = noPostgres ?? noBalancer;
if (missing !== undefined) refuse(`The experiment cannot run: ${missing}.`, usage);

// Replicas, balancer and database end with this process, but only if it exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const [question, run] = chosen;
const { figures, violations, skipped = [] } = await run({ short: values.short, seed: values.seed });
printFigures(figures);
for (const reason of skipped) console.log(`  skipped: ${reason}`);
for (const violation of violations.slice(0, 20)) console.error(`  ${violation}`);
if (violations.length > 0) {
  console.error(`${violations.length} violations. To repeat: npm run lab -- hosted ${name} --seed ${values.seed}`);
  process.exitCode = 1;
} else if (!values.short && !values.dry) writeSection(name, question, { ...figures, seed: values.seed });
