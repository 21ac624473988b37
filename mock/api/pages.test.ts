import { describe, expect, test } from 'vitest';
import { expectRefusal, globex, openMock } from '../test-support/frozen-mock.ts';

const lists = ['/v1/groups', '/v1/plans'] as const;

/** A mock with `count` groups, and their ids, newest first. */
async function withGroups(count: number) {
  const { call, group } = await openMock();
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.unshift(await group(`Group ${index}`));
  const list = async (query = '') => (await call('GET', `/v1/groups${query}`)).body;
  return { call, ids, list };
}

const idsOf = (data: readonly { id: string }[]) => data.map(({ id }) => id);

describe('the groups', () => {
  test('are listed newest first, 20 per page, with the effective page and limit (PAGE-1, PAGE-2, PAGE-7, §8.9)', async () => {
    const { ids, list } = await withGroups(41);
    const { data, pagination } = await list();
    expect(idsOf(data)).toEqual(ids.slice(0, 20));
    expect(pagination).toEqual({ page: 1, limit: 20, total: 41, total_pages: 3 });
  });

  test.each([1, 2, 7, 40, 41, 100])(
    'are each on exactly one page, with %d per page (PAGE-3, PAGE-5)',
    async (limit) => {
      const { ids, list } = await withGroups(41);
      const { total_pages: last } = (await list(`?limit=${limit}`)).pagination;
      expect(last).toBe(Math.ceil(41 / limit));
      const walked: string[] = [];
      for (let page = 1; page <= last; page++) walked.push(...idsOf((await list(`?limit=${limit}&page=${page}`)).data));
      expect(walked).toEqual(ids);
    },
  );

  test('are listed in their current state, regardless of earlier lists', async () => {
    const { mock, call, group } = await openMock();
    const names = async () => (await call('GET', '/v1/groups')).body.data.map(({ name }: { name: string }) => name);
    const first = await group('First');
    expect(await names()).toEqual(['First']);
    await group('Second');
    expect([await names(), await names()]).toEqual([
      ['Second', 'First'],
      ['Second', 'First'],
    ]);
    await call('PATCH', `/v1/groups/${first}`, { body: { name: 'Renamed' } });
    expect(await names()).toEqual(['Second', 'Renamed']);
    const snapshot = mock.control().exportSnapshot();
    mock.reset();
    expect(await names()).toEqual([]);
    await group('Third');
    expect(await names()).toEqual(['Third']);
    mock.control().importSnapshot(snapshot);
    expect(await names()).toEqual(['Second', 'Renamed']);
  });

  test('of another organization are neither listed nor counted (AUTH-3)', async () => {
    const { call } = await withGroups(3);
    const { data, pagination } = (await call('GET', '/v1/groups', { key: globex })).body;
    expect(data).toEqual([]);
    expect(pagination).toEqual({ page: 1, limit: 20, total: 0, total_pages: 0 });
  });
});

describe('the filter external_reference_id', () => {
  const references = ['hr-1', 'HR-1', 'hr-10', 'ü & +'];
  const filtered = async (query: string) => {
    const { call } = await openMock();
    for (const reference of references)
      await call('POST', '/v1/groups', { body: { name: reference, external_reference_id: reference } });
    return (await call('GET', `/v1/groups?${query}`)).body;
  };

  test.each(references)('finds exactly one group: %s (PAGE-8)', async (reference) => {
    const { data, pagination } = await filtered(`external_reference_id=${encodeURIComponent(reference)}`);
    expect(data).toMatchObject([{ external_reference_id: reference }]);
    expect(pagination).toEqual({ page: 1, limit: 20, total: 1, total_pages: 1 });
  });

  test.each(['hr', 'hr-1%20', '%25', 'null'])('finds only an exact match: %s (PAGE-8)', async (reference) => {
    expect(await filtered(`external_reference_id=${reference}`)).toMatchObject({ data: [], pagination: { total: 0 } });
  });

  test('works with pages: the second page of a single result is empty (PAGE-6)', async () => {
    const { data, pagination } = await filtered('external_reference_id=hr-1&page=2');
    expect(data).toEqual([]);
    expect(pagination).toMatchObject({ page: 2, total: 1 });
  });

  test('is ignored if it is empty (§8.18)', async () => {
    expect((await filtered('external_reference_id=')).data).toHaveLength(references.length);
  });
});

describe.each(lists)('%s', (path) => {
  test.each(['2', '100', '999999', '99999999999999999999', '9'.repeat(400)])(
    'answers any page past the end with an empty list: %s (PAGE-6)',
    async (page) => {
      const { call } = await openMock();
      const { status, body } = await call('GET', `${path}?page=${page}`);
      expect(status).toBe(200);
      expect(body.data).toEqual([]);
    },
  );

  test.each([
    ['page=0', 'page: expected at least 1, got 0'],
    ['page=-1', 'page: expected at least 1, got -1'],
    ['page=abc', 'page: expected an integer, got "abc"'],
    ['page=1.5', 'page: expected an integer, got "1.5"'],
    ['page=', 'page: expected an integer, got ""'],
    ['page=1e3', 'page: expected an integer, got "1e3"'],
    ['page=%201', 'page: expected an integer, got " 1"'],
    ['limit=0', 'limit: expected at least 1, got 0'],
    ['limit=101', 'limit: expected at most 100, got 101'],
    ['limit=-5', 'limit: expected at least 1, got -5'],
    ['limit=Infinity', 'limit: expected an integer, got "Infinity"'],
    [`limit=${'9'.repeat(400)}`, 'limit: expected at most 100'],
  ])('refuses %s (PAGE-4)', async (query, words) => {
    const { call } = await openMock();
    expectRefusal(await call('GET', `${path}?${query}`), 400, 'PAGE-4', words);
  });

  test('uses the first value of a repeated parameter, and ignores an unknown one', async () => {
    const { call } = await openMock();
    const { body } = await call('GET', `${path}?limit=3&limit=999&page=2&page=x&colour=red`);
    expect(body.pagination).toMatchObject({ page: 2, limit: 3 });
  });

  test('accepts the smallest and largest limit, and leading zeros', async () => {
    const { call } = await openMock();
    for (const limit of ['1', '100', '007'])
      expect((await call('GET', `${path}?limit=${limit}`)).body.pagination.limit).toBe(Number(limit));
  });
});

test('the list of plans contains those of the organization, in pages (PLAN-1)', async () => {
  const { call } = await openMock();
  const { data, pagination } = (await call('GET', '/v1/plans')).body;
  expect(data.map(({ name }: { name: string }) => name)).toEqual(['Primary Care', 'Primary Care + Mental Health']);
  expect(pagination).toEqual({ page: 1, limit: 20, total: 2, total_pages: 1 });
  expect((await call('GET', '/v1/plans?limit=1&page=2')).body.data).toEqual(data.slice(1));
  const other = (await call('GET', '/v1/plans', { key: globex })).body.data;
  expect(idsOf(other)).not.toContain(data[0].id);
  expect(other).toHaveLength(1);
});
