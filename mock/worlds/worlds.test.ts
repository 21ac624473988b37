import { describe, expect, test } from 'vitest';
import {
  acme,
  expectRefusal,
  type FrozenMock,
  globex,
  globexPlan,
  openMock,
  row,
} from '../test-support/frozen-mock.ts';

const total = async ({ call }: FrozenMock, key: string): Promise<number> =>
  (await call('GET', '/v1/groups', { key })).body.pagination.total;

describe('a world', () => {
  test('is named after the dot in a key, and its groups are not visible in other worlds', async () => {
    const mock = await openMock();
    const id = await mock.group('Of main');
    await mock.group('Of pr-1', `${acme}.pr-1`);
    await mock.group('Of pr-1, too', `${acme}.pr-1`);
    expect(await total(mock, acme)).toBe(1);
    expect(await total(mock, `${acme}.pr-1`)).toBe(2);
    expect(await total(mock, `${acme}.pr-2`)).toBe(0);
    expectRefusal(await mock.call('GET', `/v1/groups/${id}`, { key: `${acme}.pr-1` }), 404, 'ERR-5');
  });

  test('is main for a key without a dot, and an access token uses the same world as its key', async () => {
    const mock = await openMock();
    await mock.group();
    expect(await total(mock, `${acme}.main`)).toBe(1);
    const body = { grant_type: 'client_credentials' };
    const issued = await mock.call('POST', '/v1/auth/access-tokens', { key: `${acme}.main`, body });
    expect(await total(mock, issued.body.access_token)).toBe(1);
  });

  test('has a case-sensitive name', async () => {
    const mock = await openMock();
    await mock.group('A', `${acme}.CI`);
    expect(await total(mock, `${acme}.ci`)).toBe(0);
  });

  test('starts with the same organizations and plans as every other world', async () => {
    const { call } = await openMock();
    const plans = async (key: string) => (await call('GET', '/v1/plans', { key })).body;
    expect(await plans(`${acme}.other`)).toEqual(await plans(acme));
    expect((await plans(`${globex}.other`)).data).toEqual([{ id: globexPlan, name: 'Primary Care' }]);
  });

  test('shares people between its organizations, but not with other worlds', async () => {
    const { group, sync } = await openMock();
    const theirs = [row('ann', { plan_id: globexPlan })];
    await sync(await group('Theirs', globex), theirs, globex);
    expect((await sync(await group('Blocked'), [row('ann')])).failed).toEqual(['ann']);
    const elsewhere = `${acme}.elsewhere`;
    expect((await sync(await group('Free', elsewhere), [row('ann')], elsewhere)).failed).toEqual([]);
  });

  test('has its own clock', async () => {
    const { call, group, mock } = await openMock();
    const key = `${acme}.fast`;
    const submit = async (each: string) => {
      const path = `/v1/groups/${await group('A', each)}/members/sync`;
      const { body } = await call('POST', path, { key: each, body: { members: [] } });
      return async () => (await call('GET', `${path}/${body.data.request_id}`, { key: each })).body.data.completed_at;
    };
    const [inMain, inFast] = [await submit(acme), await submit(key)];
    mock.clock('fast').advance(1000);
    expect(await inMain()).toBeNull();
    expect(await inFast()).not.toBeNull();
  });
});

test('keys of an unknown organization create no worlds, so a thousand of them drop none', async () => {
  const mock = await openMock();
  await mock.group('Kept', `${acme}.kept`);
  for (let index = 0; index < 1100; index++)
    expect((await mock.call('GET', '/v1/plans', { key: `vit_apk_nobody.w${index}` })).status).toBe(401);
  expect(await total(mock, `${acme}.kept`)).toBe(1);
});

test('in memory, the least recently used world is dropped if there are too many', async () => {
  const mock = await openMock({ openWorlds: 4 });
  for (const world of ['first', 'second']) await mock.group('A', `${acme}.${world}`);
  await total(mock, `${acme}.third`);
  expect(await total(mock, `${acme}.first`)).toBe(1); // Used again: now `second` is the oldest.
  await total(mock, `${acme}.fourth`);
  expect(await total(mock, `${acme}.first`)).toBe(1);
  expect(await total(mock, `${acme}.second`)).toBe(0);
});

test('worlds start with the organizations and plans of a given seed', async () => {
  const { call } = await openMock({ seed: { organizations: [{ slug: 'initech', plans: ['Only'] }] } });
  const { data } = (await call('GET', '/v1/plans', { key: 'vit_apk_initech' })).body;
  expect(data).toMatchObject([{ name: 'Only' }]);
  expectRefusal(await call('GET', '/v1/plans', { key: acme }), 401, 'AUTH-2');
});
