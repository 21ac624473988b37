import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { flagsOf, refuse } from '../flags.ts';
import { root } from '../generate/contract.ts';
import type { Report } from './bench/figures.ts';
import { filledMock, growth, sizes } from './bench/growth.ts';
import { plot } from './bench/plot.ts';
import { type Subject, spawnSubject } from './bench/processes.ts';
import { reconciliation } from './bench/reconcile.ts';
import { benchPage, machine, renewed } from './bench/report.ts';
import { stalls } from './bench/stall.ts';
import { measureStart, world } from './bench/start.ts';
import { buildKit, eagerMock } from './bench/subjects.ts';
import { suite } from './bench/suite.ts';
import { targetResults } from './bench/targets.ts';
import { compareThroughput, type Effort } from './bench/throughput.ts';
import { workloads } from './bench/workloads.ts';
import { installLab } from './install.ts';

const others = ['start', 'growth', 'world', 'stall', 'reconcile', 'suite'];
const parts = [...workloads.map(({ name }) => name), ...others];

const usage = `npm run bench -- [--only <part>]... [--update] [--short]

Compares the mock with a bare Hono application and other mock servers on loopback. Takes about twenty minutes and writes
JSON, a page and a plot to docs/bench/; docs/bench/README.md explains the method.

  --only <part>  only this part, may be repeated; writes nothing unless --update is given
                 ${workloads.map(({ name }) => name).join(', ')},
                 ${others.join(', ')}
  --update       replaces these parts in the figures, with their own time; on another machine than before, starts
                 new figures with them
  --no-peers     compares only with bare Hono, in a third of the time; writes nothing
  --short        few and short slices, to see that it works; writes nothing
  --help         this text

Exit code 1 if a part could not be measured. A target that was not reached is reported, but is not a failure.`;

const flags = flagsOf(usage, {
  only: { type: 'string', multiple: true },
  update: { type: 'boolean', default: false },
  short: { type: 'boolean', default: false },
  'no-peers': { type: 'boolean', default: false },
});
const isPartial = flags.short || flags['no-peers'];
const unknown = flags.only?.find((part) => !parts.includes(part));
if (unknown !== undefined) refuse(`There is no part "${unknown}".`, usage);
if (flags.update && isPartial)
  refuse('--short and --no-peers write nothing, so --update cannot be combined with them.', usage);
const wanted = new Set(flags.only ?? parts);
const isWhole = parts.every((name) => wanted.has(name));
const figures = join(root, 'docs/bench/figures.json');
const report: Report = { at: new Date().toISOString(), machine: machine() };
const before = flags.update && !isWhole ? lastRun() : undefined;
await run(flags.short);

/** The figures so far; none if they were made on another machine. */
function lastRun(): Report {
  const last = existsSync(figures) ? (JSON.parse(readFileSync(figures, 'utf8')) as Report) : report;
  return isDeepStrictEqual(last.machine, report.machine) ? last : report;
}

async function run(short: boolean): Promise<void> {
  const effort: Effort = {
    ...(short ? { rounds: 2, seconds: 0.2, warmUp: 0.2 } : { rounds: 8, seconds: 0.8, warmUp: 8 }),
    peers: !flags['no-peers'],
  };
  const started = performance.now();
  const tell = (text: string) =>
    console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
  for (const [name, fact] of Object.entries(report.machine)) console.log(`${name}: ${fact}`);

  /** Measures a part if it was selected. A part that cannot be measured does not end the run. */
  const part = async (name: string, measure: () => Promise<void>): Promise<void> => {
    if (!wanted.has(name)) return;
    tell(name);
    try {
      await measure();
    } catch (error) {
      console.error(`bench: ${name}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  };

  tell('building the kit');
  await buildKit();

  await part('start', async () => {
    report.start = await measureStart(short ? 2 : 8);
  });
  await part('world', async () => {
    report.world = await world(short ? 20 : 200);
  });
  await part('reconcile', async () => {
    report.reconciled = reconciliation(5_000, 50_000, short ? 1 : 6);
  });
  await part('stall', async () => {
    report.stalls = await stalls(short ? 1 : 7, (sync) => tell(`stall: ${sync}`));
  });
  await part('suite', async () => {
    report.suite = await suite(short ? 1 : 3);
  });

  const underLoad = workloads.filter(({ name }) => wanted.has(name));
  if (underLoad.length > 0) await installLab();
  let large: Subject | undefined;
  const largeMock = async (): Promise<Subject> => {
    if (large !== undefined) return large;
    tell('filling a mock with 100,000 groups and 200,000 members');
    large = await filledMock(sizes[3]);
    report.filled = await large.ask('memory');
    return large;
  };
  for (const workload of underLoad)
    await part(workload.name, async () => {
      const mock = workload.large
        ? await largeMock()
        : await spawnSubject(eagerMock, {
            path: '/v1/plans',
            init: { headers: { authorization: 'Bearer vit_apk_acme' } },
          });
      try {
        const comparison = await compareThroughput(workload, mock, effort);
        report.throughput = [...(report.throughput ?? []), comparison];
        const standings = comparison.standings.map(
          ({ name, ratio, rate }) => `${name} ${ratio.toFixed(2)} (${rate.toFixed(0)}/s)`,
        );
        const ceiling = comparison.ceiling === undefined ? '' : `, validating Hono ${comparison.ceiling.toFixed(2)}`;
        tell(`  ${standings.join(', ')}${ceiling}, control ${comparison.control.toFixed(2)}`);
      } finally {
        if (mock !== large) await mock.close();
      }
    });
  await part('growth', async () => {
    report.growth = await growth(await largeMock(), effort, (workload) => tell(`growth: ${workload}`));
  });
  await large?.close();

  for (const { what, target, found, reached } of targetResults(report))
    console.log(`${reached ? 'reached    ' : 'NOT reached'}  ${what}: ${found}, target ${target}`);
  if (isPartial || !(isWhole || before)) {
    console.log(benchPage(report));
    return;
  }
  if (process.exitCode === 1) return;
  const written = before === undefined ? report : renewed(before, report, wanted);
  const folder = dirname(figures);
  mkdirSync(folder, { recursive: true });
  writeFileSync(figures, `${JSON.stringify(written, null, 2)}\n`);
  writeFileSync(join(folder, 'figures.md'), benchPage(written));
  writeFileSync(join(folder, 'throughput.svg'), plot(written.throughput ?? []));
  tell('wrote docs/bench/');
}
