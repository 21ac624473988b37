import { fraction, randomStream } from '../../../mock/domain/random.ts';
import { startCluster } from '../hosted/cluster.ts';
import { seededOrganizations } from '../model/reference.ts';
import { end, residentMiB, startSpawned } from '../spawned-mock.ts';
import { type RequestCounts, RetryingClient } from './retrying-client.ts';
import { SimulatedPartner, type Work } from './simulated-partner.ts';

export interface SoakOptions {
  /** How long the load lasts. */
  readonly ms: number;
  /** How long clients work before everything is compared and the worlds are dropped. */
  readonly shiftMs: number;
  readonly clients: number;
  readonly worlds: number;
  /** Repeats the choices of each client. */
  readonly seed: string;
  /** How many replicas serve, behind a balancer; one mock without a database if left out. */
  readonly replicas?: number;
  /** Further flags of the mock. */
  readonly mockFlags?: readonly string[];
  /** Ends the load early; what was done so far is still compared. */
  readonly signal: AbortSignal;
  readonly onProgress?: (soak: Soak) => void;
}

export interface Sample {
  readonly seconds: number;
  readonly MiB: number;
  readonly shift: number;
}

/** What a soak has done and seen so far. */
export interface Soak extends Work, RequestCounts {
  seconds: number;
  /** Shifts that ended with a comparison. */
  shifts: number;
  /** Rosters, groups and syncs that were compared with the model at the end of a shift. */
  reconciled: number;
  /** Resident memory of the mock, or of its largest replica, once a second. */
  readonly memory: Sample[];
}

/** Added to the profile `flaky`. */
const rateLimit = { status: 429, retry_after: 0, probability: 0.03, seed: 4 };

/**
 * Starts a mock with faults on and lets every client work in every world. At the end of each shift every group, roster
 * and sync is compared with the model, and the worlds are dropped.
 */
export async function soak(options: SoakOptions): Promise<Soak> {
  const { ms, shiftMs, signal, mockFlags = [] } = options;
  const done: Soak = {
    ...{ seconds: 0, shifts: 0, requests: 0, refused: 0, unseen: 0, groups: 0, updates: 0, syncs: 0, rows: 0 },
    ...{ reconciled: 0, violations: [], memory: [] },
  };
  const mock = await start(['--faults', 'flaky', '--sync-delay', '20', ...mockFlags], options.replicas);
  const client = new RetryingClient(mock.url, done);
  const started = performance.now();
  const watch = setInterval(() => {
    done.seconds = Math.round((performance.now() - started) / 1000);
    const MiB = Math.max(...mock.processes().map((process) => residentMiB(process) ?? Number.NaN));
    if (!Number.isNaN(MiB)) done.memory.push({ seconds: done.seconds, MiB, shift: done.shifts });
    options.onProgress?.(done);
  }, 1000);
  try {
    while (performance.now() - started < ms && !signal.aborted && done.violations.length === 0) {
      const until = Math.min(performance.now() + shiftMs, started + ms);
      await workShift(done, client, until, options);
      done.shifts += 1;
    }
  } finally {
    clearInterval(watch);
    done.seconds = Math.round((performance.now() - started) / 1000);
    await client.close();
    await mock.stop();
  }
  return done;
}

async function start(flags: readonly string[], replicas: number | undefined) {
  if (replicas === undefined) {
    const { child, url } = await startSpawned(flags, { detached: true });
    return { url, processes: () => [child], stop: () => end(child) };
  }
  const cluster = await startCluster({ replicas, flags });
  return { ...cluster, processes: () => cluster.replicas.map(({ process }) => process) };
}

async function workShift(
  done: Soak,
  client: RetryingClient,
  until: number,
  { clients, worlds, seed, signal }: SoakOptions,
) {
  const names = Array.from({ length: worlds }, (_, n) => `soak-${n}`);
  const plans: Record<string, string[]> = {};
  for (const org of seededOrganizations) {
    const { body } = await client.read('/v1/plans', `vit_apk_${org}`);
    plans[org] = body.data.map(({ id }: { id: string }) => id);
  }
  for (const world of names) await client.control('POST', `/${world}/faults`, rateLimit);

  const everyone = await Promise.all(
    Array.from({ length: clients }, async (_, number) => {
      const stream = randomStream(`${seed}:${done.shifts}:${number}`);
      const random = () => fraction(stream);
      const partners = names.map(
        (world) => new SimulatedPartner(`client-${number}`, world, plans, client, random, done),
      );
      while (performance.now() < until && !signal.aborted && done.violations.length === 0)
        await partners[Math.floor(random() * partners.length)]?.step();
      return partners;
    }),
  );

  for (const [index, world] of names.entries()) {
    const partners = everyone.map((each) => each[index] as SimulatedPartner);
    await reconcile(done, client, world, partners);
    await client.control('DELETE', `/${world}`);
  }
}

/** Compares everything in a world with what its partners did. */
async function reconcile(
  done: Soak,
  client: RetryingClient,
  world: string,
  partners: readonly SimulatedPartner[],
): Promise<void> {
  const found = (what: string) => void done.violations.push(`${world}: ${what}`);
  for (const org of seededOrganizations) {
    const { body } = await client.read('/v1/groups?limit=1', `vit_apk_${org}.${world}`);
    const expected = partners.flatMap(({ model }) => model.groups.filter((group) => group.org === org)).length;
    if (body.pagination.total !== expected) found(`${body.pagination.total} groups of ${org}, expected ${expected}`);
    done.reconciled += expected;
  }
  const expected = partners.flatMap(({ model }) => model.syncs).length;
  let count = 0;
  for (let page = 1; ; page += 1) {
    const { syncs } = await client.control('GET', `/${world}/syncs?limit=100&page=${page}`);
    for (const { request_id, results } of syncs) {
      if (results === null) found(`sync ${request_id} is not completed`);
      else if (!partners.some((partner) => partner.checkResults(request_id, results)))
        found(`nobody submitted sync ${request_id}`);
      count += 1;
    }
    if (syncs.length < 100) break;
  }
  if (count !== expected) found(`${count} syncs, expected ${expected}`);
  for (const partner of partners) await partner.checkRosters();
  done.reconciled += count + 3 * partners.length;
}

/** Median memory early and late in a run, after warm-up. */
export interface MemoryGrowth {
  readonly earlyMiB: number;
  readonly lateMiB: number;
  /** Growth from early to late, in percent. */
  readonly percent: number;
}

/** The first shifts are not counted. */
const warmUp = 2;

/** Compares the first and last third of the shifts after warm-up; undefined if there are fewer than three. */
export function memoryGrowth(memory: readonly Sample[]): MemoryGrowth | undefined {
  const shifts = new Set(memory.map(({ shift }) => shift).filter((shift) => shift >= warmUp));
  const third = Math.floor(shifts.size / 3);
  if (third === 0) return undefined;
  const order = [...shifts];
  const median = (of: readonly number[]) => {
    const values = memory.filter(({ shift }) => of.includes(shift)).map(({ MiB }) => MiB);
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
  };
  const [earlyMiB, lateMiB] = [median(order.slice(0, third)), median(order.slice(-third))];
  return { earlyMiB, lateMiB, percent: Math.round((lateMiB / earlyMiB - 1) * 1000) / 10 };
}
