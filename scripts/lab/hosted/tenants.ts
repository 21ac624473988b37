import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { components } from '../../../generated/control-api.ts';
import { members } from '../bench/people.ts';
import { end } from '../spawned-mock.ts';
import { withCluster } from './cluster.ts';
import { type Experiment, percentile, rounded } from './experiment.ts';
import type { Attack, AttackReport, HostileKnowledge } from './hostile-tenant.ts';

const partners = 49;
/** Requests of all partners together in a second, at times that do not depend on the answers. */
const rate = 100;
const operator = 'the-token-of-the-operator';
const env = { GROUPS_MOCK_TENANT_SECRET: 'the-secret-of-the-tenants-in-the-lab' };
/** What the operator gives to a tenant that is known to test: enough for some jobs of a CI. */
const quotas = { worlds: 3, groups: 500, rows: 250, requests_per_minute: 600 };
const maxSlowdown = 2;

/** The 99th percentile of the answers to 49 tenants, while a 50th is quiet and while it attacks, in turn. */
export const tenants: Experiment = ({ short }) =>
  withCluster(
    { flags: ['--tenants', '--control-token', operator, '--sync-delay', '200', '--no-bodies'], env },
    async ({ url, replicas }) => {
      const violations: string[] = [];
      const agent = new Agent({ connections: 256 });
      const call = async (method: string, path: string, token: string, body?: unknown) => {
        const response = await request(url + path, {
          method: method as 'GET',
          dispatcher: agent,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await response.body.text();
        if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
        return JSON.parse(text);
      };

      const settle = async (name: string) => {
        const own: components['schemas']['IssuedTenant'] = await call('POST', '/_mock/tenants', operator, {
          name,
          quotas,
        });
        const key = own.keys[0]?.key as string;
        const [plan] = (await call('GET', '/v1/plans', key)).data;
        const created = await call('POST', '/v1/groups', key, { name, external_reference_id: name });
        const group: string = created.data.id;
        const path = `/v1/groups/${group}/members/sync`;
        const submitted = await call('POST', path, key, { members: members(25, plan.id) });
        return { name, own, key, plan: plan.id as string, group, path, request: submitted.data.request_id as string };
      };
      type Partner = Awaited<ReturnType<typeof settle>>;
      const others: Partner[] = [];
      for (let n = 0; n < partners; n += 1) others.push(await settle(`partner-${n}`));
      const hostile = await settle('hostile');
      const knowledge: HostileKnowledge = {
        own: hostile.own,
        group: hostile.group,
        plan: hostile.plan,
        others: others.map(({ name, group, request: sync }) => ({ name, group, request: sync })),
      };
      const attacker = fork(join(import.meta.dirname, 'hostile-tenant.ts'), [JSON.stringify(knowledge)]);
      const statuses: Record<string, number> = {};
      const attack = async (ms: number, target = url) => {
        const reported = once(attacker, 'message');
        attacker.send({ ms, url: target } satisfies Attack);
        const [report] = (await reported) as [AttackReport];
        violations.push(...report.wrong.slice(0, 5));
        for (const [status, count] of Object.entries(report.statuses))
          statuses[status] = (statuses[status] ?? 0) + count;
      };

      /** What a partner sends, in turn; half of it reads a group. */
      const requests: readonly ((partner: Partner) => Promise<unknown>)[] = [
        ({ group, key }) => call('GET', `/v1/groups/${group}`, key),
        ({ path, key, plan }) => call('POST', path, key, { members: members(25, plan) }),
        ({ group, key }) => call('GET', `/v1/groups/${group}`, key),
        ({ name, key }) => call('GET', `/v1/groups?external_reference_id=${name}`, key),
        ({ group, key }) => call('GET', `/v1/groups/${group}`, key),
        ({ group, key, name }) => call('PATCH', `/v1/groups/${group}`, key, { name }),
      ];
      let turn = 0;
      /** The partners send requests for some time. A latency counts from the time at which the request should be sent. */
      const work = async (ms: number): Promise<number[]> => {
        const latencies: number[] = [];
        const started = performance.now();
        const sent: Promise<unknown>[] = [];
        for (let n = 0; n < (ms * rate) / 1000; n += 1) {
          const intended = started + (n * 1000) / rate;
          const wait = intended - performance.now();
          if (wait > 0) await sleep(wait);
          const partner = others[turn % partners] as Partner;
          // Another request than the last time that it was this partner's turn.
          const send = requests[(turn + Math.floor(turn / partners)) % requests.length] as (typeof requests)[number];
          turn += 1;
          sent.push(
            send(partner).then(
              () => latencies.push(performance.now() - intended),
              (error: Error) => violations.push(`a partner met: ${error.message}`),
            ),
          );
        }
        await Promise.all(sent);
        return latencies;
      };

      const [phases, phaseMs] = short ? [2, 1500] : [10, 15_000];
      const quiet: number[] = [];
      const beside: number[] = [];
      await work(phaseMs);
      await attack(phaseMs / 3);
      for (let phase = 0; phase < phases && violations.length === 0; phase += 1) {
        quiet.push(...(await work(phaseMs)));
        const attacking = attack(phaseMs + 500);
        await sleep(500);
        beside.push(...(await work(phaseMs)));
        await attacking;
      }
      // The balancer refuses most of a flood; without it every shot reaches its aim.
      for (const replica of replicas) await attack(phaseMs / 3, replica.url);
      for (const { group, key, name } of others) {
        const { data } = await call('GET', `/v1/groups/${group}`, key);
        if (data.name !== name) violations.push(`the group of ${name} became ${JSON.stringify(data)}`);
      }
      const { tenants: list } = await call('GET', '/_mock/tenants?limit=100', operator);
      for (const { name, use } of list)
        if (name !== 'hostile' && use.worlds !== 1) violations.push(`${name} has ${use.worlds} worlds`);
      await end(attacker);
      await agent.close();

      const failed = violations.length;
      const slowdown = percentile(beside, 0.99) / percentile(quiet, 0.99);
      if (!short && slowdown > maxSlowdown)
        violations.push(`the 99th percentile of the others became ${rounded(slowdown)} times as long`);
      const answersTo = (values: readonly number[], share: number) => rounded(percentile(values, share));
      return {
        figures: {
          'tenants, of which one is hostile': list.length,
          'requests of the others': quiet.length + beside.length,
          'refused, wrongly answered or changed by the hostile one': failed,
          ...Object.fromEntries(
            Object.entries(statuses)
              .sort()
              .map(([status, count]) => [`requests of the hostile one answered with ${status}`, count]),
          ),
          'answers to the others, median: quiet (ms)': answersTo(quiet, 0.5),
          '… beside the attack (ms)': answersTo(beside, 0.5),
          'answers to the others, 99th percentile: quiet (ms)': answersTo(quiet, 0.99),
          '… beside the attack, 99th percentile (ms)': answersTo(beside, 0.99),
          'as many times as long, 99th percentile': rounded(slowdown),
        },
        violations,
      };
    },
  );
