import { describe, expect, test } from 'vitest';
import {
  acmePlan,
  expectRefusal,
  globex,
  globexPlan,
  openMock,
  row,
  unknownGroup,
  unknownRequest,
} from '../test-support/frozen-mock.ts';

describe('submit', () => {
  test('answers 202 with a receipt; retrieval shows it in flight until it is due, then with results (SYNC-1 to SYNC-5)', async () => {
    const { call, group, mock } = await openMock();
    const id = await group();
    const path = `/v1/groups/${id}/members/sync`;
    const submitted = await call('POST', path, { body: { members: [row('ann')] } });
    expect(submitted.status).toBe(202);
    const receipt = submitted.body.data;
    expect(receipt).toMatchObject({ group_id: id, accepted_at: '2026-01-15T10:30:00.000Z' });

    const retrieve = async () => (await call('GET', `${path}/${receipt.request_id}`)).body.data;
    mock.clock().advance(999);
    expect(await retrieve()).toEqual({ ...receipt, completed_at: null, results: null });
    mock.clock().advance(1);
    const completed = await retrieve();
    expect(completed).toMatchObject({ ...receipt, completed_at: '2026-01-15T10:30:01.000Z' });
    expect(completed.results).toMatchObject({ removed_group_member_ids: [], failures: [] });
    expect(completed.results.added_group_member_ids).toHaveLength(1);

    await call('POST', path, { body: { members: [] } });
    mock.clock().advance(60_000);
    expect(await retrieve()).toEqual(completed); // SYNC-6
  });

  test('gives every submission a new id, even for the same roster (ID-5)', async () => {
    const { call, group } = await openMock();
    const path = `/v1/groups/${await group()}/members/sync`;
    const submit = async () => (await call('POST', path, { body: { members: [] } })).body.data.request_id;
    expect(await submit()).not.toBe(await submit());
  });

  test('never touches a group, and update never touches its members (GRP-8, LIFE-8)', async () => {
    const { call, group, sync } = await openMock();
    const [one, two] = [await group('One'), await group('Two')];
    await sync(one, [row('ann')]);
    const before = (await call('GET', `/v1/groups/${one}`)).body;
    await sync(two, [row('bob')]);
    await call('PATCH', `/v1/groups/${one}`, { body: { name: 'One', members: [] } });
    expect((await call('GET', `/v1/groups/${one}`)).body).toEqual(before);
    expect(await sync(one, [row('ann')])).toEqual({ added: [], removed: [], failed: [], reasons: [] });
  });
});

