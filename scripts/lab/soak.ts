import { parseArgs } from 'node:util';
import { writeSection } from './hosted/record.ts';
import { svg } from './plot.ts';
import { printFigures } from './referees/figures.ts';
import { memoryGrowth, type Soak, soak } from './soak/run.ts';
import { writeRecord } from './toughness/record.ts';

const usage = `npm run lab -- soak [--minutes <n>] [--seed <text>] [--replicas <n>]

Eight clients work in twenty worlds of a mock with faults on: requests are refused, answers are lost or cut off. Every
answer is compared with a reference model, and once a minute so is the content of every world. Exit code 1 if something is
lost or different, or if the mock's memory grows after warm-up.

  --minutes <n>   how long (default 15); a run of 15 or more writes the figures to docs/toughness/
  --seed <text>   repeats the clients' choices
  --replicas <n>  as many replicas of a hosted sandbox, behind a balancer; the figures go to docs/toughness/hosted.md

Ctrl-C ends the load and compares what was done so far.`;

const fullMinutes = 15;
/** More growth than this is a leak, not noise. */
const maxGrowthPercent = 15;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: String(fullMinutes) },
    seed: { type: 'string', default: String(Date.now()) },
    replicas: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const minutes = Number(values.minutes);
const replicas = values.replicas === undefined ? undefined : Number(values.replicas);
if (values.help || !(minutes > 0)) {
  console[values.help ? 'log' : 'error'](
    values.help ? usage : `Expected --minutes to be a number above 0, got "${values.minutes}".\n\n${usage}`,
  );
  process.exit(values.help ? 0 : 2);
}

const interruption = new AbortController();
process.on('SIGINT', () => {
  if (interruption.signal.aborted) process.exit(130);
  console.log('\nComparing what was done so far; press Ctrl-C again to quit at once.');
  interruption.abort();
});

const clients = 8;
const worlds = 20;
const result = await soak({
  ms: minutes * 60_000,
  shiftMs: 60_000,
  clients,
  worlds,
  seed: values.seed,
  signal: interruption.signal,
  ...(replicas !== undefined && { replicas }),
  onProgress(now) {
    if (now.seconds % 10 === 0) console.log(progress(now));
  },
});

const { violations } = result;
const memory = memoryGrowth(result.memory);
if (memory !== undefined && memory.percent > maxGrowthPercent)
  violations.push(`the memory of the mock grew from ${memory.earlyMiB} to ${memory.lateMiB} MiB`);
const figures = {
  'minutes of load': Math.round(result.seconds / 6) / 10,
  clients,
  worlds,
  requests: result.requests,
  'refused by a fault and sent again': result.refused,
  'answers lost or cut': result.unseen,
  'groups created': result.groups,
  'groups updated': result.updates,
  'rosters applied': result.syncs,
  'rows in them': result.rows,
  'groups, rosters and syncs reconciled': result.reconciled,
  'lost, doubled or different': violations.length,
  'memory after warm-up (MiB, median)': memory?.earlyMiB ?? 'not measured',
  'memory at the end (MiB, median)': memory?.lateMiB ?? 'not measured',
};
printFigures(figures);
for (const violation of violations.slice(0, 20)) console.error(`  ${violation}`);
if (violations.length > 0) {
  console.error(
    `To repeat this run: npm run lab -- soak --minutes ${values.minutes} --seed ${values.seed}${replicas ? ` --replicas ${replicas}` : ''}`,
  );
  process.exitCode = 1;
} else if (minutes < fullMinutes || interruption.signal.aborted) {
  console.log('The figures are not written, because this was not a full run.');
} else if (replicas !== undefined) {
  writeSection('soak', 'Is anything lost under load with faults on, and does memory grow?', { replicas, ...figures });
} else {
  writeRecord('soak', 'Mixed load from many clients, with faults on', figures, {
    json: { seed: values.seed, ...result },
    svg: svg({
      title: 'Resident memory of the mock under load; its worlds are dropped every minute',
      x: 'seconds',
      y: 'MiB',
      lines: [{ name: 'memory', points: result.memory.map(({ seconds, MiB }) => [seconds, MiB]) }],
    }),
  });
}

function progress({ seconds, requests, syncs, unseen, violations: found, memory: samples }: Soak): string {
  const MiB = samples.at(-1)?.MiB;
  return `${seconds} s: ${requests} requests, ${syncs} rosters, ${unseen} answers lost, ${found.length} violations${MiB === undefined ? '' : `, ${MiB} MiB`}`;
}
