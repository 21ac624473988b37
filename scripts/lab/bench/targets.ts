import type { Report } from './figures.ts';
import { rowKinds } from './reconcile.ts';

/** A target, the figure found, and whether the target was reached. */
export interface TargetResult {
  readonly what: string;
  readonly target: string;
  readonly found: string;
  readonly reached: boolean;
}

const mebibyte = 2 ** 20;

/** Targets of throughput: the workload, the rival, and the minimum ratio of the mock to it. */
const ratios = [
  ['retrieve', 'bare Hono', 0.75],
  ['list', 'bare Hono', 1],
  ['create', 'bare Hono', 0.6],
  ['sync-1', 'bare Hono', 0.45],
  ['same-5000', 'bare Hono', 0.25],
  ['new-5000', 'bare Hono', 0.12],
  ['retrieve', 'prism', 8],
  ['list', 'prism', 9],
  ['create', 'prism', 3.5],
] as const;

/** How much the cost of a request may change with the content of the mock, and that of a row with their number. */
const flat = 0.2;

const atMost = (what: string, found: number, limit: number, unit: string, digits = 0): TargetResult => ({
  what,
  target: `≤ ${limit} ${unit}`,
  found: `${found.toFixed(digits)} ${unit}`,
  reached: found <= limit,
});

/** Compares the figures with the targets. */
export function targetResults({
  throughput = [],
  growth = [],
  start,
  world,
  stalls = [],
  reconciled,
  suite,
}: Report): TargetResult[] {
  const found: TargetResult[] = [];
  for (const [workload, rival, minRatio] of ratios) {
    const comparison = throughput.find((one) => one.workload === workload);
    const ratioOf = (name: string) => comparison?.standings.find((one) => one.name === name)?.ratio;
    const [own, theirs] = [ratioOf('mock'), ratioOf(rival)];
    if (own === undefined || theirs === undefined) continue;
    const times = own / theirs;
    found.push({
      what: `${comparison?.title}, times ${rival}`,
      target: `≥ ${minRatio}`,
      found: times.toFixed(2),
      reached: times >= minRatio,
    });
  }
  for (const { workload, ratios } of growth) {
    const worst = Math.min(...ratios.map(({ ratio }) => ratio));
    found.push({
      what: `${workload}, from 100 to 100,000 groups`,
      target: `≥ ${1 - flat} of its throughput`,
      found: worst.toFixed(2),
      reached: worst >= 1 - flat,
    });
  }
  if (reconciled)
    for (const outcome of rowKinds) {
      const growing = reconciled.growth[outcome];
      found.push({
        what: `time per row ${outcome}, ${reconciled.many.rows} rows over ${reconciled.few.rows}`,
        target: `≤ ${1 + flat}`,
        found: growing.toFixed(2),
        reached: growing <= 1 + flat,
      });
    }
  if (stalls.length > 0) {
    const syncs = stalls.filter(({ sync }) => sync !== 'none');
    found.push(atMost('longest stall in a sync of 5,000 rows', Math.max(...syncs.map(({ ms }) => ms)), 60, 'ms', 1));
  }
  if (start)
    found.push(
      atMost('cold start', start.mock, 250, 'ms'),
      atMost('cold start over bare Hono', start.ratio, 2, 'times', 2),
      atMost('memory at rest', start.memory / mebibyte, 100, 'MiB'),
    );
  if (world)
    found.push(
      atMost('one more world, time', world.ms, 5, 'ms', 1),
      atMost('one more world, memory', world.memory / mebibyte, 1, 'MiB', 2),
    );
  if (suite !== undefined) found.push(atMost('the suite, two keys, mock without delay', suite, 5, 's', 1));
  return found;
}
