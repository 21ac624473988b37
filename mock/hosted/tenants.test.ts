import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { type Mock, type MockOptions, type Schemas, startMock } from '../index.ts';
import { expectSuccess } from '../test-support/control-contract.ts';
import { acmePlan, row } from '../test-support/frozen-mock.ts';
import { machine } from '../test-support/machine.ts';
import { postgresOrSkip } from '../test-support/postgres-or-skip.ts';

import type { Query } from './database.ts';
import { removeIdleWorlds } from './idle-worlds.ts';

const secret = 'a-secret-of-this-deployment-0001';
const operator = 'the-token-of-the-operator';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the bodies
  readonly body: any;
}

/** A replica of a mock with tenants, on a socket, because requests of this process are those of the operator. */
async function openReplica(database: string, options: MockOptions = {}) {
  const mock = await startMock({
    database,
    port: 0,
    controlToken: operator,
    tenants: { secret },
    syncDelay: 0,
    ...options,
  });
  onTestFinished(() => mock.close());
  return mock;
}

async function call(mock: Mock, method: string, path: string, key?: string, body?: unknown): Promise<Answer> {
  const response = await fetch(mock.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** One or more replicas on a new database. */
async function open(context: TestContext, count = 1) {
  const database = await (await postgresOrSkip(context)).createDatabase();
  const replicas = await Promise.all(Array.from({ length: count }, () => openReplica(database)));
  const [mock] = replicas as [Mock];
  const operate = (method: string, path: string, body?: unknown) => call(mock, method, `/_mock${path}`, operator, body);
  return {
    database,
    mock,
    replicas,
    operate,
    async add(name: string, quotas?: Schemas['QuotaChanges']) {
      const { status, body, text } = await operate('POST', '/tenants', { name, ...(quotas && { quotas }) });
      expect(status, text).toBe(201);
      const issued = body as Schemas['IssuedTenant'];
      const [acme = '', globex = ''] = issued.keys.map(({ key }) => key);
      return { ...issued, acme, globex, control: issued.control_token };
    },
  };
}

const group = { name: 'Keystone Bakery', external_reference_id: 'keystone' };

test('a tenant has keys of both organizations, worlds of its own, and a token that controls them', async (context) => {
  const { mock, add, operate } = await open(context);
  const { tenant, keys, acme, globex, control } = await add('acme-payroll');
  expect(tenant).toMatchObject({ name: 'acme-payroll', suspended: false, use: { worlds: 0, last_request_at: null } });
  expect(keys.map(({ organization }) => organization)).toEqual(['acme', 'globex']);
  expect(acme).toMatch(/^vit_apk_acme_acme-payroll_[a-z2-7]{26}$/);
  expect(control).toMatch(/^vit_ctl_acme-payroll_[a-z2-7]{26}$/);

  expect((await call(mock, 'POST', '/v1/groups', acme, group)).status).toBe(201);
  expect((await call(mock, 'GET', '/v1/groups', globex)).body.data).toEqual([]);
  expect((await call(mock, 'GET', '/v1/groups', `${acme}.pr-7`)).body.data).toEqual([]);

  const { body: own } = await call(mock, 'GET', '/_mock/worlds', control);
  expect(own.worlds.map(({ name }: Schemas['World']) => name).sort()).toEqual(['main', 'pr-7']);
  expect(own.total).toBe(2);
  const [main] = own.worlds.filter(({ name }: Schemas['World']) => name === 'main');
  expect(main.organizations.map(({ key }: Schemas['Organization']) => key)).toEqual([acme, globex]);
  const { body: pr7 } = await call(mock, 'GET', '/_mock/worlds/pr-7', control);
  expect(pr7.organizations[0].key).toBe(`${acme}.pr-7`);

  const { body: all } = await operate('GET', '/worlds');
  expect(all.worlds.map(({ name }: Schemas['World']) => name)).toEqual(['acme-payroll/main', 'acme-payroll/pr-7']);
  const { body: journal } = await operate('GET', '/worlds/acme-payroll%2Fmain/journal');
  expect(journal.exchanges[0]).toMatchObject({ world: 'acme-payroll/main', path: '/v1/groups' });
  const { body: ownJournal } = await call(mock, 'GET', '/_mock/worlds/main/journal', control);
  expect(ownJournal.exchanges[0]).toMatchObject({ world: 'main', path: '/v1/groups' });

  const frozen = await call(mock, 'POST', '/_mock/worlds/pr-7/clock/freeze', control, { at: '2026-01-31T09:00:00Z' });
  expect(frozen.body).toMatchObject({ now: '2026-01-31T09:00:00.000Z' });
  expect((await operate('GET', '/worlds/acme-payroll%2Fpr-7/clock')).body).toEqual(frozen.body);
  const { body: rest } = await call(mock, 'DELETE', '/_mock/worlds/pr-7', control);
  expect(rest.worlds.map(({ name }: Schemas['World']) => name)).toEqual(['main']);
});

test('only issued keys open a world, and a refusal says which without repeating what was sent', async (context) => {
  const { mock, add, operate } = await open(context);
  const { acme, control } = await add('acme-payroll');
  await add('other');
  for (const key of [
    'vit_apk_acme',
    'vit_apk_acme.pr-7',
    acme.slice(0, -1),
    acme.toUpperCase(),
    acme.replace('acme-payroll', 'other'),
    acme.replace('_acme_', '_initech_'),
    `${acme}.a.b`,
    control,
    'vit_at_AZxJ0pPxdX6Jq0zGm2nTOQ',
    'vit_at_AZxJ0pPxdX6Jq0zGm2nTOQ.acme-payroll/main',
  ]) {
    const { status, body, headers } = await call(mock, 'GET', '/v1/groups', key);
    expect(status, key).toBe(401);
    expect(headers.get('x-mock-rule')).toBe('AUTH-2');
    expect(body.message.replaceAll(/vit_apk_\w+_<tenant>_…/g, '')).not.toContain(key);
    expect(body.message).toMatch(/operator of this mock|access-tokens|letters, digits/);
  }
  expect((await operate('GET', '/worlds')).body.total).toBe(0);
});

test('an access token opens the world that issued it, and no other', async (context) => {
  const { mock, add } = await open(context);
  const [one, two] = [await add('one'), await add('two')];
  const issue = async (key: string) => {
    const { status, body } = await call(mock, 'POST', '/v1/auth/access-tokens', key, {
      grant_type: 'client_credentials',
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.access_token as string;
  };
  const token = await issue(`${one.acme}.pr-7`);
  const foreign = await issue(`${two.acme}.pr-7`);
  expect(token).toMatch(/^vit_at_[\w-]{22}_one_[a-z2-7]{26}\.pr-7$/);
  const { body } = await call(mock, 'POST', '/v1/groups', token, group);
  expect(body.data.name).toBe(group.name);
  expect((await call(mock, 'GET', '/v1/groups', `${one.acme}.pr-7`)).body.data).toEqual([body.data]);
  expect((await call(mock, 'GET', '/v1/groups', foreign)).body.data).toEqual([]);

  const [id] = /^vit_at_[\w-]{22}/.exec(token) as RegExpExecArray;
  const mac = token.slice(`${id}_one_`.length, -'.pr-7'.length);
  for (const forged of [
    id,
    token.replace('.pr-7', ''),
    token.replace('.pr-7', '.pr-8'),
    token.replace('_one_', '_two_'),
    foreign.replace(/^vit_at_[\w-]{22}/, id),
    `${id}_two_${mac}.pr-7`,
    `${id}.two/pr-7`,
  ])
    expect((await call(mock, 'GET', '/v1/groups', forged)).status, forged).toBe(401);
  // A token of another tenant that somebody puts into a world of their own is still not theirs to use there.
  const { body: snapshot } = await call(mock, 'GET', '/_mock/worlds/pr-7/snapshot', one.control);
  expect((await call(mock, 'PUT', '/_mock/worlds/pr-7/snapshot', two.control, snapshot)).status).toBe(200);
  await call(mock, 'DELETE', '/_mock/worlds/pr-7', one.control);
  expect((await call(mock, 'GET', '/v1/groups', token)).status).toBe(401);
});

test('with tenants only tokens count, and that of a tenant reaches nothing of others', async (context) => {
  const { mock, add, operate } = await open(context);
  const [one, two] = [await add('one'), await add('two')];
  await call(mock, 'POST', '/v1/groups', `${two.acme}.theirs`, group);
  for (const key of [undefined, 'guess', two.acme, one.control.slice(0, -1), one.control.replace('one', 'two')])
    expect((await call(mock, 'GET', '/_mock/worlds', key)).status, key).toBe(403);

  for (const path of ['theirs', 'two%2Ftheirs', 'two%2Fmain', 'one%2Fmain', 'nobody%2Fmain'])
    for (const [method, of] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/snapshot'],
      ['GET', '/journal'],
      ['GET', '/har'],
      ['GET', '/groups'],
    ] as const) {
      const { status } = await call(mock, method, `/_mock/worlds/${path}${of}`, one.control);
      expect(status, `${method} ${path}${of}`).toBe(404);
    }
  expect((await call(mock, 'POST', '/_mock/worlds/two%2Ftheirs/reset', one.control)).status).toBe(404);
  for (const path of ['/tenants', '/tenants/one', '/tenants/two', '/metrics'])
    expect((await call(mock, 'GET', `/_mock${path}`, one.control)).status, path).toBe(403);
  expect((await call(mock, 'PATCH', '/_mock/tenants/one', one.control, { quotas: { worlds: 9 } })).status).toBe(403);
  expect((await call(mock, 'GET', '/_mock/worlds?search=theirs', one.control)).body.total).toBe(0);
  expect((await operate('GET', '/worlds/two%2Ftheirs/groups')).body.groups).toHaveLength(1);
  expect((await operate('GET', '/worlds/two%2F..')).status).toBe(400);
});

test('a quota that is used up is a 429 that says which, how much it is, and what to do', async (context) => {
  const { mock, add, operate } = await open(context);
  const { acme, control } = await add('small', { worlds: 2, groups: 3, rows: 2 });
  const expectRefused = ({ status, headers, body }: Answer, quota: string, ...words: readonly string[]) => {
    expect(status, JSON.stringify(body)).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.app_error_code).toBe('quota_exceeded');
    for (const word of [`(quota ${quota})`, 'ask the operator', ...words]) expect(body.message).toContain(word);
  };
  const create = (name: string, world = '') => call(mock, 'POST', '/v1/groups', `${acme}${world}`, { name });
  const { body: created } = await create('A');
  for (const name of ['B', 'C']) expect((await create(name)).status).toBe(201);
  expectRefused(await create('D'), 'groups', '3 groups in one world', '/reset');
  const groups = ['D', 'E', 'F', 'G'].map((name) => ({ name }));
  const seed = { organizations: [{ slug: 'acme', groups }] };
  expectRefused(await call(mock, 'POST', '/_mock/worlds/main/seed', control, seed), 'groups');
  expectRefused(await call(mock, 'POST', '/_mock/worlds/main/reset', control, seed), 'groups');
  expect((await call(mock, 'GET', '/v1/groups', acme)).body.pagination.total).toBe(3);

  const roster = (rows: number) => ({
    members: Array.from({ length: rows }, (_, index) => row(`member-${index}`, { plan_id: acmePlan })),
  });
  const sync = `/v1/groups/${created.data.id}/members/sync`;
  expectRefused(await call(mock, 'POST', sync, acme, roster(3)), 'rows', '2 rows in one roster');
  expect((await call(mock, 'POST', sync, acme, roster(2))).status).toBe(202);

  expect((await create('A', '.second')).status).toBe(201);
  expectRefused(await create('A', '.third'), 'worlds', '2 worlds', 'DELETE /_mock/worlds/{world}');
  expectRefused(await call(mock, 'POST', '/_mock/worlds/third/reset', control), 'worlds');
  // The limit is of the tenant: neither the main world nor that of another is refused.
  expect((await create('A', '.second')).status).toBe(201);
  expect((await call(mock, 'DELETE', '/_mock/worlds/second', control)).status).toBe(200);
  expect((await create('A', '.third')).status).toBe(201);

  expect((await operate('PATCH', '/tenants/small', { quotas: { groups: 4 } })).body.quotas).toEqual({
    worlds: 2,
    groups: 4,
    rows: 2,
    requests_per_minute: 12_000,
  });
});

test('a roster that is too long for the contract is a 400, as without tenants', async (context) => {
  const { mock, add } = await open(context);
  const { acme } = await add('acme-payroll');
  const { body: created } = await call(mock, 'POST', '/v1/groups', acme, { name: 'A' });
  const submit = (body: unknown) => call(mock, 'POST', `/v1/groups/${created.data.id}/members/sync`, acme, body);
  const { status, headers, body } = await submit({ members: Array(5001).fill({}) });
  expect([status, headers.get('x-mock-rule'), headers.has('retry-after')]).toEqual([400, 'SYNC-13', false]);
  expect(body.message).toBe('members: expected at most 5000 rows, got 5001 rows.');
  const large = await submit('x'.repeat(17 * 1024 * 1024));
  expect([large.status, large.body.app_error_code]).toEqual([400, 'body_too_large']);
});

test('what a tenant sends to the control plane and the console is bounded', async (context) => {
  const { mock, add } = await open(context);
  const { control } = await add('acme-payroll');
  const large = JSON.stringify('x'.repeat(17 * 1024 * 1024));
  const { status, body } = await call(mock, 'PUT', '/_mock/worlds/main/snapshot', control, large);
  expect([status, body.message]).toEqual([400, expect.stringContaining('16777216 bytes')]);
  const form = await fetch(`${mock.url}/_mock/`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token: large }),
  });
  expect([form.status, await form.text()]).toEqual([400, expect.stringContaining('16777216 bytes')]);
});