describe('the roster', () => {
  test('is replaced by one sync, which adds, removes and keeps members (LIFE-1 to LIFE-5, SYNC-9, SYNC-17)', async () => {
    const { group, sync } = await openMock();
    const id = await group();
    const [ann, bob, cyd] = [row('ann'), row('bob'), row('cyd')];
    const { added: first } = await sync(id, [ann, bob]);
    expect(first).toHaveLength(2);
    const second = await sync(id, [bob, cyd]);
    expect(second.removed).toEqual([first[0]]);
    expect(second.added).toHaveLength(1);
    expect(await sync(id, [bob, cyd])).toEqual({ added: [], removed: [], failed: [], reasons: [] });
    expect((await sync(id, [])).removed).toEqual([first[1], second.added[0]]);
    expect((await sync(id, [ann])).added).toEqual([first[0]]); // §8.13
  });

  test('is in the end that of the last accepted sync, even if two are in flight (§8.11, SYNC-19)', async () => {
    const { call, group, mock, sync } = await openMock();
    const id = await group();
    const path = `/v1/groups/${id}/members/sync`;
    for (const members of [[row('ann')], [row('bob')]]) await call('POST', path, { body: { members } });
    mock.clock().advance(1000);
    expect(await sync(id, [row('bob')])).toEqual({ added: [], removed: [], failed: [], reasons: [] });
  });

  test('does not accept a person who is active under another organization until that ends (LIFE-9, LIFE-12)', async () => {
    const { group, sync } = await openMock();
    const [mine, theirs] = [await group(), await group('Theirs', globex)];
    const foreign = row('ann', { plan_id: globexPlan });
    await sync(theirs, [foreign], globex);
    const results = await sync(mine, [row('ann', { email: 'ANN@example.com' }), row('bob')]);
    expect(results).toMatchObject({ failed: ['ann'], reasons: [expect.stringContaining('another organization')] });
    expect(results.added).toHaveLength(1);
    expect(await sync(theirs, [foreign], globex)).toEqual({ added: [], removed: [], failed: [], reasons: [] });
    await sync(theirs, [], globex);
    expect(await sync(mine, [row('ann'), row('bob')])).toMatchObject({ added: [expect.any(String)], failed: [] });
  });

  test('may contain a plan of another organization: that row fails and the others apply (SYNC-15, LIFE-10)', async () => {
    const { group, sync } = await openMock();
    const results = await sync(await group(), [row('ann', { plan_id: globexPlan }), row('bob', { plan_id: acmePlan })]);
    expect(results).toMatchObject({ failed: ['ann'], reasons: [expect.stringContaining(globexPlan)] });
    expect(results.added).toHaveLength(1);
  });

  test('may have 5,000 rows, and all are added (SYNC-13)', async () => {
    const { group, sync } = await openMock();
    const rows = Array.from({ length: 5000 }, (_, index) => row(`p${index}`));
    expect((await sync(await group(), rows)).added).toHaveLength(5000);
  });
});

describe('retrieve', () => {
  test('is a 404 for a request that is unknown, malformed, or of another group or organization (SYNC-14, AUTH-3)', async () => {
    const { call, group } = await openMock();
    const [one, two] = [await group('One'), await group('Two')];
    const { body } = await call('POST', `/v1/groups/${one}/members/sync`, { body: { members: [] } });
    const id = body.data.request_id;
    for (const other of [unknownRequest, 'x', `${id}x`])
      expectRefusal(await call('GET', `/v1/groups/${one}/members/sync/${other}`), 404, 'SYNC-14', 'There is no sync');
    expectRefusal(await call('GET', `/v1/groups/${two}/members/sync/${id}`), 404, 'SYNC-14', id, two);
    expectRefusal(await call('GET', `/v1/groups/${unknownGroup}/members/sync/${id}`), 404, 'ERR-5', unknownGroup);
    expectRefusal(await call('GET', `/v1/groups/${one}/members/sync/${id}`, { key: globex }), 404, 'ERR-5');
  });

  test('counts toward completion by retrievals only if it succeeds', async () => {
    const { call, group } = await openMock({ progress: { after: 'polls', count: 2 } });
    const [one, two] = [await group('One'), await group('Two')];
    const { body } = await call('POST', `/v1/groups/${one}/members/sync`, { body: { members: [] } });
    const path = `/v1/groups/${one}/members/sync/${body.data.request_id}`;
    const refused = [
      () => call('GET', path, { key: null }),
      () => call('GET', path, { key: globex }),
      () => call('GET', path.replace(one, two)),
    ];
    const retrieve = async () => {
      for (const each of refused) expect((await each()).status).toBeGreaterThanOrEqual(400);
      return (await call('GET', path)).body.data.completed_at;
    };
    expect([await retrieve(), await retrieve()]).toEqual([null, null]);
    expect(await retrieve()).not.toBeNull();
  });

  test('never completes a sync under manual completion', async () => {
    const { call, group, mock } = await openMock({ progress: { after: 'manual' } });
    const path = `/v1/groups/${await group()}/members/sync`;
    const { body } = await call('POST', path, { body: { members: [] } });
    mock.clock().advance(86_400_000);
    for (let poll = 0; poll < 3; poll++)
      expect((await call('GET', `${path}/${body.data.request_id}`)).body.data.results).toBeNull();
  });
});
