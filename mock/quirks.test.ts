import { describe, expect, test } from 'vitest';
import { type QuirkName, type QuirkValue, quirks } from '../generated/quirks.ts';
import { parseQuirks } from './domain/quirks.ts';
import { expectRefusal, type FrozenMock, openMock, row } from './testing.ts';

type Expectation = (mock: FrozenMock) => Promise<void>;

const create = (body: unknown) => (mock: FrozenMock) => mock.call('POST', '/v1/groups', { body });
const submit = async (mock: FrozenMock, ...members: readonly unknown[]) =>
  mock.call('POST', `/v1/groups/${await mock.group()}/members/sync`, { body: { members } });

/** What groups get that are created or updated without a reference; each is one more that has none. */
async function referencesOfNone(mock: FrozenMock): Promise<unknown[]> {
  const created = [];
  for (const external_reference_id of [undefined, null, ''])
    created.push(await create({ name: 'A', external_reference_id })(mock));
  const named = await create({ name: 'A', external_reference_id: 'hr-1' })(mock);
  const path = `/v1/groups/${named.body.data.id}`;
  const updated = await mock.call('PATCH', path, { body: { external_reference_id: '' } });
  expect((await mock.call('GET', path)).body).toEqual(updated.body);
  return [...created, updated].map(({ body }) => body.data.external_reference_id);
}

/** Syncs a person into one group and then another; returns the second's results and whether the first still has them. */
async function acrossGroups({ group, sync }: FrozenMock) {
  const [one, two] = [await group('One'), await group('Two')];
  await sync(one, [row('ann')]);
  const results = await sync(two, [row('ann')]);
  return { results, stayed: (await sync(one, [])).removed.length === 1 };
}

