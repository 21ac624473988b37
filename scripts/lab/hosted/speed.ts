import { members } from '../bench/people.ts';
import { HostedClient } from './client.ts';
import { withCluster } from './cluster.ts';
import { type Experiment, percentile } from './experiment.ts';

const key = (world: number) => `vit_apk_acme.speed-${world}`;
const worldCount = 8;
const connections = 16;

/** How fast one, two and three replicas are, behind the balancer, with the load generator beside them. */
export const speed: Experiment = async ({ short }) => {
  const figures: Record<string, string> = {};
  const violations: string[] = [];
  for (const replicas of short ? [1] : [1, 2, 3]) {
    const cluster = replicas === 1 ? '1 replica' : `${replicas} replicas`;
    const outcome = await withCluster({ replicas, flags: ['--sync-delay', '0', '--no-bodies'] }, async ({ url }) => {
      const client = new HostedClient(url, 0);
      const call = async (method: string, path: string, world: number, body?: unknown) => {
        const send = () => client.send(method, path, { authorization: `Bearer ${key(world)}` }, body);
        // A replica that is busy for a second is not ready, and the balancer cuts off its requests; repeating these is harmless.
        let answer = await send();
        for (let repeats = 0; answer === 'unknown' && repeats < 5; repeats += 1) answer = await send();
        if (answer === 'unknown' || answer.status >= 300)
          throw new Error(`${method} ${path}: ${JSON.stringify(answer)}, ${JSON.stringify(client.troubles)}`);
        return answer.body.data;
      };
      const plan = (await call('GET', '/v1/plans', 0))[0].id;
      const groups: string[] = [];
      const newGroup = async (world: number) => (await call('POST', '/v1/groups', world, { name: 'Speed' })).id;
      for (let n = 0; n < connections; n += 1) groups.push(await newGroup(n % worldCount));
      const apply = async (n: number, rows: number, first: number) => {
        const path = `/v1/groups/${groups[n]}/members/sync`;
        const { request_id } = await call('POST', path, n % worldCount, { members: members(rows, plan, first) });
        while ((await call('GET', `${path}/${request_id}`, n % worldCount)).completed_at === null);
      };
      const measure = async (
        name: string,
        seconds: number,
        width: number,
        work: (n: number, turn: number) => unknown,
      ) => {
        const times: number[] = [];
        const run = async (ms: number, into: number[]) => {
          const until = performance.now() + ms;
          const lane = async (n: number) => {
            for (let turn = 0; performance.now() < until; turn += 1) {
              const started = performance.now();
              await work(n, turn);
              into.push(performance.now() - started);
            }
          };
          await Promise.all(Array.from({ length: width }, (_, n) => lane(n)));
        };
        await run(seconds * 250, []);
        const started = performance.now();
        await run(seconds * 1000, times);
        const rate = times.length / ((performance.now() - started) / 1000);
        const ms = (share: number) => percentile(times, share).toFixed(1);
        figures[`${cluster}: ${name}`] =
          `${rate < 100 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en')}/s, median ${ms(0.5)} ms, p99 ${ms(0.99)} ms`;
      };
      const seconds = short ? 0.5 : 8;
      await measure('retrieve', seconds, connections, (n) => call('GET', `/v1/groups/${groups[n]}`, n % worldCount));
      await measure('create', seconds, connections, (n) => newGroup(n % worldCount));
      await measure('submit and apply 1 row', seconds, connections, (n, turn) => apply(n, 1, turn));
      await measure('250 rows', seconds, 1, (n, turn) => apply(n, 250, turn * 250));
      if (!short) await measure('5,000 rows', seconds, 1, (n, turn) => apply(n, 5000, turn * 5000));
      if (client.troubles.cut > 0) figures[`${cluster}: cut off and sent again`] = String(client.troubles.cut);
      await client.close();
      return { figures, violations: [] };
    });
    violations.push(...outcome.violations);
  }
  return { figures, violations };
};
