import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Postgres } from '../../../mock/test-support/postgres.ts';
import { residentMiB } from '../spawned-mock.ts';
import { HostedClient } from './client.ts';
import { withCluster } from './cluster.ts';
import { type Experiment, type ExperimentOptions, type ExperimentResult, rounded } from './experiment.ts';
import { Ledger } from './ledger.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

const syncDelayMs = 200;
const maxConnections = 60;
/** A healthy sandbox answers again this soon after the database does. */
const maxRecoveryMs = 5000;
/** Requests must be refused this soon after the database has no space. */
const maxAnsweredMs = 30_000;
/** More growth of a replica's memory than this, after the first round, is a leak. */
const maxGrowthPercent = 30;

/** What a trouble has to know. */
interface Situation {
  readonly postgres: Postgres;
  readonly short: boolean;
  /** Resolves when another request has been refused. */
  refused(): Promise<void>;
}

/** Something that happens to a database under load; it is well again when the promise resolves. */
type Trouble = (situation: Situation) => Promise<void>;
type Troubles = Readonly<Record<string, Trouble>>;

const commonTroubles: Troubles = {
  restarted: async ({ postgres }) => {
    await postgres.shutDown();
    await postgres.start();
  },
  away: async ({ postgres, short }) => {
    await postgres.shutDown();
    await sleep(short ? 2000 : 30_000);
    await postgres.start();
  },
  'stands still': async ({ postgres, short }) => {
    postgres.pause();
    await sleep(short ? 2000 : 15_000);
    postgres.resume();
  },
  'cuts connections': async ({ postgres, short }) => {
    const client = new Client(postgres.url);
    await client.connect();
    const until = performance.now() + (short ? 1500 : 20_000);
    while (performance.now() < until) {
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'groups-mock'",
      );
      await sleep(100);
    }
    await client.end();
  },
  'has no connection left': async ({ postgres, short }) => {
    // First those of the replicas end, then others take all there are.
    const admin = new Client(postgres.url);
    await admin.connect();
    const taken: Client[] = [];
    for (let n = 0; n < 2 * maxConnections; n += 1) {
      const client = new Client(postgres.url);
      client.on('error', () => {});
      try {
        await client.connect();
        taken.push(client);
      } catch {
        await admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'groups-mock' LIMIT 5",
        );
      }
    }
    await sleep(short ? 500 : 10_000);
    for (const client of [...taken, admin]) await client.end();
  },
};

/** As many files of its log as a server may have in advance. */
const maxLogFiles = 100;

const troublesOf = (disk: SmallDisk): Troubles => ({
  'has no space': async ({ short, refused }) => {
    disk.fill();
    await refused();
    await sleep(short ? 1000 : 15_000);
    disk.free();
  },
  'has no space for its log': async ({ postgres, short, refused }) => {
    disk.fill();
    const client = new Client(postgres.url);
    client.on('error', () => {});
    await client.connect();
    let hasEnded = false;
    client.once('end', () => (hasEnded = true));
    // The server ends when it cannot begin the next file of its log.
    for (let file = 0; file < maxLogFiles && !hasEnded; file += 1)
      await client.query("SELECT pg_switch_wal(), pg_logical_emit_message(false, '', '')").catch(() => {});
    if (!hasEnded) throw new Error(`PostgreSQL has begun ${maxLogFiles} files of its log on a full disk`);
    await refused();
    await sleep(short ? 1000 : 15_000);
    disk.free();
    // It does not start again by itself.
    await postgres.shutDown();
    await postgres.start();
  },
});

/** Each trouble that a database can have, under load. */
export const database: Experiment = async (options) => {
  const disk = await mountSmallDisk();
  if (typeof disk === 'string') return { ...(await trouble(commonTroubles, options)), skipped: [disk] };
  try {
    return await trouble({ ...commonTroubles, ...troublesOf(disk) }, options, disk.folder);
  } finally {
    await disk.unmount();
  }
};

const trouble = (troubles: Troubles, { short, seed }: ExperimentOptions, folder?: string): Promise<ExperimentResult> =>
  withCluster(
    {
      flags: ['--sync-delay', String(syncDelayMs)],
      settings: { max_connections: String(maxConnections) },
      folder,
    },
    async ({ url, replicas, postgres }) => {
      const client = new HostedClient(url, syncDelayMs);
      const refused = async () => {
        const before = client.troubles.refused;
        const until = performance.now() + maxAnsweredMs;
        while (client.troubles.refused === before) {
          if (performance.now() > until) throw new Error(`nothing was refused for ${maxAnsweredMs} ms`);
          await sleep(20);
        }
      };
      const ledger = new Ledger(client, seed);
      const { violations } = ledger.figures;
      const recoveries: Record<string, number> = {};
      const memory: number[] = [];
      await ledger.open();
      await ledger.write(() => sleep(1000));
      for (let round = 0; round < (short ? 1 : 3); round += 1)
        for (const [name, happen] of Object.entries(troubles)) {
          if (violations.length > 0) break;
          await ledger.write(async () => {
            await happen({ postgres, short, refused });
            const wellAgain = performance.now();
            // An answer to a write of its own in every world says that the sandbox has recovered.
            await ledger.answered();
            const recovery = performance.now() - wellAgain;
            recoveries[name] = Math.max(recoveries[name] ?? 0, recovery);
            if (!short && recovery > maxRecoveryMs)
              violations.push(`${name}: the first write was answered after ${recovery} ms`);
          });
          memory.push(Math.max(...replicas.map(({ process }) => residentMiB(process) ?? 0)));
        }
      await ledger.checkCounts();
      await client.close();
      const [first = 0, last = 0] = [memory[Object.keys(troubles).length - 1], memory.at(-1)];
      if (last > first * (1 + maxGrowthPercent / 100)) violations.push(`memory grew from ${first} to ${last} MiB`);
      violations.push(...client.troubles.errors.slice(0, 20));
      return {
        figures: {
          troubles: memory.length,
          'requests sent': client.troubles.requests,
          'rosters answered': ledger.figures.syncs,
          'refused with a 503 and sent again': client.troubles.refused,
          'answers lost': client.troubles.cut,
          ...Object.fromEntries(
            Object.entries(recoveries).map(([name, ms]) => [
              `first answer after the database ${name} (ms, at most)`,
              rounded(ms),
            ]),
          ),
          'memory of the largest replica after the first round (MiB)': first,
          'memory of the largest replica at the end (MiB)': last,
          'lost, half applied or applied twice': violations.length,
        },
        violations,
      };
    },
  );