test('nothing is parsed that is larger than a tenant needs, and its connection stays open', async (context) => {
  const { mock, add } = await open(context);
  const { acme } = await add('small', { rows: 250 });
  const busy = await add('busy', { requests_per_minute: 1 });
  expect((await call(mock, 'GET', '/v1/plans', busy.acme)).status).toBe(200);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  let socket: unknown;
  const post = async (path: string, key: string, size: number, length: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...length };
    const sent = request(mock.url + path, { method: 'POST', agent, headers });
    sent.end('x'.repeat(size));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const { app_error_code } = JSON.parse(await text(response));
    socket ??= sent.socket;
    expect(sent.socket, path).toBe(socket);
    return [response.statusCode, app_error_code];
  };
  const sync = '/v1/groups/grp_0/members/sync';
  const guessed = `${acme.slice(0, -26)}${'a'.repeat(26)}`;
  for (const kind of ['measured', 'chunked']) {
    const send = (path: string, key: string, size: number) =>
      post(path, key, size, kind === 'measured' ? { 'content-length': size } : { 'transfer-encoding': 'chunked' });
    expect(await send('/v1/groups', guessed, 2_000_000), kind).toEqual([401, 'unauthorized']);
    expect(await send('/v1/groups', busy.acme, 2_000_000), kind).toEqual([429, 'quota_exceeded']);
    expect(await send('/v1/groups', acme, 300_000), kind).toEqual([400, 'body_too_large']);
    // 250 rows with every field at its limit have less than a megabyte.
    expect(await send(sync, acme, 1_000_000), kind).toEqual([429, 'quota_exceeded']);
    expect(await send(sync, acme, 800_000), kind).toEqual([404, 'group_not_found']);
  }
});

