import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { components } from '../../../generated/control-api.ts';
import { members } from '../bench/people.ts';

/**
 * A process of its own that attacks a hosted sandbox as one of its tenants, while its parent says so. It answers with the
 * number of requests by status, and those that were answered as they must not be.
 */

/** What the hostile tenant knows: its own, and of each other tenant the name and ids. */
export interface HostileKnowledge {
  readonly own: components['schemas']['IssuedTenant'];
  readonly group: string;
  readonly plan: string;
  readonly others: readonly { readonly name: string; readonly group: string; readonly request: string }[];
}

/** What the parent sends: how long to attack, and what. */
export interface Attack {
  readonly ms: number;
  readonly url: string;
}

export interface AttackReport {
  readonly statuses: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

/** How many requests it sends in a second, and how many it has under way, so that its clients leave time to the others. */
const rate = 400;
const maxUnderWay = 64;

/** What is expected besides 429, which answers whatever exceeds a quota or is part of a flood. */
type Shot = readonly [
  expected: readonly number[],
  method: string,
  path: string,
  token?: string,
  body?: string | Buffer,
];

// The clients of a real one would use another machine.
setPriority(19);
const knowledge: HostileKnowledge = JSON.parse(process.argv[2] as string);
const { own, group, plan, others } = knowledge;
const [{ key } = { key: '' }] = own.keys;
const mac = key.slice(-26);
const roster = (rows: number) => JSON.stringify({ members: members(rows, plan) });
// Encoded once, because the time that an attacker takes would be another machine's.
const hugeRoster = Buffer.from(roster(5000));
const longestBody = Buffer.from(JSON.stringify({ name: 'x'.repeat(15 * 1024 * 1024) }));
const fair = [200, 201, 202];
const unauthorized = [401, 403];
const unreachable = [403, 404];

/** A round of the attack, in which each other tenant is the aim once for each of its kinds. */
const shots = others.flatMap(({ name, group: theirs, request: sync }, index): Shot[] => [
  // Floods: more than it may, and nothing that exists.
  [fair, 'GET', '/v1/plans', key],
  [fair, 'GET', `/v1/groups/${group}`, key],
  [fair, 'GET', `/v1/groups?page=${1 + (index % 7)}`, key],
  [fair, 'POST', '/v1/groups', key, '{"name":"Flood"}'],
  [fair, 'GET', '/v1/groups', `${key}.flood-${index}`],
  [fair, 'POST', `/v1/groups/${group}/members/sync`, key, roster(20)],
  [[200], 'GET', '/_mock/worlds/main/snapshot', own.control_token],
  [[200], 'GET', '/_mock/worlds/main/advice', own.control_token],
  [[200, 404], 'GET', index % 2 === 0 ? '/_mock/health' : '/v1/nothing'],
  // Keys and tokens that it guesses.
  [unauthorized, 'GET', `/v1/groups/${theirs}`, `vit_apk_acme_${name}_${mac}`],
  [unauthorized, 'POST', '/v1/groups', `vit_apk_acme_${name}_${'a'.repeat(26)}`, '{"name":"Guess"}'],
  [unauthorized, 'GET', `/v1/groups/${theirs}`, `vit_apk_acme.${name}`],
  [unauthorized, 'GET', '/_mock/worlds', `vit_ctl_${name}_${mac}`],
  // Ids of others.
  [unreachable, 'GET', `/v1/groups/${theirs}`, key],
  [unreachable, 'PATCH', `/v1/groups/${theirs}`, key, '{"name":"Taken over"}'],
  [unreachable, 'POST', `/v1/groups/${theirs}/members/sync`, key, '{"members":[]}'],
  [unreachable, 'GET', `/v1/groups/${theirs}/members/sync/${sync}`, key],
  // The control plane of others.
  [unreachable, 'GET', `/_mock/worlds/${name}%2Fmain/snapshot`, own.control_token],
  [unreachable, 'DELETE', `/_mock/worlds/${name}%2Fmain`, own.control_token],
  [unreachable, 'POST', `/_mock/worlds/main/syncs/${sync}/stall`, own.control_token],
  [unreachable, 'DELETE', `/_mock/tenants/${name}`, own.control_token],
  // Huge bodies, with its own key and a guessed one.
  ...(index % 7 === 0
    ? ([
        [[], 'POST', `/v1/groups/${group}/members/sync`, key, hugeRoster],
        [[401], 'POST', `/v1/groups/${theirs}/members/sync`, `vit_apk_acme_${name}_${mac}`, hugeRoster],
        [[400, 401, 422], 'POST', '/v1/groups', index % 2 === 0 ? key : `${key}x`, longestBody],
      ] satisfies Shot[])
    : []),
]);

const agent = new Agent({
  connections: maxUnderWay,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  // Another address than that of the others, as it would have.
  localAddress: '127.0.0.2',
});
let next = 0;

async function attack({ ms, url }: Attack): Promise<AttackReport> {
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];
  const underWay = new Set<Promise<void>>();
  const shoot = async ([expected, method, path, token, body]: Shot) => {
    let status: number | string;
    try {
      const response = await request(url + path, {
        method: method as 'GET',
        dispatcher: agent,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body }),
      });
      status = response.statusCode;
      await response.body.dump();
      if (status !== 429 && !expected.includes(status))
        wrong.push(`${method} ${path} of a hostile tenant was answered with ${status}`);
    } catch (error) {
      // Whoever refuses a body before it has arrived may close the connection.
      status = (error as { code?: string }).code ?? (error as Error).name;
    }
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const started = performance.now();
  for (let sent = 0; performance.now() - started < ms; sent += 1) {
    const wait = started + (sent * 1000) / rate - performance.now();
    if (wait > 1) await sleep(wait);
    while (underWay.size >= maxUnderWay) await Promise.race(underWay);
    const shot: Promise<void> = shoot(shots[next++ % shots.length] as Shot).finally(() => underWay.delete(shot));
    underWay.add(shot);
  }
  await Promise.all(underWay);
  return { statuses, wrong };
}

process.on('message', async (command: Attack) => process.send?.(await attack(command)));
