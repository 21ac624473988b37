import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fraction, randomStream } from '../../../mock/domain/random.ts';
import { members } from '../bench/people.ts';
import { HostedClient } from './client.ts';
import { type Replica, withCluster } from './cluster.ts';
import { type Experiment, percentile, rounded } from './experiment.ts';
import { Ledger } from './ledger.ts';

const syncDelayMs = 500;
const rows = 5000;
/** The survivors complete the sync within this time, whatever the stopped replica holds. */
const maxLatenessMs = 15_000;

/** Processor time that a process has used, in ticks. */
function ticks({ pid }: Replica['process']): number {
  const [, utime = '', stime = ''] =
    /^\S+ \(.*\)(?: \S+){11} (\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return Number(utime) + Number(stime);
}

/**
 * Stops a replica (SIGSTOP) while it completes a large roster and other clients write to the same worlds, waits until the
 * others have completed it, and lets it go on.
 */
export const stop: Experiment = ({ short, seed }) =>
  withCluster({ flags: ['--sync-delay', String(syncDelayMs)] }, async ({ url, replicas }) => {
    const [survivor, ...others] = replicas as [Replica, ...Replica[]];
    const client = new HostedClient(url, syncDelayMs);
    // Requests that wait in the stopped replica would hide how soon the sync is completed.
    const observer = new HostedClient(survivor.url, syncDelayMs, maxLatenessMs);
    const ledger = new Ledger(client, seed);
    const { violations } = ledger.figures;
    const stream = randomStream(`${seed}:stop`);
    const random = () => fraction(stream);
    const key = 'vit_apk_acme.ledger';
    const read = async (path: string) => {
      const answer = await observer.call('GET', path, key);
      if (answer === 'unknown' || answer.status !== 200) throw new Error(`GET ${path}: ${JSON.stringify(answer)}`);
      return answer.body.data;
    };
    await ledger.open();
    const [plan] = await read('/v1/plans');
    let atWork = 0;
    const latenesses: number[] = [];
    const rounds = short ? 2 : 50;
    for (let round = 0; round < rounds && violations.length === 0; round += 1) {
      const created = await observer.call('POST', '/v1/groups', key, { name: `Stop ${round}` });
      const path = `/v1/groups/${created !== 'unknown' && created.body.data.id}/members/sync`;
      const roster = members(rows, plan.id).map((row) => ({
        ...row,
        reference_id: `${round}-${row.reference_id}`,
        email: `${round}.${row.email}`,
      }));
      const body = { members: roster };
      await ledger.write(async () => {
        const victim = others[Math.floor(random() * others.length)] as Replica;
        const answer = await observer.call('POST', path, key, body);
        if (answer === 'unknown' || answer.status !== 202) throw new Error(`${path}: ${JSON.stringify(answer)}`);
        const dueAt = performance.now() + syncDelayMs;
        await sleep(syncDelayMs - 20);
        const before = ticks(victim.process);
        await sleep(20 + random() * 200);
        victim.process.kill('SIGSTOP');
        if (ticks(victim.process) - before > 3) atWork += 1;
        try {
          for (;;) {
            const { completed_at, results } = await read(`${path}/${answer.body.data.request_id}`);
            const lateness = performance.now() - dueAt;
            if (completed_at !== null) {
              latenesses.push(lateness);
              if (new Set(results.added_group_member_ids).size !== rows)
                violations.push(`${results.added_group_member_ids.length} members were added, expected ${rows}`);
              break;
            }
            if (lateness > maxLatenessMs) {
              violations.push(
                `a sync was not completed ${maxLatenessMs} ms after it was due, while a replica was stopped`,
              );
              break;
            }
            await sleep(20);
          }
        } finally {
          victim.process.kill('SIGCONT');
        }
      });
      const again = await observer.call('POST', path, key, body);
      if (again === 'unknown') throw new Error('the repeated roster was cut off');
      const until = performance.now() + syncDelayMs + maxLatenessMs;
      let results = null;
      while (results === null && performance.now() < until) {
        await sleep(20);
        ({ results } = await read(`${path}/${again.body.data.request_id}`));
      }
      if (results === null) violations.push(`the same roster again was not completed in ${maxLatenessMs} ms`);
      else if (results.added_group_member_ids.length + results.removed_group_member_ids.length > 0)
        violations.push('the same roster again changed members: it was not applied whole the first time');
    }
    await ledger.checkCounts(2 * latenesses.length);
    await Promise.all([client.close(), observer.close()]);
    return {
      figures: {
        'rounds of SIGSTOP': latenesses.length,
        '… while the replica was at work': atWork,
        'rows of the roster': rows,
        'rosters answered': ledger.figures.syncs,
        'completed after it was due, median (ms)': rounded(percentile(latenesses, 0.5)),
        'completed after it was due, maximum (ms)': rounded(Math.max(...latenesses)),
        'lost, half applied or applied twice': violations.length,
      },
      violations,
    };
  });
