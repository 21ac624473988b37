import { expect, onTestFinished, test } from 'vitest';
import { type Mock, type Schemas, startMock } from '../index.ts';
import { acmePlan, row } from '../test-support/frozen-mock.ts';
import { postgresOrSkip } from '../test-support/postgres-or-skip.ts';
import { runs } from '../test-support/runs.ts';

const operator = 'the-token-of-the-operator';

/** Sends a request over a socket, because requests of this process are those of the operator. */
async function send(mock: Mock, method: string, path: string, key?: string, body?: unknown) {
  const response = await fetch(mock.url + path, {
    method,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

const tenantCount = runs(15, 50);

test(`of ${tenantCount} tenants, a hostile one sees and changes nothing of the others`, {
  timeout: 120_000,
}, async (context) => {
  const database = await (await postgresOrSkip(context)).createDatabase();
  const start = () =>
    startMock({
      database,
      port: 0,
      controlToken: operator,
      tenants: { secret: 'a-secret-of-this-deployment-0001' },
      syncDelay: 0,
    });
  const replicas = [await start(), await start()] as const;
  onTestFinished(async () => void (await Promise.all(replicas.map((replica) => replica.close()))));
  let turn = 0;
  const call = (method: string, path: string, key?: string, body?: unknown) =>
    send(replicas[turn++ % 2] as Mock, method, path, key, body);

  /** A tenant with a group, a member and an access token, and a text that only it has. */
  const settle = async (name: string, quotas?: Schemas['QuotaChanges']) => {
    const added = await call('POST', '/_mock/tenants', operator, { name, ...(quotas && { quotas }) });
    expect(added.status, added.text).toBe(201);
    const { keys, control_token: control } = added.body as Schemas['IssuedTenant'];
    const key = keys[0]?.key as string;
    const secretName = `secret of ${name}`;
    const created = await call('POST', '/v1/groups', key, { name: secretName, external_reference_id: name });
    const group = created.body.data.id as string;
    const members = [row(`member-of-${name}`, { plan_id: acmePlan, last_name: secretName })];
    const submitted = await call('POST', `/v1/groups/${group}/members/sync`, key, { members });
    const request = submitted.body.data.request_id as string;
    const token = (await call('POST', '/v1/auth/access-tokens', key, { grant_type: 'client_credentials' })).body
      .access_token as string;
    return { name, key, control, group, request, token };
  };
  const hostile = await settle('hostile', { requests_per_minute: 250, worlds: 3, rows: 10 });
  const others = await Promise.all(Array.from({ length: tenantCount - 1 }, (_, index) => settle(`partner-${index}`)));

  /** Everything that the others have; a sync in flight completes when it is looked at. */
  const state = () =>
    Promise.all(
      others.map(async ({ key, group, request, control }) => {
        const sync = await call('GET', `/v1/groups/${group}/members/sync/${request}`, key);
        const { body } = await call('GET', '/_mock/worlds/main/snapshot', control);
        return [sync.status, sync.body.data.completed_at === null, body.tables];
      }),
    );
  await state();
  const before = await state();

  /** Each request, and which statuses it may be answered with. */
  const attack: (readonly [expected: readonly number[], method: string, path: string, key?: string, body?: unknown])[] =
    [];
  const isRefused = [401, 429];
  const isUnknown = [403, 404, 429];
  const own = hostile.key.slice(-26);
  // A third of the others is the aim of each kind.
  const aims = (kind: number) => others.filter((_, index) => index % 3 === kind);
  for (const { name, key, group, token } of aims(0)) {
    // Guessed keys and tokens, with what the hostile tenant has of its own.
    for (const guess of [
      `vit_apk_acme_${name}_${own}`,
      `vit_apk_acme_${name}_${'a'.repeat(26)}`,
      `vit_apk_acme_${name}_${key.slice(-26).toUpperCase()}`,
      hostile.token.replace('_hostile_', `_${name}_`),
      token.slice(0, -1),
      `vit_apk_acme.${name}/main`,
      `${hostile.key}.${name}/main`,
    ])
      attack.push([isRefused, 'GET', `/v1/groups/${group}`, guess]);
    attack.push([[403], 'GET', '/_mock/worlds', hostile.control.replace('hostile', name)]);
    attack.push([[403], 'DELETE', '/_mock/worlds/main', `vit_ctl_${name}_${own}`]);
  }
  // Ids of others, with its own key.
  for (const { group, request } of aims(1)) {
    attack.push([isUnknown, 'GET', `/v1/groups/${group}`, hostile.key]);
    attack.push([isUnknown, 'PATCH', `/v1/groups/${group}`, hostile.token, { name: 'taken over' }]);
    attack.push([isUnknown, 'POST', `/v1/groups/${group}/members/sync`, hostile.key, { members: [] }]);
    attack.push([isUnknown, 'GET', `/v1/groups/${group}/members/sync/${request}`, hostile.key]);
  }
  // The control plane of others.
  for (const { name, request } of aims(2)) {
    attack.push([isUnknown, 'GET', `/_mock/worlds/${name}%2Fmain/snapshot`, hostile.control]);
    attack.push([isUnknown, 'DELETE', `/_mock/worlds/${name}%2Fmain`, hostile.control]);
    attack.push([isUnknown, 'POST', `/_mock/worlds/${name}%2Fmain/reset`, hostile.control]);
    attack.push([isUnknown, 'POST', `/_mock/worlds/main/syncs/${request}/stall`, hostile.control]);
    attack.push([isUnknown, 'DELETE', `/_mock/tenants/${name}`, hostile.control]);
    attack.push([isUnknown, 'DELETE', `/_mock/tenants/${name}`]);
  }
  // Floods: rosters beyond the quota, worlds beyond the quota, and more requests than the quota.
  const huge = { members: Array.from({ length: 5000 }, (_, index) => row(`flood-${index}`, { plan_id: acmePlan })) };
  const hugeText = JSON.stringify(huge);
  for (let index = 0; index < 10; index += 1) {
    attack.push([[429], 'POST', `/v1/groups/${hostile.group}/members/sync`, hostile.key, hugeText]);
    attack.push([[200, 429], 'GET', '/v1/groups', `${hostile.key}.flood-${index}`]);
  }
  for (let index = 0; index < 200; index += 1) attack.push([[200, 429], 'GET', '/v1/plans', hostile.key]);

  /** Requests of the others meanwhile: none is refused because of the hostile one. */
  const work = async ({ key, name }: (typeof others)[number]): Promise<number[]> => {
    const statuses: number[] = [];
    for (let index = 0; index < 2; index += 1)
      statuses.push((await call('GET', `/v1/groups?external_reference_id=${name}`, key)).status);
    return statuses;
  };
  const answers: string[] = [];
  const lanes = Array.from({ length: 8 }, async () => {
    for (let next = attack.shift(); next !== undefined; next = attack.shift()) {
      const [expected, method, path, key, body] = next;
      const { status, text } = await call(method, path, key, body);
      if (!expected.includes(status)) answers.push(`${method} ${path} ${status} ${text}`);
      if (/secret of partner|member-of-partner/.test(text)) answers.push(`${method} ${path} tells ${text}`);
    }
  });
  const meanwhile = await Promise.all([...others.map(work), ...lanes]);
  expect(answers).toEqual([]);
  expect(new Set(meanwhile.slice(0, others.length).flat())).toEqual(new Set([200]));

  expect(await state()).toEqual(before);
  const { body: tenants } = await call('GET', '/_mock/tenants?limit=100', operator);
  const used = Object.fromEntries(
    tenants.tenants.map(({ name, use }: Schemas['Tenant']) => [name, use] as const),
  ) as Record<string, Schemas['TenantUse']>;
  expect(tenants.total).toBe(tenantCount);
  expect(used['hostile']?.worlds).toBeLessThanOrEqual(3);
  for (const { name } of others) expect(used[name]?.worlds, name).toBe(1);
});
