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

/** The members that a list shows. */
const list = async ({ call }: FrozenMock, query = '', key = acme) =>
  (await call('GET', `/v2/members${query}`, { key })).body.data;

describe('the list of members', () => {
  test('contains everyone whom a sync added, with the submitted fields and an account id (MEM-1)', async () => {
    const mock = await openMock();
    const ann = row('ann', { phone: '+12155550101' });
    const group = await mock.group();
    const { added } = await mock.sync(group, [ann, row('bob', { email: null })]);
    const { first_name, last_name, email, address } = ann;
    expect(await list(mock)).toEqual([
      {
        id: expect.stringMatching(/^mbr_[A-Za-z0-9_-]{22}$/),
        ...{ first_name, last_name, email, phone: '2155550101' },
        address: { ...address, address_line_2: null },
      },
      expect.objectContaining({ first_name: 'bob', email: null, phone: null }),
    ]);
    expect(added).not.toContain((await list(mock))[0].id);
  });

  test('shows a person who moved to another group once, under the same id', async () => {
    const mock = await openMock();
    const [first, second] = [await mock.group('1'), await mock.group('2')];
    await mock.sync(first, [row('ann')]);
    const [{ id }] = await list(mock);
    await mock.sync(second, [row('ann', { reference_id: 'other' })]);
    expect((await list(mock)).map((member: { id: string }) => member.id)).toEqual([id]);
  });

  test('does not contain a person who was removed from the last group, until they return under the same id', async () => {
    const mock = await openMock();
    const group = await mock.group();
    await mock.sync(group, [row('ann')]);
    const [{ id }] = await list(mock);
    await mock.sync(group, []);
    expect(await list(mock)).toEqual([]);
    expectRefusal(await mock.call('GET', `/v1/members/${id}`), 404, 'MEM-3');
    await mock.sync(group, [row('ann')]);
    expect((await list(mock))[0].id).toBe(id);
  });

  test('contains nobody of another organization', async () => {
    const mock = await openMock();
    await mock.sync(await mock.group('G', globex), [row('gil', { plan_id: globexPlan })], globex);
    expect(await list(mock)).toEqual([]);
    const [{ id }] = await list(mock, '', globex);
    expectRefusal(await mock.call('GET', `/v1/members/${id}`), 404, 'MEM-3');
  });

  test('can be searched by part of a name, e-mail or phone, ignoring case, and by the exact id or its UUID (MEM-2)', async () => {
    const mock = await openMock();
    const ann = row('ann', { last_name: "O'Hara", phone: '2155550101' });
    await mock.sync(await mock.group(), [ann, row('bob')]);
    const [{ id }] = await list(mock);
    const uuid = Buffer.from(id.slice(4), 'base64url')
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    for (const search of ['ANN O', "o'h", 'aNN@exam', '5550101', id, uuid])
      expect(await list(mock, `?search=${encodeURIComponent(search)}`), search).toMatchObject([{ id }]);
    for (const search of [id.toLowerCase(), id.slice(0, -1), 'nobody', '%', '_'])
      expect(await list(mock, `?search=${encodeURIComponent(search)}`), search).toEqual([]);
    expect(await list(mock, '?search=')).toHaveLength(2);
  });

  test('is paged, and its total counts the search results', async () => {
    const mock = await openMock();
    await mock.sync(
      await mock.group(),
      ['ann', 'anna', 'annika', 'bob'].map((name) => row(name)),
    );
    const { body } = await mock.call('GET', '/v2/members?search=ann&limit=2&page=2');
    expect(body.data).toMatchObject([{ first_name: 'annika' }]);
    expect(body.pagination).toEqual({ page: 2, limit: 2, total: 3, total_pages: 2 });
    expectRefusal(await mock.call('GET', '/v2/members?limit=101'), 400, 'PAGE-4');
  });
});

describe('a member', () => {
  test('retrieved by id has the birth date, and the age on the world’s clock (MEM-3)', async () => {
    const mock = await openMock();
    await mock.sync(await mock.group(), [row('ann', { date_of_birth: '1990-01-16' })]);
    const [item] = await list(mock);
    const get = async () => (await mock.call('GET', `/v1/members/${item.id}`)).body.data;
    expect(await get()).toEqual({
      ...item,
      name: 'ann Example',
      date_of_birth: '1990-01-16',
      age: 35,
      status: 'pending_onboarding',
    });
    mock.mock.clock().advance(24 * 60 * 60_000);
    expect((await get()).age).toBe(36);
  });

  test('with an unknown id is a 404', async () => {
    const { call } = await openMock();
    for (const id of ['mbr_AZxJ1B1xdFqZQ3mYw8xvXA', 'nobody'])
      expectRefusal(await call('GET', `/v1/members/${id}`), 404, 'MEM-3');
  });
});
