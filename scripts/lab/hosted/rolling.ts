import { HostedClient } from './client.ts';
import { withCluster } from './cluster.ts';
import { type Experiment, percentile, rounded } from './experiment.ts';
import { Ledger } from './ledger.ts';

const syncDelayMs = 200;
const maxDrainMs = 10_000;

/** Restarts one replica after the other under load, as a deployment does. */
export const rolling: Experiment = ({ short, seed }) =>
  withCluster({ flags: ['--sync-delay', String(syncDelayMs)] }, async ({ url, replicas }) => {
    const client = new HostedClient(url, syncDelayMs);
    const { troubles } = client;
    const ledger = new Ledger(client, seed);
    const { violations } = ledger.figures;
    const drains: number[] = [];
    await ledger.open();
    for (let round = 0; round < (short ? 1 : 10) && violations.length === 0; round += 1)
      await ledger.write(async () => {
        for (const replica of short ? replicas.slice(0, 1) : replicas) {
          const started = performance.now();
          await replica.end('SIGTERM');
          drains.push(performance.now() - started);
          if (replica.process.exitCode !== 0)
            violations.push(
              `a replica ended with ${replica.process.exitCode ?? replica.process.signalCode} after SIGTERM`,
            );
          await replica.start();
        }
      });
    await ledger.checkCounts();
    await client.close();
    const slowest = Math.max(...drains);
    if (!short && slowest > maxDrainMs) violations.push(`a replica took ${Math.round(slowest)} ms to end`);
    if (troubles.failedReads > 0) violations.push(`${troubles.failedReads} reads failed`);
    if (troubles.cut > 0) violations.push(`${troubles.cut} requests were cut off`);
    violations.push(...troubles.errors.slice(0, 20));
    return {
      figures: {
        'replicas restarted': drains.length,
        'requests sent': troubles.requests,
        'rosters answered': ledger.figures.syncs,
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
  });
