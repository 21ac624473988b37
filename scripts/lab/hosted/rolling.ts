import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { schemaVersion } from '../../../mock/store/sqlite/migrations.ts';
import { HostedClient } from './client.ts';
import { type Cluster, type Replica, withCluster } from './cluster.ts';
import { type Experiment, type ExperimentResult, percentile, rounded } from './experiment.ts';
import { Ledger } from './ledger.ts';
import { type NextRelease, writeNextRelease } from './next-release.ts';

const syncDelayMs = 200;
const maxDrainMs = 10_000;
/** How long both releases serve side by side after each replacement. */
const sideBySideMs = 1000;
const worlds = ['main', 'ledger'];

/**
 * Replaces one replica after the other under load by one of the next release, which has new tables, and then by one of this
 * release again.
 */
export const rolling: Experiment = async ({ short, seed }) => {
  const next = writeNextRelease();
  try {
    return await withCluster({ flags: ['--sync-delay', String(syncDelayMs)] }, (cluster) =>
      roll(cluster, next, { rounds: short ? 1 : 5, several: short ? 1 : cluster.replicas.length, seed }),
    );
  } finally {
    next.remove();
  }
};

interface Plan {
  /** How often all go to the next release and back. */
  readonly rounds: number;
  /** How many replicas are replaced. */
  readonly several: number;
  readonly seed: string;
}

async function roll(cluster: Cluster, next: NextRelease, { rounds, several, seed }: Plan): Promise<ExperimentResult> {
  const { url, database } = cluster;
  const client = new HostedClient(url, syncDelayMs);
  const { troubles } = client;
  const ledger = new Ledger(client, seed);
  const { violations } = ledger.figures;
  const drains: number[] = [];
  const replace = async (replica: Replica, program?: string) => {
    const started = performance.now();
    await replica.end('SIGTERM');
    drains.push(performance.now() - started);
    const { exitCode, signalCode } = replica.process;
    if (exitCode !== 0) violations.push(`a replica ended with ${exitCode ?? signalCode} after SIGTERM`);
    await replica.start(program);
  };
  const replaceAll = (program?: string) =>
    ledger.write(async () => {
      for (const replica of cluster.replicas.slice(0, several)) {
        await replace(replica, program);
        await sleep(sideBySideMs);
      }
    });
  const newRows = async () => (await Promise.all(worlds.map((world) => next.syncsOf(database, world)))).flat();

  await ledger.open();
  let rows: readonly string[] = [];
  for (let round = 0; round < rounds && violations.length === 0; round += 1) {
    await replaceAll(next.program);
    const written = await newRows();
    if (written.length <= rows.length) violations.push('the next release wrote nothing to its new table');
    rows = written;
    await replaceAll();
    const kept = new Set(await newRows());
    const lost = rows.filter((id) => !kept.has(id));
    if (lost.length > 0) violations.push(`${lost.length} rows of the new table were lost by the release that lacks it`);
  }
  await ledger.checkCounts();
  const sql = new Client(database);
  await sql.connect();
  const { rows: tables } = await sql.query(
    'SELECT (SELECT max(version) FROM migrations) AS version, max(format) AS format, sum(next_release)::int AS changes FROM worlds',
  );
  await sql.end();
  await client.close();

  const slowest = Math.max(...drains);
  if (slowest > maxDrainMs) violations.push(`a replica took ${Math.round(slowest)} ms to end`);
  if (troubles.failedReads > 0) violations.push(`${troubles.failedReads} reads failed`);
  if (troubles.cut > 0) violations.push(`${troubles.cut} requests were cut off`);
  violations.push(...troubles.errors.slice(0, 20));
  return {
    figures: {
      'replicas replaced, by the next release and back': drains.length,
      'versions of the tables of worlds': `${schemaVersion} and ${tables[0].format}`,
      'versions of the tables in PostgreSQL': `${tables[0].version - 1} and ${tables[0].version}`,
      'requests sent': troubles.requests,
      'rosters answered': ledger.figures.syncs,
      'changes by the next release': tables[0].changes,
      'rows in its new table, none lost on the way back': rows.length,
      'reads that failed': troubles.failedReads,
      'requests cut off': troubles.cut,
      'refused with a 503 and sent again': troubles.refused,
      'time to drain, median (ms)': rounded(percentile(drains, 0.5)),
      'time to drain, maximum (ms)': rounded(slowest),
      'lateness of a completion, maximum (ms)': rounded(Math.max(...troubles.latenesses)),
      'lost, half applied or applied twice': violations.length,
    },
    violations,
  };
}
