import { describe, expect, test } from 'vitest';
import { type QuirkName, type QuirkValue, quirks } from '../generated/quirks.ts';
import { parseQuirks } from './domain/quirks.ts';
import {
  type CheckedAnswer,
  expectRefusal,
  type FrozenMock,
  inWorld,
  openMock,
  row,
  unknownGroup,
} from './test-support/frozen-mock.ts';

type Expectation = (mock: FrozenMock) => Promise<void>;

const create = (body: unknown) => (mock: FrozenMock) => mock.call('POST', '/v1/groups', { body });
const submit = async (mock: FrozenMock, ...members: readonly unknown[]) =>
  mock.call('POST', `/v1/groups/${await mock.group()}/members/sync`, { body: { members } });

/** The stored references of groups that are created or updated with a missing, null or empty reference. */
async function storedEmptyReferences(mock: FrozenMock): Promise<unknown[]> {
  const created = [];
  for (const external_reference_id of [undefined, null, ''])
    created.push(await create({ name: 'A', external_reference_id })(mock));
  const named = await create({ name: 'A', external_reference_id: 'hr-1' })(mock);
  const path = `/v1/groups/${named.body.data.id}`;
  const updated = await mock.call('PATCH', path, { body: { external_reference_id: '' } });
  expect((await mock.call('GET', path)).body).toEqual(updated.body);
  return [...created, updated].map(({ body }) => body.data.external_reference_id);
}

const pathsOfUnknownGroup = [
  ['PATCH', `/v1/groups/${unknownGroup}`],
  ['POST', `/v1/groups/${unknownGroup}/members/sync`],
] as const;
/** Malformed JSON, another media type, and a body that breaks its schema. */
const badBodies = [{ body: '{' }, { body: 'x', headers: { 'content-type': 'text/plain' } }, { body: [] }] as const;

/** Submits two syncs of one group, the second while the first is in flight. */
async function submitOverlapping(mock: FrozenMock) {
  const path = `/v1/groups/${await mock.group()}/members/sync`;
  const submit = (members: readonly unknown[]) => mock.call('POST', path, { body: { members } });
  const answers = [await submit([row('ann')]), await submit([])] as const;
  const retrieve = ({ body }: CheckedAnswer) => mock.call('GET', `${path}/${body.data.request_id}`);
  return { submit, answers, retrieve };
}

/** Adds a person to one group and then to another; returns the second's results and whether the first still has them. */
async function acrossGroups({ group, sync }: FrozenMock) {
  const [one, two] = [await group('One'), await group('Two')];
  await sync(one, [row('ann')]);
  const results = await sync(two, [row('ann')]);
  return { results, stayed: (await sync(one, [])).removed.length === 1 };
}

/** The expected behavior of each quirk value. A quirk or value without an expectation does not compile. */
const expectations: { readonly [Name in QuirkName]: { readonly [Value in QuirkValue<Name>]: Expectation } } = {
  'create-status': {
    '201': async (mock) => expect((await create({ name: 'A' })(mock)).status).toBe(201),
    '200': async (mock) => expect((await create({ name: 'A' })(mock)).status).toBe(200),
  },
  'external-reference': {
    empty: async (mock) => expect(await storedEmptyReferences(mock)).toEqual(['', '', '', '']),
    null: async (mock) => expect(await storedEmptyReferences(mock)).toEqual([null, null, null, null]),
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
      expectRefusal(refused, 400, 'SYNC-15', 'members[1].plan_id (reference_id "ann")', '"pln_none"');
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
        expectRefusal(refused, 400, 'SYNC-10', `members[1].phone (reference_id "ann"): expected a phone, got ${got}`);
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
      expectRefusal(await call('GET', '/v1/groups/x'), 404, 'ERR-5'); // Only a 401 has the old shape.
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
      // No source declares a 422 for a token.
      expectRefusal(await mock.call('POST', '/v1/auth/access-tokens', { body: {} }), 400, 'TOK-2');
    },
  },
  'refusal-order': {
    async 'group-first'(mock) {
      for (const [method, path] of pathsOfUnknownGroup)
        for (const sent of badBodies) expectRefusal(await mock.call(method, path, sent), 404, 'ERR-5', unknownGroup);
    },
    async 'body-first'(mock) {
      for (const [method, path] of pathsOfUnknownGroup) {
        for (const sent of badBodies) expect((await mock.call(method, path, sent)).status).toBe(400);
        expectRefusal(await mock.call(method, path, { body: { members: [] } }), 404, 'ERR-5', unknownGroup);
      }
    },
  },
  overlap: {
    async queue(mock) {
      const { answers, retrieve } = await submitOverlapping(mock);
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
      mock.mock.clock().advance(10_000);
      expect((await retrieve(answers[0])).body.data.results.added_group_member_ids).toHaveLength(1);
      expect((await retrieve(answers[1])).body.data.results.removed_group_member_ids).toHaveLength(1);
    },
    async reject(mock) {
      const { submit, answers, retrieve } = await submitOverlapping(mock);
      const [first, second] = answers;
      expectRefusal(second, 409, null, first.body.data.request_id, 'in flight', 'submit again');
      expect(second.body.app_error_code).toBe('sync_in_flight');
      mock.mock.clock().advance(10_000);
      expect((await retrieve(first)).body.data.results.added_group_member_ids).toHaveLength(1);
      expect((await submit([])).status).toBe(202);
    },
  },
  'phone-format': {
    async strict(mock) {
      for (const phone of ['(215) 555-0101', '12155550101'])
        expectRefusal(await submit(mock, row('ann', { phone })), 400, 'SYNC-12', 'members[0].phone');
    },
    async lenient(mock) {
      const group = await mock.group();
      for (const phone of ['(215) 555-0101', '1-215-555-0101', '+12155550101']) {
        await mock.sync(group, [row('ann', { phone })]);
        expect(mock.mock.control().listPeople().people[0]?.details.phone).toBe('2155550101');
      }
      expectRefusal(await submit(mock, row('ann', { phone: 'call me' })), 400, 'SYNC-12', 'members[0].phone');
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
    if (behaviour === undefined) throw new Error(`there is no expectation for ${name}=${value}`);
    await behaviour(await openMock({ quirks: parseQuirks([`${name}=${value}`]) }));
  });

  test(`${values[0].value} is the default`, async () => {
    await (expectations as Record<string, Record<string, Expectation>>)[name]?.[values[0].value]?.(await openMock());
  });
});

test('one mock answers by every reading at once, each in a world of its own', async () => {
  const shared = await openMock();
  const readings = Object.entries(quirks).flatMap(([name, { values }]) =>
    values.map(({ value }) => ({ name, value, world: `${name}-${value}` })),
  );
  for (const { name, value, world } of readings)
    shared.mock.control(world).changeSettings({ quirks: { [name]: value } });
  // A request without a key, as the expectations of error-shape send it, names no world.
  for (const { name, value, world } of readings.filter((reading) => reading.name !== 'error-shape'))
    await (expectations as Record<string, Record<string, Expectation>>)[name]?.[value]?.(inWorld(shared, world));
});

test('the world that an unknown key names determines the body of its 401', async () => {
  const { mock, call } = await openMock();
  mock.control('older').changeSettings({ quirks: { 'error-shape': 'legacy' } });
  const refused = await mock.fetch('/v1/groups', { headers: { authorization: 'Bearer vit_apk_nobody.older' } });
  expect(await refused.json()).toEqual({ error: { code: 'unauthorized', message: expect.any(String) } });
  expectRefusal(await call('GET', '/v1/groups', { key: 'vit_apk_nobody' }), 401, 'AUTH-2');
});