test('worlds that are created at once on several replicas stay within the quota', async (context) => {
  const { replicas, add, operate } = await open(context, 3);
  const { acme } = await add('small', { worlds: 3 });
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      call(replicas[index % 3] as Mock, 'GET', '/v1/groups', `${acme}.world-${index}`),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(3).fill(200), ...Array(9).fill(429)]);
  expect((await operate('GET', '/tenants/small')).body.use.worlds).toBe(3);
});

test('requests of all replicas count, those with control tokens and access tokens, too', async (context) => {
  const { database, mock, add, operate } = await open(context);
  const { acme, control } = await add('small', { requests_per_minute: 2 });
  const { acme: steady, control: ofSteady } = await add('steady');
  const first = await startMock({ database, port: 0, controlToken: operator, tenants: { secret } });
  const { body: token } = await call(first, 'POST', '/v1/auth/access-tokens', steady, {
    grant_type: 'client_credentials',
  });
  const requests = [
    ['/v1/plans', steady],
    ['/_mock/worlds', ofSteady],
    ['/v1/groups', token.access_token],
    ['/v1/plans', acme],
  ] as const;
  for (const [path, key] of requests) expect((await call(first, 'GET', path, key)).status, path).toBe(200);
  // A replica that ends shares what it has counted.
  await first.close();
  expect((await operate('GET', '/tenants/steady')).body.use.requests).toBe(4);
  for (const [path, key] of [
    ['/v1/plans', acme],
    ['/_mock/worlds', control],
  ] as const) {
    const refused = await call(mock, 'GET', path, key);
    expect(refused.status, refused.text).toBe(429);
    expect(refused.body.message).toContain('2 requests per minute');
    // Half a minute, without the tenth of a minute that it may be ahead.
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(24);
  }
});

