import { expect, onTestFinished, test } from 'vitest';
import { type MockOptions, startMock } from '../index.ts';
import { acmePlan, row, stoppedHost } from '../test-support/frozen-mock.ts';

async function open(options: MockOptions = {}) {
  const mock = await startMock({ port: false, host: stoppedHost, ...options });
  onTestFinished(() => mock.close());
  const call = async (method: string, path: string, body?: unknown, key = 'vit_apk_acme') => {
    const response = await mock.fetch(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the tests name what they expect
    return (await response.json()) as any;
  };
  const group = async (name = 'A group', key?: string): Promise<string> =>
    (await call('POST', '/v1/groups', { name }, key)).data.id;
  const submit = async (id: string, members: unknown, key?: string): Promise<string> =>
    (await call('POST', `/v1/groups/${id}/members/sync`, { members }, key)).data.request_id;
  const results = async (id: string, request: string) =>
    (await call('GET', `/v1/groups/${id}/members/sync/${request}`)).data.results;
  return { mock, call, group, submit, results };
}

test('a held sync does not complete, and later syncs of its group wait for it', async () => {
  const { mock, group, submit, results } = await open();
  const control = mock.control();
  const [one, other] = [await group('one'), await group('other')];
  const first = await submit(one, [row('ada')]);
  const second = await submit(one, [row('bea')]);
  const elsewhere = await submit(other, [row('cy')]);
  expect(control.stallSync(first).progress).toBe('stalled');
  control.advanceClock({ ms: 86_400_000 });
  expect(await results(one, first)).toBeNull();
  expect(await results(one, second)).toBeNull();
  expect(await results(other, elsewhere)).not.toBeNull();
  expect(control.listSyncs().syncs.map(({ progress }) => progress)).toEqual(['completed', 'ready', 'stalled']);

  expect(control.unstallSync(first)).toMatchObject({ progress: 'completed' });
  expect((await results(one, second)).added_group_member_ids).toHaveLength(1);
});

test('a sync completes on request, after earlier syncs of its group, and only once', async () => {
  const { mock, group, submit } = await open({ progress: { after: 'manual' } });
  const control = mock.control();
  const id = await group();
  const [first, second] = [await submit(id, [row('ada')]), await submit(id, [])];
  expect(control.completeSync(second).progress).toBe('ready');
  expect(control.completeSync(first).results?.added_group_member_ids).toHaveLength(1);
  expect(control.listSyncs().syncs.map(({ progress }) => progress)).toEqual(['completed', 'completed']);
  expect(() => control.completeSync(first)).toThrow(/was already completed at /);
  expect(() => control.stallSync('grpmsr_nothing')).toThrow(/There is no sync request "grpmsr_nothing"/);
});

test('a rejected row fails once, the other rows apply, and a member whose removal is rejected stays', async () => {
  const { mock, group, submit, results } = await open({ progress: { after: 'delay', ms: 0 } });
  const control = mock.control();
  const id = await group();
  const run = async (...names: string[]) => {
    const request = await submit(
      id,
      names.map((name) => row(name)),
    );
    control.advanceClock({ ms: 0 });
    return results(id, request);
  };
  control.addRejection({ reference_id: 'ada', reason: 'Not today.' });
  const first = await run('ada', 'bea');
  expect(first.failures).toEqual([{ reference_id: 'ada', operation: 'add', reason: 'Not today.' }]);
  expect(first.added_group_member_ids).toHaveLength(1);
  expect((await run('ada', 'bea')).failures).toEqual([]);

  control.addRejection({ reference_id: 'bea', operation: 'remove', reason: 'Locked.', times: 2 });
  expect(await run('ada')).toMatchObject({ removed_group_member_ids: [], failures: [{ operation: 'remove' }] });
  expect(control.listRejections().rejections).toMatchObject([{ reference_id: 'bea', times: 1 }]);
  expect(control.clearRejections().rejections).toEqual([]);
  expect((await run('ada')).removed_group_member_ids).toHaveLength(1);
});

test('a roster shows every state of the lifecycle and the history of each member', async () => {
  const { mock, group, submit } = await open({ progress: { after: 'manual' } });
  const control = mock.control();
  const id = await group();
  const run = async (...members: unknown[]) => control.completeSync(await submit(id, members));
  await run(row('ada'), row('bea'));
  await run(row('ada'), row('cy', { plan_id: 'pln_none' }), row('dee', { email: 'blocked.dee@example.com' }));
  await run(
    row('ada'),
    row('bea'),
    row('cy', { plan_id: 'pln_none' }),
    row('dee', { email: 'blocked.dee@example.com' }),
  );
  await run(row('ada'));
  await submit(id, [row('ada'), row('eve')]);
  const { group: summary, members } = control.readRoster(id);
  expect(summary).toMatchObject({ id, organization: 'acme', active_members: 1 });
  expect(Object.fromEntries(members.map(({ reference_id, state }) => [reference_id, state]))).toEqual({
    ada: 'active',
    bea: 'removed',
    cy: 'failed',
    dee: 'blocked',
    eve: 'provisioning',
  });
  const bea = members.find(({ reference_id }) => reference_id === 'bea');
  expect(bea?.subscriptions).toHaveLength(2);
  expect(bea?.subscriptions[0]).toMatchObject({ plan_id: acmePlan, ended_at: expect.any(String) });
  expect(control.listPeople({ limit: 1, page: 2 }).people).toMatchObject([{ details: { first_name: 'bea' } }]);
  expect(() => control.readRoster('grp_none')).toThrow(/There is no group "grp_none" in world main/);
});

test('a person with an outside subscription is blocked until it ends', async () => {
  const { mock, group, submit, results } = await open({ progress: { after: 'manual' } });
  const control = mock.control();
  const { first_name, last_name, date_of_birth, email } = row('ada');
  control.seedWorld({ outside_subscriptions: [{ first_name, last_name, date_of_birth, email: email as string }] });
  const id = await group();
  const run = async () => {
    const request = await submit(id, [row('ada')]);
    control.completeSync(request);
    return results(id, request);
  };
  expect((await run()).failures).toMatchObject([{ reference_id: 'ada', operation: 'add' }]);
  const [person] = control.listPeople().people;
  control.unsubscribePerson(person?.person as number);
  expect((await run()).added_group_member_ids).toHaveLength(1);
  expect(control.describeWorld().organizations.map(({ slug }) => slug)).toEqual(['acme', 'globex']);
  expect(control.listGroups().groups).toHaveLength(1);
});

test('a snapshot restores everything, including syncs in flight and the frozen clock', async () => {
  const { mock, group, submit, results } = await open();
  const control = mock.control();
  control.freezeClock({ at: '2026-02-01T00:00:00Z' });
  const id = await group();
  const request = await submit(id, [row('ada')]);
  const snapshot = JSON.parse(JSON.stringify(control.exportSnapshot()));
  control.advanceClock({ ms: 1000 });
  const before = await results(id, request);
  mock.reset();
  expect(control.listGroups().groups).toEqual([]);
  expect(control.readClock().frozen).toBe(false);

  const other = mock.control('copy');
  for (const world of [control, other]) {
    world.importSnapshot(snapshot);
    expect(world.readClock()).toEqual({ now: '2026-02-01T00:00:00.000Z', frozen: true });
    expect(world.describeWorld().organizations.map(({ groups }) => groups)).toEqual([1, 0]);
    world.advanceClock({ ms: 1000 });
  }
  expect((await results(id, request)).added_group_member_ids).toHaveLength(before.added_group_member_ids.length);
  expect(other.listSyncs().syncs).toMatchObject([{ request_id: request, progress: 'completed' }]);
});

test('a snapshot that is not valid, or of a newer kit, changes nothing and is refused with its fault', async () => {
  const { mock, group } = await open();
  const control = mock.control();
  await group();
  const { format, tables } = control.exportSnapshot();
  const bad = { ...tables, plans: [{ ...tables.plans?.[0], organization_id: 'org_none' }] };
  expect(() => control.importSnapshot({ format, tables: bad as never })).toThrow(/^tables\.plans\[0\]: .*FOREIGN KEY/);
  expect(() => control.importSnapshot({ format, tables: { plans: [{ price: 1 }] } })).toThrow(/no column "price"/);
  expect(() => control.importSnapshot({ format: 99, tables })).toThrow(/expected at most 1, got 99/);
  expect(control.listGroups().groups).toHaveLength(1);
});

test('reset empties one world or all, and references to a world stay valid', async () => {
  const { mock, group } = await open();
  await group('main');
  await group('other', 'vit_apk_acme.other');
  mock.clock().freeze();
  mock.reset('main');
  expect(mock.clock().frozen).toBe(false);
  expect(mock.control().listGroups().groups).toEqual([]);
  expect(mock.control('other').listGroups().groups).toHaveLength(1);
  mock.reset();
  expect(mock.control('other').listGroups().groups).toEqual([]);
  expect(
    mock
      .control('other')
      .dropWorld()
      .worlds.map(({ name }) => name),
  ).toEqual(['main']);
});

test('a world can be reset to another seed, and an invalid seed leaves it unchanged', async () => {
  const { mock, call } = await open();
  const control = mock.control('initech');
  const seed = {
    organizations: [
      {
        slug: 'initech',
        plans: ['Basic'],
        groups: [{ name: 'Austin', external_reference_id: 'tx', members: [row('ada', { plan_id: 'Basic' })] }],
      },
    ],
  };
  expect(control.resetWorld(seed).organizations).toMatchObject([
    { slug: 'initech', groups: 1, key: 'vit_apk_initech.initech' },
  ]);
  const listed = await call('GET', '/v1/groups?external_reference_id=tx', undefined, 'vit_apk_initech.initech');
  expect(control.readRoster(listed.data[0].id).members).toMatchObject([{ reference_id: 'ada', state: 'active' }]);
  expect(() => control.seedWorld(seed)).toThrow(/^organizations\[0\]\.groups\[0\]: the group "tx" already exists/);
  const twice = { organizations: [{ slug: 'x', groups: [{ name: 'x', members: [row('ada'), row('ada')] }] }] };
  expect(() => control.resetWorld(twice)).toThrow(/groups\[0\]\.members: members\[1\]\.reference_id/);
  expect(control.listGroups().groups).toHaveLength(1);
});

test('reading creates no world, and an invalid name is refused', async () => {
  const { mock } = await open();
  expect(() => mock.control('ghost').describeWorld()).toThrow(/There is no world "ghost"/);
  expect(() => mock.control('no spaces').advanceClock({ ms: 1 })).toThrow(
    /^world: expected .*letters, digits.* got "no spaces"/,
  );
  expect(mock.worlds().worlds.map(({ name }) => name)).toEqual(['main']);
});

test('the clock freezes at any instant, and syncs that are due by then complete', async () => {
  const { mock, group, submit, results } = await open();
  const control = mock.control();
  const id = await group();
  const request = await submit(id, [row('ada')]);
  expect(control.freezeClock({ at: '2020-02-29T00:00:00Z' })).toEqual({
    now: '2020-02-29T00:00:00.000Z',
    frozen: true,
  });
  expect(await results(id, request)).toBeNull();
  control.freezeClock({ at: '2026-01-15T10:30:00.500Z' });
  expect(await results(id, request)).not.toBeNull();
  expect(control.freezeClock().now).toBe('2026-01-15T10:30:00.500Z');
});

test('an instant that no timestamp can represent is refused, and the clock stays as it was', async () => {
  const { mock } = await open();
  const control = mock.control();
  expect(() => control.freezeClock({ at: '2026-12-31T23:59:60Z' })).toThrow(/^at: expected an instant from the year 0/);
  expect(control.readClock().frozen).toBe(false);
  expect(() => control.advanceClock({ ms: -1 })).toThrow('ms: expected at least 0, got -1.');
  for (let century = 0; century < 79; century++) control.advanceClock({ ms: 3_155_760_000_000 });
  expect(() => control.advanceClock({ ms: 3_155_760_000_000 })).toThrow(/^ms: expected .* to the end of 9999/);
  expect(control.readClock().now).toMatch(/^99\d\d-/);
});

test('arguments that break their type are refused with what was expected', async () => {
  const { mock } = await open();
  const control = mock.control();
  expect(() => control.addFault({ status: 200 })).toThrow('status: expected at least 400, got 200.');
  expect(() => control.addRejection({ reference_id: 'ada' } as never)).toThrow('expected the field "reason", got none');
  expect(() => control.seedWorld({ organisations: [] } as never)).toThrow(/"organisations"/);
  expect(() => control.importSnapshot({ format: 1, tables: { plan: [] } })).toThrow(
    /^tables\.plan: there is no such table/,
  );
});
