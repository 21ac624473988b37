import { setTimeout as sleep } from 'node:timers/promises';
import { type Program, spawnSubject } from './processes.ts';
import { median, sandwich } from './sandwich.ts';
import { bareHono, mock } from './subjects.ts';

const headers = { authorization: 'Bearer vit_apk_acme' };
const first = { path: '/v1/groups', init: { headers } };
/** Milliseconds of rest before the memory of a process is read. */
const restMs = 500;

/** The time from the start of a process to its first answer, and its memory at rest. */
export interface Start {
  /** In milliseconds. */
  readonly mock: number;
  readonly bare: number;
  /** The mock's time relative to bare Hono's: the median of interleaved starts. */
  readonly ratio: number;
  /** In bytes. */
  readonly memory: number;
  readonly bareMemory: number;
}

export async function measureStart(rounds: number): Promise<Start> {
  const exchange = { method: 'GET', route: '/v1/groups', status: 200, body: { data: [] }, schema: null } as const;
  const bare = bareHono('bare Hono', exchange);
  const measure = async (program: Program) => {
    const subject = await spawnSubject(program, first, false);
    await sleep(restMs);
    const memory = subject.residentSize();
    await subject.close();
    return { rate: 1 / subject.startedIn, memory };
  };
  for (const program of [bare, mock()]) await measure(program);
  const { base, compared } = await sandwich([bare, { ...bare, name: 'control' }, mock()], rounds, measure);
  const slices = compared[0]?.slices ?? [];
  return {
    mock: 1 / median(slices.map(({ rate }) => rate)),
    bare: 1 / median(base.map(({ rate }) => rate)),
    ratio: 1 / median(compared[0]?.ratios ?? []),
    memory: median(slices.map(({ memory }) => memory)),
    bareMemory: median(base.map(({ memory }) => memory)),
  };
}

/** The cost of one more world: milliseconds until its first answer, and bytes. */
export interface WorldCost {
  readonly ms: number;
  readonly memory: number;
}

export async function world(count: number): Promise<WorldCost> {
  const subject = await spawnSubject(mock(), first);
  try {
    const open = async (name: string): Promise<number> => {
      const started = performance.now();
      const response = await fetch(`${subject.url}/v1/groups`, {
        headers: { authorization: `Bearer vit_apk_acme.${name}` },
      });
      await response.arrayBuffer();
      return performance.now() - started;
    };
    for (let n = 0; n < 10; n += 1) await open(`warm-up-${n}`);
    const before = await subject.ask('memory');
    const times: number[] = [];
    for (let n = 0; n < count; n += 1) times.push(await open(`world-${n}`));
    return { ms: median(times), memory: ((await subject.ask('memory')) - before) / count };
  } finally {
    await subject.close();
  }
}