test('a tenant whose quota of requests is changed begins with the new one', async (context) => {
  const { database, add, operate } = await open(context);
  const { host, pass } = machine(Date.now());
  const replica = await openReplica(database, { host });
  const { acme } = await add('growing', { requests_per_minute: 1 });
  const status = async () => (await call(replica, 'GET', '/v1/plans', acme)).status;
  expect([await status(), await status()]).toEqual([200, 429]);
  await operate('PATCH', '/tenants/growing', { quotas: { requests_per_minute: 600 } });
  pass(1000);
  expect(await status()).toBe(200);
});

test('a suspended tenant is refused by every replica, and a removed one leaves nothing', async (context) => {
  const { database, add, operate } = await open(context);
  const { host, pass } = machine(Date.now());
  const replicas = [await openReplica(database, { host }), await openReplica(database, { host })];
  const [{ acme, control }, other] = [await add('leaving'), await add('staying')];
  const statuses = (path: string, key: string) =>
    Promise.all(replicas.map(async (replica) => (await call(replica, 'GET', path, key)).status));
  expect(await statuses('/v1/groups', acme)).toEqual([200, 200]);
  expect(await statuses('/v1/groups', other.acme)).toEqual([200, 200]);

  expect((await operate('PATCH', '/tenants/leaving', { suspended: true })).body.suspended).toBe(true);
  pass(1000);
  expect(await statuses('/v1/groups', acme)).toEqual([403, 403]);
  expect(await statuses('/_mock/worlds', control)).toEqual([403, 403]);
  expect((await operate('GET', '/worlds/leaving%2Fmain')).status).toBe(200);
  await operate('PATCH', '/tenants/leaving', { suspended: false });
  pass(1000);
  expect(await statuses('/v1/groups', acme)).toEqual([200, 200]);

  expect((await operate('DELETE', '/tenants/leaving')).body).toMatchObject({ name: 'leaving', use: { worlds: 1 } });
  pass(1000);
  expect(await statuses('/v1/groups', acme)).toEqual([401, 401]);
  expect(await statuses('/_mock/worlds', control)).toEqual([401, 401]);
  expect(await statuses('/v1/groups', other.acme)).toEqual([200, 200]);
  const { body: worlds } = await operate('GET', '/worlds');
  expect(worlds.worlds.map(({ name }: Schemas['World']) => name)).toEqual(['staying/main']);
  const { body: tenants } = await operate('GET', '/tenants');
  expect(tenants).toMatchObject({ total: 1, tenants: [{ name: 'staying' }] });
  for (const [method, path, body] of [
    ['GET', '/tenants/leaving', undefined],
    ['PATCH', '/tenants/leaving', { suspended: true }],
    ['DELETE', '/tenants/leaving', undefined],
    ['POST', '/tenants/leaving/keys', undefined],
  ] as const)
    expect((await operate(method, path, body)).status, `${method} ${path}`).toBe(404);
  const again = await operate('POST', '/tenants', { name: 'leaving' });
  expect([again.status, again.body.app_error_code]).toEqual([409, 'tenant_exists']);
});

