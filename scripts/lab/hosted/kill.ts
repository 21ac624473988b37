import { setTimeout as sleep } from 'node:timers/promises';
import { fraction, randomStream } from '../../../mock/domain/random.ts';
import { HostedClient } from './client.ts';
import { type Replica, withCluster } from './cluster.ts';
import { type Experiment, percentile, rounded } from './experiment.ts';
import { Ledger } from './ledger.ts';

const syncDelayMs = 200;
const maxLatenessMs = 2000;

/** Kills one replica at a time under load, and starts it again. */
export const kill: Experiment = ({ short, seed }) =>
  withCluster({ flags: ['--sync-delay', String(syncDelayMs)] }, async ({ url, replicas }) => {
    const rounds = short ? 5 : 300;
    const client = new HostedClient(url, syncDelayMs);
    const ledger = new Ledger(client, seed);
    const stream = randomStream(`${seed}:kill`);
    const random = () => fraction(stream);
    await ledger.open();
    let done = 0;
    while (done < rounds && ledger.figures.violations.length === 0) {
      const victim = replicas[Math.floor(random() * replicas.length)] as Replica;
      await ledger.write(async () => {
        await sleep(random() * 300);
        await victim.end('SIGKILL');
        await victim.start();
      });
      done += 1;
      if (done % 20 === 0) console.log(`${done} of ${rounds} rounds`);
    }
    await ledger.checkCounts();
    await client.close();
    const { troubles } = client;
    const { violations, ...counts } = ledger.figures;
    const latest = Math.max(...troubles.latenesses);
    if (!short && latest > maxLatenessMs) violations.push(`a sync was completed ${Math.round(latest)} ms late`);
    return {
      figures: {
        'rounds of kill -9': done,
        'requests sent': troubles.requests,
        'groups answered': counts.groups,
        'updates answered': counts.updates,
        'rosters answered': counts.syncs,
        'writes cut off by the kill': counts.unknown,
        'refused with a 503 and sent again': troubles.refused,
        'syncs watched': troubles.latenesses.length,
        'lateness of a completion, median (ms)': rounded(percentile(troubles.latenesses, 0.5)),
        'lateness of a completion, maximum (ms)': rounded(latest),
        'lost, half applied or applied twice': violations.length,
      },
      violations,
    };
  });
