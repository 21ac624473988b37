import { parseArgs } from 'node:util';
import { runModel } from './model/run.ts';
import { writeFigures } from './referees/figures.ts';

const usage = `npm run lab -- model [--sequences <n>] [--seed <n>] [--socket]

Plays random sequences of creates, updates, lists, syncs, clock steps and retrievals against the mock over HTTP, in
frozen worlds, and compares every answer with a simple reference model of the contract. Exit code 1 if they differ: then it
prints the shortest sequence that shows the difference, and the seed.

  --sequences <n>  how many (default 1000; a run of 1000 or more writes docs/trust/model.md)
  --seed <n>       repeats a run (default: a new seed each time)
  --socket         through a socket instead of within the process`;

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    socket: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const [sequences, seed] = [Number(values.sequences), Number(values.seed)];
if (!(sequences >= 1) || !Number.isInteger(sequences) || !Number.isInteger(seed)) {
  console.error(
    `Expected --sequences to be an integer of at least 1 and --seed to be an integer, got "${values.sequences}" and "${values.seed}".\n\n${usage}`,
  );
  process.exit(2);
}
const { failure, syncs, ...count } = await runModel({ sequences, seed, over: values.socket ? 'socket' : 'process' });
if (failure === undefined) {
  console.log(
    `${count.sequences} sequences, ${count.commands} commands, ${count.requests} requests: mock and model agree.\n` +
      `${syncs.completed} syncs added ${syncs.added} members, removed ${syncs.removed} and refused ${syncs.failed}. Seed ${seed}.`,
  );
  if (sequences >= 1000)
    writeFigures('model', 'Random sequences against the reference model', {
      ...count,
      'syncs completed': syncs.completed,
      'members added': syncs.added,
      'members removed': syncs.removed,
      'rows refused': syncs.failed,
      'answers that differ': 0,
      over: values.socket ? 'a socket' : 'HTTP within the process',
      seed: String(seed),
    });
} else {
  const repeat = `npm run lab -- model --sequences ${sequences} --seed ${seed}${values.socket ? ' --socket' : ''}`;
  const steps = failure.commands.map((command, index) => `  ${index + 1}. ${command}`);
  console.error(
    `Mock and model differ (cross-group=${failure.crossGroup}) after:\n${steps.join('\n') || '  no command'}\n` +
      `\n${failure.message}\n\nGroups 0 and 2 belong to acme, 1 and 3 to globex. To repeat this run: ${repeat}`,
  );
  process.exitCode = 1;
}