test('the secret can be changed without a gap', async (context) => {
  const { database, add } = await open(context);
  const { acme, control } = await add('acme-payroll');
  const next = 'a-secret-of-this-deployment-0002';
  const rotated = await openReplica(database, { tenants: { secret: next, previous: secret } });
  const { body: issued } = await call(rotated, 'POST', '/_mock/tenants/acme-payroll/keys', operator);
  const [{ key: newKey }] = issued.keys;
  expect(newKey).not.toBe(acme);
  for (const key of [acme, newKey]) expect((await call(rotated, 'GET', '/v1/groups', key)).status).toBe(200);
  const after = await openReplica(database, { tenants: { secret: next } });
  expect((await call(after, 'GET', '/v1/groups', newKey)).status).toBe(200);
  expect((await call(after, 'GET', '/_mock/worlds', issued.control_token)).status).toBe(200);
  expect((await call(after, 'GET', '/v1/groups', acme)).status).toBe(401);
  expect((await call(after, 'GET', '/_mock/worlds', control)).status).toBe(403);
});

test('a request to add or change a tenant says what was expected', async (context) => {
  const { add, operate } = await open(context);
  await add('acme-payroll');
  for (const [body, word] of [
    [{}, 'name'],
    [{ name: 'Acme' }, '1 to 40 lower-case letters'],
    [{ name: 'a'.repeat(41) }, '1 to 40 lower-case letters'],
    [{ name: 'a/b' }, '1 to 40 lower-case letters'],
    [{ name: 'b', quotas: { worlds: 0 } }, 'quotas.worlds'],
    [{ name: 'b', quotas: { rows: 5001 } }, 'quotas.rows'],
    [{ name: 'b', quotas: { people: 1 } }, 'people'],
  ] as const) {
    const { status, body: refused } = await operate('POST', '/tenants', body);
    expect(status, JSON.stringify(body)).toBe(400);
    expect(refused.message).toContain(word);
  }
  expect((await operate('PATCH', '/tenants/acme-payroll', { suspended: 'yes' })).status).toBe(400);
  expect((await operate('GET', '/tenants/Acme')).status).toBe(400);
  expect((await operate('POST', '/tenants', { name: 'acme-payroll' })).status).toBe(409);
  expect((await operate('GET', '/tenants?page=2&limit=1')).body).toEqual({ tenants: [], total: 1 });
});