/** What each value of each quirk does; a quirk or value without an expectation here does not compile. */
const expectations: { readonly [Name in QuirkName]: { readonly [Value in QuirkValue<Name>]: Expectation } } = {
  'create-status': {
    '201': async (mock) => expect((await create({ name: 'A' })(mock)).status).toBe(201),
    '200': async (mock) => expect((await create({ name: 'A' })(mock)).status).toBe(200),
  },
  'external-reference': {
    empty: async (mock) => expect(await referencesOfNone(mock)).toEqual(['', '', '', '']),
    null: async (mock) => expect(await referencesOfNone(mock)).toEqual([null, null, null, null]),
    async required(mock) {
      for (const reference of [undefined, null, ''])
        expectRefusal(
          await create({ name: 'A', external_reference_id: reference })(mock),
          400,
          'GRP-11',
          'external_reference_id: expected',
        );
      expect((await create({ name: 'A', external_reference_id: 'hr-1' })(mock)).status).toBe(201);
    },
  },
  'cross-group': {
    async move(mock) {
      const { results, stayed } = await acrossGroups(mock);
      expect(results).toMatchObject({ added: [expect.any(String)], failed: [] });
      expect(stayed).toBe(false);
    },
    async reject(mock) {
      const { results, stayed } = await acrossGroups(mock);
      expect(results).toMatchObject({
        added: [],
        failed: ['ann'],
        reasons: [expect.stringContaining('another group')],
      });
      expect(stayed).toBe(true);
    },
  },
  'unknown-plan': {
    async failure({ group, sync }) {
      const results = await sync(await group(), [row('ann', { plan_id: 'pln_none' }), row('bob')]);
      expect(results).toMatchObject({ failed: ['ann'], reasons: [expect.stringContaining('pln_none')] });
      expect(results.added).toHaveLength(1);
    },
    async reject(mock) {
      const refused = await submit(mock, row('bob'), row('ann', { plan_id: 'pln_none' }));
      expectRefusal(refused, 400, 'SYNC-15', 'members[1] (reference_id "ann").plan_id', '"pln_none"');
    },
  },
  phone: {
    async optional(mock) {
      expect((await submit(mock, row('ann'), row('bob', { phone: null }))).status).toBe(202);
    },
    async required(mock) {
      for (const [without, got] of [
        [{}, 'none'],
        [{ phone: null }, 'null'],
      ] as const) {
        const refused = await submit(mock, row('bob', { phone: '2155550101' }), row('ann', without));
        expectRefusal(refused, 400, 'SYNC-10', `members[1] (reference_id "ann").phone: expected a phone, got ${got}`);
      }
      expect((await submit(mock, row('ann', { phone: '2155550101' }))).status).toBe(202);
    },
  },
  'pagination-errors': {
    async reject({ call }) {
      for (const query of ['page=0', 'page=x', 'limit=0', 'limit=101', 'limit=x'])
        expectRefusal(await call('GET', `/v1/groups?${query}`), 400, 'PAGE-4');
    },
    async clamp({ call }) {
      const inForce = {
        'page=0': { page: 1 },
        'page=-7': { page: 1 },
        'page=x': { page: 1 },
        'limit=0': { limit: 1 },
        'limit=101': { limit: 100 },
        [`limit=${'9'.repeat(400)}`]: { limit: 100 },
        'limit=x': { limit: 20 },
        'limit=': { limit: 20 },
      };
      for (const path of ['/v1/groups', '/v1/plans'])
        for (const [query, pagination] of Object.entries(inForce)) {
          const { status, body } = await call('GET', `${path}?${query}`);
          expect([query, status]).toEqual([query, 200]);
          expect(body.pagination).toMatchObject(pagination);
        }
    },
  },
  'error-shape': {
    async current({ call }) {
      const { body } = await call('GET', '/v1/groups', { key: null });
      expect(Object.keys(body).sort()).toEqual(['app_error_code', 'error', 'message', 'timestamp', 'trace_id']);
    },
    async legacy({ call }) {
      const { status, body } = await call('GET', '/v1/groups', { key: null });
      expect(status).toBe(401);
      expect(body).toEqual({ error: { code: 'unauthorized', message: expect.stringContaining('Authorization') } });
      expectRefusal(await call('GET', '/v1/groups/x'), 404, 'ERR-5'); // A 401 alone has the old shape.
    },
  },
  'validation-status': {
    async '400'(mock) {
      expectRefusal(await create({})(mock), 400, 'GRP-10');
      expectRefusal(await submit(mock, {}), 400, 'SYNC-10');
    },
    async '422'(mock) {
      expectRefusal(await create({})(mock), 422, 'GRP-10');
      const path = `/v1/groups/${await mock.group()}`;
      expectRefusal(await mock.call('PATCH', path, { body: { name: '' } }), 422, 'GRP-10');
      expectRefusal(await submit(mock, {}), 422, 'SYNC-10');
      expectRefusal(await submit(mock, row('ann'), row('ann')), 400, 'SYNC-8');
      expectRefusal(await mock.call('POST', '/v1/groups', { body: '{' }), 400, 'ERR-4');
    },
  },
  'empty-total-pages': {
    '0': async ({ call }) => expect((await call('GET', '/v1/groups')).body.pagination.total_pages).toBe(0),
    async '1'({ call, group }) {
      const pages = async () => (await call('GET', '/v1/groups')).body.pagination.total_pages;
      expect(await pages()).toBe(1);
      await group();
      expect(await pages()).toBe(1);
    },
  },
};

describe.each(Object.entries(quirks))('quirk %s', (name, { values }) => {
  test.each([...values])('$value: $effect', async ({ value }) => {
    const behaviour = (expectations as Record<string, Record<string, Expectation>>)[name]?.[value];
    if (behaviour === undefined) throw new Error(`nothing here says what ${name}=${value} does`);
    await behaviour(await openMock({ quirks: parseQuirks([`${name}=${value}`]) }));
  });

  test(`${values[0].value} is what a mock does that was told nothing`, async () => {
    await (expectations as Record<string, Record<string, Expectation>>)[name]?.[values[0].value]?.(await openMock());
  });
});
