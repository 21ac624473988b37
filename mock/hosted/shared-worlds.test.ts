import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type MockOptions, type Schemas, startMock } from '../index.ts';
import { acme, globex, row } from '../test-support/frozen-mock.ts';
import { machine } from '../test-support/machine.ts';
import { noPostgres, type Postgres, startPostgres } from '../test-support/postgres.ts';

let postgres: Postgres;
beforeAll(async () => {
  if (noPostgres === undefined) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const start = Date.parse('2026-01-15T10:30:00Z');

/** Replicas of a mock on one database, whose machines' time only `pass` moves. */
async function openReplicas(count: number, { url, ...options }: MockOptions & { readonly url?: string } = {}) {
  const database = url ?? (await postgres.createDatabase());
  const { host, pass } = machine(start);
  const replicas = await Promise.all(
    Array.from({ length: count }, () => startMock({ database, port: false, host, syncDelay: 1000, ...options })),
  );
  onTestFinished(() => void Promise.allSettled(replicas.map((replica) => replica.close())));
  let sent = 0;
  /** Sends a request to the replicas in turn, or to one of them. */
  const call = async (
    method: string,
    path: string,
    {
      body,
      key = acme,
      at = sent++ % count,
    }: { readonly body?: unknown; readonly key?: string; readonly at?: number } = {},
  ) => {
    const response = await replicas[at]?.fetch(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests look into the bodies
    return { status: response?.status, body: (await response?.json()) as any, headers: response?.headers };
  };
  return {
    database,
    replicas,
    call,
    /** Moves the time of all machines. */
    pass,
    async group(reference: string, key = acme): Promise<string> {
      const { body } = await call('POST', '/v1/groups', { body: { name: 'A', external_reference_id: reference }, key });
      return body.data.id;
    },
  };
}

describe.skipIf(noPostgres)('worlds in a database', () => {
  test('every replica sees at once what another has answered', async () => {
    const { call } = await openReplicas(3);
    for (let number = 0; number < 12; number += 1) {
      const created = await call('POST', '/v1/groups', { body: { name: 'A', external_reference_id: `g${number}` } });
      const seen = await call('GET', `/v1/groups/${created.body.data.id}`);
      expect(seen.body).toEqual(created.body);
      expect((await call('GET', '/v1/groups')).body.pagination.total).toBe(number + 1);
    }
  });

  test('of requests that race on several replicas for one reference, one creates the group', async () => {
    const { call } = await openReplicas(3);
    const race = Array.from({ length: 30 }, () =>
      call('POST', '/v1/groups', { body: { name: 'A', external_reference_id: 'same' } }),
    );
    const statuses = (await Promise.all(race)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(29);
  });

  test('requests to one world that come together share a version only if they take little time', async () => {
    const { database, call, group } = await openReplicas(1);
    await group('first');
    const client = new Client(database);
    await client.connect();
    onTestFinished(() => client.end());
    const version = async () => Number((await client.query('SELECT version FROM worlds')).rows[0].version);
    /** How many versions ten creates make, and their statuses. */
    const together = async (name: string): Promise<[number, (number | undefined)[]]> => {
      const before = await version();
      const body = (n: number) => ({ name: 'A', external_reference_id: `${name}-${n}` });
      const answers = Array.from({ length: 10 }, (_, n) => call('POST', '/v1/groups', { body: body(n) }));
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      return [(await version()) - before, statuses];
    };
    const created = Array(10).fill(201);
    const [few, quickly] = await together('quick');
    expect(quickly).toEqual(created);
    expect(few).toBeLessThan(10);
    let now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    onTestFinished(() => clock.mockRestore());
    expect(await together('slow')).toEqual([10, created]);
  });

  test('rosters that race are applied once each, in the order accepted', async () => {
    const { call, group, pass } = await openReplicas(3);
    const id = await group('one');
    const submit = (name: string) => call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row(name)] } });
    const accepted = await Promise.all(['Ada', 'Bob', 'Cyd', 'Dan', 'Eve', 'Fay'].map(submit));
    pass(1000);
    const results = await Promise.all(
      accepted.map(({ body }) => call('GET', `/v1/groups/${id}/members/sync/${body.data.request_id}`)),
    );
    const counts = results.map(({ body }) => [
      body.data.results.added_group_member_ids.length,
      body.data.results.removed_group_member_ids.length,
    ]);
    // The first adds its member, each other one replaces the member before; which one is first is open.
    expect(counts.map(([added]) => added)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(counts.reduce((sum, [, removed]) => sum + (removed as number), 0)).toBe(5);
    const roster = await call('GET', `/_mock/worlds/main/groups/${id}/roster`);
    expect(roster.body.members.filter(({ state }: { state: string }) => state === 'active')).toHaveLength(1);
  });

  test('a due sync is completed by the timer of the replica that accepted it', async () => {
    const { call, group, pass } = await openReplicas(2);
    const id = await group('one');
    await call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row('Ada')] }, at: 0 });
    pass(1000);
    await expect
      .poll(async () => (await call('GET', '/_mock/worlds/main/journal', { at: 1 })).body.completions)
      .toHaveLength(1);
  });

  test('a sync of a replica that is gone is completed by another one, without any request', async () => {
    const { call, group, pass, database } = await openReplicas(2);
    const id = await group('one');
    await call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row('Ada')] } });
    // No timer fires, as if each replica that has one were gone.
    pass(2000, { withoutTimers: true });
    const { Client } = await import('pg');
    const client = new Client({ connectionString: database });
    await client.connect();
    onTestFinished(() => client.end());
    const dueAt = async () => (await client.query('SELECT due_at FROM worlds')).rows[0].due_at;
    await expect.poll(dueAt).toBeNull();
  });

  test('a frozen world waits, and advancing it completes what is due before the answer, on any replica', async () => {
    const { call, group, pass } = await openReplicas(2);
    const id = await group('one');
    await call('POST', '/_mock/worlds/main/clock/freeze');
    const { body } = await call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row('Ada')] } });
    const read = async () => (await call('GET', `/v1/groups/${id}/members/sync/${body.data.request_id}`)).body.data;
    pass(60_000);
    expect((await read()).completed_at).toBeNull();
    await call('POST', '/_mock/worlds/main/clock/advance', { body: { ms: 1000 } });
    expect((await read()).completed_at).toBe('2026-01-15T10:30:01.000Z');
  });

  test('faults happen as often as they should, whichever replica is asked', async () => {
    const { call } = await openReplicas(3);
    await call('POST', '/_mock/worlds/main/faults', { body: { status: 503, times: 4 } });
    const statuses = (await Promise.all(Array.from({ length: 12 }, () => call('GET', '/v1/plans')))).map(
      (a) => a.status,
    );
    expect(statuses.filter((status) => status === 503)).toHaveLength(4);
    expect((await call('GET', '/_mock/worlds/main/faults')).body.faults).toEqual([]);
  });

  test('forced outcomes, settings and polls are shared', async () => {
    const { call, group } = await openReplicas(3, { syncPolls: 3, syncDelay: undefined as never });
    const id = await group('one');
    await call('POST', '/_mock/worlds/main/rejections', {
      body: { reference_id: row('Ada').reference_id, reason: 'No.' },
    });
    const { body } = await call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row('Ada')] } });
    const poll = async () => (await call('GET', `/v1/groups/${id}/members/sync/${body.data.request_id}`)).body.data;
    expect([(await poll()).results, (await poll()).results]).toEqual([null, null]);
    await poll();
    expect((await poll()).results.failures).toMatchObject([{ reason: 'No.' }]);
    await call('PATCH', '/_mock/worlds/main/settings', { body: { quirks: { 'create-status': '200' } } });
    const created = await Promise.all(
      [1, 2, 3].map((n) => call('POST', '/v1/groups', { body: { name: 'B', external_reference_id: `b${n}` } })),
    );
    expect(created.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('worlds are isolated, listed in pages, dropped and created again', async () => {
    const { call, group } = await openReplicas(2);
    await group('here', `${acme}.one`);
    await group('here', `${acme}.two`);
    const list = async (query = '') => (await call('GET', `/_mock/worlds${query}`)).body as Schemas['WorldList'];
    expect((await list()).worlds.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(await list('?limit=1&page=2')).toMatchObject({ total: 2, worlds: [{ name: 'two' }] });
    expect((await call('DELETE', '/_mock/worlds/one')).body.total).toBe(1);
    expect((await call('GET', '/_mock/worlds/one', { at: 0 })).status).toBe(404);
    expect((await call('GET', '/_mock/worlds/one', { at: 1 })).status).toBe(404);
    for (const at of [0, 1])
      expect((await call('GET', '/v1/groups', { key: `${acme}.one`, at })).body.pagination.total).toBe(0);
    expect((await call('GET', '/v1/groups', { key: `${globex}.two` })).body.data).toEqual([]);
  });

  test('a token that one replica has issued is valid at another', async () => {
    const { call } = await openReplicas(2);
    const { body } = await call('POST', '/v1/auth/access-tokens', { body: {}, key: `${acme}.mine`, at: 0 });
    expect((await call('GET', '/v1/groups', { key: body.access_token, at: 1 })).status).toBe(200);
    expect((await call('GET', '/v1/groups', { key: `${body.access_token}x`, at: 1 })).status).toBe(401);
  });

  test('the journal has the entries of every replica, with their bodies, a moment later', async () => {
    const { call, group } = await openReplicas(2);
    await group('one');
    await group('two');
    expect((await call('POST', '/v1/groups', { body: {} })).status).toBe(400);
    const statuses = async () => {
      const { exchanges } = (await call('GET', '/_mock/worlds/main/journal')).body as Schemas['Journal'];
      return exchanges.map(({ status }) => status).toSorted();
    };
    await expect.poll(statuses).toEqual([201, 201, 400]);
    const { requests } = (await call('GET', '/_mock/worlds/main/requests')).body as Schemas['RequestList'];
    const references = requests.map(({ body }) => (body as { external_reference_id?: string }).external_reference_id);
    expect(references.toSorted()).toEqual(['one', 'two', undefined]);
    await call('DELETE', '/_mock/worlds/main/journal', { at: 0 });
    const emptied = { exchanges: [], completions: [], forgotten: 0 };
    await expect.poll(async () => (await call('GET', '/_mock/worlds/main/journal', { at: 1 })).body).toEqual(emptied);
  });

  test('a reset on one replica is seen on the others', async () => {
    const { call, group } = await openReplicas(2);
    await group('one');
    const journal = async (at: number) => (await call('GET', '/_mock/worlds/main/journal', { at })).body;
    await expect.poll(async () => (await journal(0)).exchanges).toHaveLength(1);
    expect((await call('POST', '/_mock/worlds/main/reset', { at: 0 })).status).toBe(200);
    expect((await call('GET', '/v1/groups', { at: 1 })).body.pagination.total).toBe(0);
    await expect.poll(async () => (await journal(1)).forgotten).toBe(1);
  });

  test('a world survives the end of all replicas', async () => {
    const first = await openReplicas(1);
    const id = await first.group('one');
    const { body } = await first.call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row('Ada')] } });
    await first.replicas[0]?.close();
    const second = await openReplicas(1, { url: first.database });
    second.pass(1000, { withoutTimers: true });
    const sync = await second.call('GET', `/v1/groups/${id}/members/sync/${body.data.request_id}`);
    expect(sync.body.data.results.added_group_member_ids).toHaveLength(1);
  });

  test('changes are folded, and a replica that was away catches up', async () => {
    const { call, replicas, database } = await openReplicas(2);
    await call('GET', '/v1/groups', { at: 1 });
    for (let number = 0; number < 560; number += 1)
      await call('POST', '/v1/groups', { body: { name: 'A'.repeat(100), external_reference_id: `g${number}` }, at: 0 });
    expect((await call('GET', '/v1/groups', { at: 1 })).body.pagination.total).toBe(560);
    const late = await openReplicas(1, { url: database });
    expect((await late.call('GET', '/v1/groups')).body.pagination.total).toBe(560);
    const { Client } = await import('pg');
    const client = new Client({ connectionString: database });
    await client.connect();
    onTestFinished(() => client.end());
    const { rows } = await client.query('SELECT count(*)::int AS changes FROM changes');
    expect(rows[0].changes).toBeLessThan(200);
    expect(replicas).toHaveLength(2);
  });

  test('texts with NUL and any other character come back as they were sent', async () => {
    const { call } = await openReplicas(2);
    const name = 'a\u0000b\u2028😀é';
    const { body } = await call('POST', '/v1/groups', { body: { name, external_reference_id: 'n\u0000' }, at: 0 });
    expect((await call('GET', `/v1/groups/${body.data.id}`, { at: 1 })).body.data).toMatchObject({
      name,
      external_reference_id: 'n\u0000',
    });
    const requests = async () => (await call('GET', '/_mock/worlds/main/requests')).body.requests;
    await expect.poll(requests).toMatchObject([{ body: { name } }, {}]);
  });

  test('while the database is away, requests get a 503 that says when to come back, and afterwards all is there', async () => {
    const own = await startPostgres();
    onTestFinished(() => own.stop());
    const { call, group, replicas } = await openReplicas(2, { url: await own.createDatabase() });
    const id = await group('one');
    await own.shutDown();
    for (const sent of [
      call('GET', `/v1/groups/${id}`),
      call('POST', '/v1/groups', { body: { name: 'A', external_reference_id: 'lost' } }),
    ]) {
      const { status, headers, body } = await sent;
      expect([status, headers?.get('retry-after'), body.app_error_code]).toEqual([503, '1', 'database_unavailable']);
    }
    const ready = await replicas[0]?.fetch('/_mock/health/ready');
    expect([ready?.status, await ready?.json()]).toMatchObject([503, { reason: 'database_unreachable' }]);
    await own.start();
    await expect.poll(async () => (await call('GET', `/v1/groups/${id}`)).status).toBe(200);
    expect((await call('GET', '/v1/groups')).body.pagination.total).toBe(1);
    expect((await replicas[0]?.fetch('/_mock/health/ready'))?.status).toBe(200);
  });

  test('a request that comes while a replica closes is answered', async () => {
    const { call, group, replicas } = await openReplicas(1);
    await group('one');
    const closing = replicas[0]?.close();
    await setImmediate();
    const statuses = Promise.all([call('GET', '/v1/groups'), call('GET', '/v1/groups', { key: globex })]);
    await closing;
    for (const { status } of await statuses) expect([200, 503]).toContain(status);
  });

  test('a list shows worlds that are asleep without opening them, and one that was changed since as it is now', async () => {
    const first = await openReplicas(1);
    await first.group('one', `${acme}.awake`);
    await first.group('two', `${acme}.asleep`);
    await first.call('POST', '/_mock/worlds/asleep/clock/freeze', { body: { at: '2030-01-01T00:00:00Z' } });
    await first.call('POST', '/_mock/worlds/awake/clock/advance', { body: { ms: 60_000 } });
    const listed = (await first.call('GET', '/_mock/worlds')).body;
    expect(listed.worlds.map(({ name }: { name: string }) => name)).toEqual(['asleep', 'awake']);
    // A replica notes the use of worlds when it ends.
    await first.replicas[0]?.close();

    const { call, group } = await openReplicas(1, { url: first.database });
    await group('three', `${acme}.awake`);
    const { Client } = await import('pg');
    const client = new Client({ connectionString: first.database });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query("UPDATE snapshots SET content = 'cannot be opened'");
    listed.worlds[1].organizations[0].groups += 1;
    expect((await call('GET', '/_mock/worlds')).body).toEqual(listed);
  });

  test('a seed or fault that no world can begin with is refused at the start', async () => {
    const seed = { organizations: [{ slug: 'acme', plans: ['A'], groups: [{ name: 'B', members: [row('Ada')] }] }] };
    await expect(openReplicas(1, { seed })).rejects.toThrow('plan');
    await expect(openReplicas(1, { faults: [{ operations: ['createGroup'] }] })).rejects.toThrow('"status"');
  });

  test('what only one process can have is refused', async () => {
    const database = await postgres.createDatabase();
    await expect(startMock({ database, data: '/tmp/x', port: false })).rejects.toThrow('"database" or "data"');
    await expect(startMock({ database: 'mysql://x', port: false })).rejects.toThrow('postgres://');
    const nowhere = startMock({ database: 'postgres://localhost:1/none', port: false });
    await expect(nowhere).rejects.toThrow('cannot use the database localhost:1/none');
    const { replicas } = await openReplicas(1);
    expect(() => replicas[0]?.control()).toThrow('over HTTP');
  });
});