test('every operation on tenants answers as the control contract describes', async (context) => {
  const { operate } = await open(context);
  const expectAnswer = (id: Parameters<typeof expectSuccess>[0], { status, body }: Answer) =>
    expectSuccess(id, status, body);
  expectAnswer('addTenant', await operate('POST', '/tenants', { name: 'a', quotas: { worlds: 3 } }));
  expectAnswer('listTenants', await operate('GET', '/tenants'));
  expectAnswer('readTenant', await operate('GET', '/tenants/a'));
  expectAnswer('changeTenant', await operate('PATCH', '/tenants/a', { quotas: { rows: 7 } }));
  expectAnswer('issueTenantKeys', await operate('POST', '/tenants/a/keys'));
  expectAnswer('removeTenant', await operate('DELETE', '/tenants/a'));
});

test('in the console a tenant signs in to its own worlds, and the operator adds and suspends tenants', async (context) => {
  const { mock, add } = await open(context);
  const [one, two] = [await add('one'), await add('two')];
  for (const key of [one.acme, `${two.acme}.theirs`]) await call(mock, 'GET', '/v1/groups', key);
  const browse = async (path: string, cookie: string, form?: Readonly<Record<string, string>>) => {
    const response = await fetch(`${mock.url}/_mock/${path}`, {
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const signIn = async (token: string) =>
    (await browse('', '', { token })).headers.get('set-cookie')?.split(';')[0] ?? '';
  expect((await browse('', '')).status).toBe(401);
  expect((await browse('', '', { token: one.control.replace('one', 'two') })).status).toBe(401);

  const tenant = await signIn(one.control);
  expect(tenant).not.toContain(one.control.slice(-26));
  const worlds = await browse('', tenant);
  expect(worlds.text).toContain('href="/_mock/console/worlds/main"');
  expect(worlds.text).not.toMatch(/theirs|console\/tenants/);
  expect((await browse('console/worlds/main/groups', tenant)).status).toBe(200);
  for (const path of [
    'theirs',
    'two%2Ftheirs',
    'two%2Fmain',
    'theirs/groups',
    'two%2Ftheirs/groups',
    'two%2Ftheirs/snapshot',
  ])
    expect((await browse(`console/worlds/${path}/groups`, tenant)).status, path).toBe(404);
  expect((await browse('console/worlds/two%2Ftheirs/events', tenant)).status).toBe(404);
  expect((await browse('console/tenants', tenant)).status).toBe(403);
  expect((await browse('console/tenants', tenant, { action: 'suspendTenant', name: 'two' })).status).toBe(403);
  const forged = tenant.replace('one_', 'two_');
  expect((await browse('', forged)).status).toBe(401);

  const owner = await signIn(operator);
  const all = await browse('', owner);
  expect(all.text).toContain('href="/_mock/console/worlds/two%2Ftheirs"');
  expect((await browse('console/worlds/two%2Ftheirs/groups', owner)).text).toContain('two/theirs');
  const added = await browse('console/tenants', owner, { action: 'addTenant', name: 'three' });
  expect(added.text).toMatch(/vit_apk_globex_three_[a-z2-7]{26}.*vit_ctl_three_/s);
  const suspended = await browse('console/tenants', owner, { action: 'suspendTenant', name: 'three' });
  expect(suspended.text).toContain('Suspended');
  expect(suspended.text).not.toContain('vit_ctl_');
  expect((await browse('console/tenants', owner, { action: 'addTenant', name: 'three' })).status).toBe(409);
});

test('worlds that nobody used for the time to live are removed, unless a sync is in flight', async (context) => {
  const { database, add, mock, operate } = await open(context);
  const { acme, control } = await add('acme-payroll');
  for (const world of ['idle', 'frozen', 'used']) {
    const key = `${acme}.${world}`;
    const { body } = await call(mock, 'POST', '/v1/groups', key, group);
    if (world !== 'frozen') continue;
    await call(mock, 'POST', '/_mock/worlds/frozen/clock/freeze', control);
    await call(mock, 'PATCH', '/_mock/worlds/frozen/settings', control, { sync_delay_ms: 60_000 });
    expect((await call(mock, 'POST', `/v1/groups/${body.data.id}/members/sync`, key, { members: [] })).status).toBe(
      202,
    );
  }
  const client = new Client(database);
  await client.connect();
  onTestFinished(() => client.end());
  const age = (...worlds: readonly string[]) =>
    client.query("UPDATE worlds SET used_at = now() - interval '31 days' WHERE name = ANY ($1)", [
      worlds.map((world) => `acme-payroll/${world}`),
    ]);
  const names = async () =>
    (await operate('GET', '/worlds')).body.worlds.map(({ name }: Schemas['World']) => name.split('/')[1]);
  const query: Query = async (sql, values) => (await client.query(sql, values as unknown[])).rows;
  const days = 24 * 60 * 60 * 1000;

  await age('idle', 'frozen', 'used');
  expect((await call(mock, 'POST', '/v1/groups', `${acme}.used`, { name: 'B' })).status).toBe(201);
  expect(await removeIdleWorlds(query, 32 * days)).toBe(0);
  expect(await removeIdleWorlds(query, 30 * days)).toBe(1);
  expect(await names()).toEqual(['frozen', 'used']);
  // Every replica notices, and the next use of the name creates another world.
  expect((await call(mock, 'GET', '/v1/groups', `${acme}.idle`)).body.data).toEqual([]);

  await call(mock, 'POST', '/_mock/worlds/frozen/clock/advance', control, { ms: 60_000 });
  // The use is noted a moment after the answer.
  const removeAged = async () => {
    await age('frozen');
    return removeIdleWorlds(query, 30 * days);
  };
  await expect.poll(removeAged).toBe(1);
  expect(await names()).toEqual(['idle', 'used']);
});
