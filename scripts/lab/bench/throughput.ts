import { isDeepStrictEqual } from 'node:util';
import { type Load, measureSlice, requestOf, type Slice } from './load.ts';
import { type Program, type Subject, spawnSubject } from './processes.ts';
import { median, sandwich } from './sandwich.ts';
import { bareHono, mockoon, prism, type RecordedAnswer, scalar, validatingHono } from './subjects.ts';
import { allApplied, dropWorld, loadOf, prepared, type Workload } from './workloads.ts';

/** How long and how often a subject is measured. */
export interface Effort {
  /** How many slices each subject gets. */
  readonly rounds: number;
  /** The length of a slice, in seconds. */
  readonly seconds: number;
  /** How long each subject is loaded before its first slice, so that its code is compiled, in seconds. */
  readonly warmUp: number;
  /** Whether other mock servers are measured too. */
  readonly peers: boolean;
}

/** The figures of a subject under a workload. */
export interface Standing {
  readonly name: string;
  /** Its answers per processor time relative to bare Hono: the median, minimum and maximum of its slices. */
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  /** Answers per second, the median of its slices. */
  readonly rate: number;
  /** Processor time per request in microseconds, the median of its slices. */
  readonly cpu: number;
}

export interface WorkloadComparison {
  readonly workload: string;
  readonly title: string;
  /** The ratio of a second bare Hono to the first. */
  readonly control: number;
  /** The ratio of a Hono that only validates the body besides: what the mock could reach at best. Absent without a body. */
  readonly ceiling?: number;
  readonly standings: readonly Standing[];
}

const typical = (slices: readonly Slice[]) => ({
  rate: median(slices.map(({ throughput }) => throughput)),
  cpu: 1e6 / median(slices.map(({ rate }) => rate)),
});

/** Compares the mock and other mock servers with a bare Hono that sends the same bytes as the mock. */
export async function compareThroughput(
  workload: Workload,
  mock: Subject,
  { rounds, seconds, warmUp, peers: hasPeers }: Effort,
): Promise<WorkloadComparison> {
  const { load, exchange } = await prepared(workload, mock);
  const settled = (subject: Subject) => (subject === mock ? allApplied(mock, load.key) : Promise.resolve());
  const measure = async (subject: Subject, duration: number): Promise<Slice> => {
    if (subject !== mock || !workload.fresh) return measureSlice(subject, load, duration, settled);
    await dropWorld(mock, workload.name);
    return measureSlice(mock, await loadOf(workload, mock), duration, settled);
  };
  const others: Subject[] = [];
  const start = async (program: Program): Promise<Subject> => {
    const subject = await spawnSubject(program, { path: load.path, init: requestOf(load) });
    others.push(subject);
    return subject;
  };
  try {
    const base = await start(bareHono('bare Hono', exchange));
    const control = await start(bareHono('control', exchange));
    const ceiling = exchange.schema === null ? [] : [await start(validatingHono(exchange))];
    const peers: Subject[] = [];
    for (const peer of hasPeers ? [prism, mockoon, scalar] : []) peers.push(await start(peer(exchange)));
    for (const subject of [base, control, ...ceiling, ...peers]) await expectSame(exchange, subject, load);
    for (const subject of [base, control, mock, ...ceiling, ...peers]) await measure(subject, warmUp);
    const { base: ofBase, ...found } = await sandwich([base, control, mock, ...ceiling, ...peers], rounds, (subject) =>
      measure(subject, seconds),
    );
    const measured = found.compared.map(({ name, slices, ratios }) => ({
      name,
      ratio: median(ratios),
      min: Math.min(...ratios),
      max: Math.max(...ratios),
      ...typical(slices),
    }));
    const bare = { name: base.name, ratio: 1, min: 1, max: 1, ...typical(ofBase) };
    const isCeiling = ({ name }: Standing) => name === ceiling[0]?.name;
    const best = measured.find(isCeiling);
    return {
      workload: workload.name,
      title: workload.title,
      control: found.control,
      ...(best && { ceiling: best.ratio }),
      standings: [bare, ...measured.filter((one) => !isCeiling(one))],
    };
  } finally {
    for (const subject of others) await subject.close();
  }
}

/** Throws an Error if a subject does not answer as the mock did. */
async function expectSame({ status, body }: RecordedAnswer, { name, url }: Subject, load: Load): Promise<void> {
  const response = await fetch(url + load.path, requestOf(load));
  const answer = { status: response.status, body: await response.json() };
  if (!isDeepStrictEqual(answer, { status, body }))
    throw new Error(
      `${name} does not give the mock's answer to ${load.method} ${load.path}: ${JSON.stringify(answer)}`,
    );
}
