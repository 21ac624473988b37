import { parseArgs } from 'node:util';
import { runModel } from './model/run.ts';
import { writeFigures } from './referees/figures.ts';

const usage = `npm run lab -- model [--sequences <n>] [--seed <n>] [--socket]

Plays random sequences of creates, updates, lists, syncs, clock steps and retrievals against the mock over HTTP, in
frozen worlds, and holds every answer against a naive reference model of the contract. Exit 1 where they come apart:
then it prints the shortest sequence that does it, and the seed.

  --sequences <n>  how many (default 1000; a run of so many or more writes docs/trust/model.md)
  --seed <n>       repeats a run (default: another one each time)
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
  console.error(`--sequences and --seed are integers, the first at least 1.\n\n${usage}`);
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
  const again = `npm run lab -- model --sequences ${sequences} --seed ${seed}${values.socket ? ' --socket' : ''}`;
  const steps = failure.commands.map((command, index) => `  ${index + 1}. ${command}`);
  console.error(
    `Mock and model come apart (cross-group=${failure.crossGroup}), after:\n${steps.join('\n') || '  nothing at all'}\n` +
      `\n${failure.message}\n\nGroups 0 and 2 are of acme, 1 and 3 of globex. Again: ${again}`,
  );
  process.exitCode = 1;
}
