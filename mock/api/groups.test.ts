import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acme, expectRefusal, globex, openMock, unknownGroup } from '../test-support/frozen-mock.ts';
import { runs } from '../test-support/runs.ts';

const text = (length: number) => 'x'.repeat(length);

describe('create', () => {
  test('answers 201 with the given fields, the organization of the key, and the current time (GRP-1, GRP-2)', async () => {
    const { call } = await openMock();
    const { status, body } = await call('POST', '/v1/groups', {
      body: { name: 'Acme', external_reference_id: 'hr-1' },
    });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ name: 'Acme', external_reference_id: 'hr-1' });
    expect(body.data.created_at).toBe('2026-01-15T10:30:00.000Z');
    expect(body.data.updated_at).toBe(body.data.created_at);
    const other = await call('POST', '/v1/groups', { key: globex, body: { name: 'Acme' } });
    expect(other.body.data.organization_id).not.toBe(body.data.organization_id);
  });

  test('returns any text unchanged, and so does retrieve (GRP-2, GRP-4, §8.21)', async () => {
    const { call } = await openMock();
    const unicode = fc
      .string({ minLength: 1, maxLength: 255, unit: 'binary' })
      .filter((each) => [...each].length <= 255);
    await fc.assert(
      fc.asyncProperty(unicode, unicode, async (name, suffix) => {
        const external_reference_id = [...suffix].slice(0, 255).join('');
        const created = await call('POST', '/v1/groups', { body: { name, external_reference_id } });
        if (created.status === 409) return; // Two runs drew the same reference.
        expect(created.body.data).toMatchObject({ name, external_reference_id });
        expect((await call('GET', `/v1/groups/${created.body.data.id}`)).body).toEqual(created.body);
      }),
      { numRuns: runs(10, 30) },
    );
  });

  test.each([
    ['255 characters', text(255)],
    ['255 characters outside the basic plane', '𝒳'.repeat(255)],
    ['surrounding spaces', '  Acme  '],
    ['a NUL', 'a\u0000b'],
  ])('accepts a name with %s and returns it unchanged', async (_, name) => {
    const { call } = await openMock();
    const created = (await call('POST', '/v1/groups', { body: { name } })).body.data;
    const retrieved = (await call('GET', `/v1/groups/${created.id}`)).body.data;
    expect([created.name, retrieved.name]).toEqual([name, name]);
  });

  test('two groups may share a name and never share an id (GRP-13, ID-4)', async () => {
    const { group } = await openMock();
    expect(await group('Same')).not.toBe(await group('Same'));
  });

  test.each([undefined, null, ''])(
    'the reference %j means no reference, and any number of groups may have none (§8.2, §8.18, §8.19)',
    async (external_reference_id) => {
      const { call } = await openMock();
      for (const name of ['One', 'Two']) {
        const { status, body } = await call('POST', '/v1/groups', { body: { name, external_reference_id } });
        expect([status, body.data.external_reference_id]).toEqual([201, '']);
      }
    },
  );
});

/** Bodies that are refused, with the rule and words of the refusal. */
const faulty = [
  [{ name: '' }, 'GRP-10', 'name: expected at least 1 character, got ""'],
  [{ name: text(256) }, 'GRP-10', 'name: expected at most 255 characters'],
  [{ name: 5 }, 'GRP-10', 'name: expected a string'],
  [{ name: ['A'] }, 'GRP-10', 'name: expected a string'],
  [{ name: 'A', external_reference_id: text(256) }, 'GRP-14', 'external_reference_id: expected at most 255'],
  [{ name: 'A', external_reference_id: 5 }, 'GRP-14', 'external_reference_id: expected a string'],
  [{ name: 'A', external_reference_id: {} }, 'GRP-14', 'external_reference_id: expected a string'],
  [[], 'GRP-10', 'body: expected an object, got []'],
  ['null', 'GRP-10', 'body: expected an object, got null'],
] as const;

const faultyOnCreate = [
  ...faulty,
  [{}, 'GRP-10', 'body: expected the field "name", got none'],
  [{ name: null }, 'GRP-10', 'name: expected a string, got null'],
] as const;

test.each(faultyOnCreate)('create refuses %j under %s and creates nothing', async (body, rule, words) => {
  const { call } = await openMock();
  expectRefusal(await call('POST', '/v1/groups', { body }), 400, rule, words);
  expect((await call('GET', '/v1/groups')).body.pagination.total).toBe(0);
});

test.each(faulty)('update refuses %j under %s and changes nothing', async (body, rule, words) => {
  const { call, group } = await openMock();
  const path = `/v1/groups/${await group()}`;
  const before = (await call('GET', path)).body;
  expectRefusal(await call('PATCH', path, { body }), 400, rule, words);
  expect((await call('GET', path)).body).toEqual(before);
});

describe('update', () => {
  const named = { name: 'Old', external_reference_id: 'hr-1' };

  test.each([
    [{ name: 'New' }, { name: 'New' }],
    [{ external_reference_id: 'hr-2' }, { external_reference_id: 'hr-2' }],
    [
      { name: 'New', external_reference_id: 'hr-2' },
      { name: 'New', external_reference_id: 'hr-2' },
    ],
    [{ name: 'New', external_reference_id: null }, { name: 'New' }],
    [{ external_reference_id: '' }, { external_reference_id: '' }],
    [{ name: 'New', id: 'grp_x', organization_id: 'org_x', created_at: null, members: [] }, { name: 'New' }],
  ])('with %j changes only those fields and updated_at (GRP-5, GRP-6, GRP-8, GRP-9, §8.18)', async (body, change) => {
    const { call, mock } = await openMock();
    const created = (await call('POST', '/v1/groups', { body: named })).body.data;
    mock.clock().advance(60_000);
    const updated = await call('PATCH', `/v1/groups/${created.id}`, { body });
    expect(updated.status).toBe(200);
    expect(updated.body.data).toEqual({ ...created, ...change, updated_at: '2026-01-15T10:31:00.000Z' });
    expect((await call('GET', `/v1/groups/${created.id}`)).body).toEqual(updated.body);
  });

  test('without a body and without Content-Type changes nothing (GRP-7, §8.31)', async () => {
    const { call } = await openMock();
    const created = await call('POST', '/v1/groups', { body: named });
    const path = `/v1/groups/${created.body.data.id}`;
    const { status, body } = await call('PATCH', path);
    expect([status, body]).toEqual([200, created.body]);
  });

  test('with an empty body and Content-Type JSON is refused as malformed (§8.31)', async () => {
    const { call, group } = await openMock();
    const headers = { 'content-type': 'application/json' };
    expectRefusal(await call('PATCH', `/v1/groups/${await group()}`, { body: '', headers }), 400, 'ERR-4');
    expectRefusal(await call('POST', '/v1/groups'), 400, null, 'Content-Type: application/json", got none');
  });

  test.each([{}, { name: null }, { name: null, external_reference_id: null }, named])(
    'with %j changes nothing (GRP-7)',
    async (body) => {
      const { call, mock } = await openMock();
      const created = await call('POST', '/v1/groups', { body: named });
      mock.clock().advance(60_000);
      const updated = await call('PATCH', `/v1/groups/${created.body.data.id}`, { body });
      expect(updated.status).toBe(200);
      expect(updated.body).toEqual(created.body);
    },
  );
});

describe('a reference that another group of the organization has', () => {
  const taken = { name: 'A', external_reference_id: 'hr-1' };

  test('is a conflict on create, which creates nothing (GRP-12)', async () => {
    const { call } = await openMock();
    await call('POST', '/v1/groups', { body: taken });
    expectRefusal(await call('POST', '/v1/groups', { body: taken }), 409, 'GRP-12', 'external_reference_id: "hr-1"');
    expect((await call('GET', '/v1/groups')).body.pagination.total).toBe(1);
  });

  test('is a conflict on update, which changes nothing, not even the name (GRP-12)', async () => {
    const { call, group } = await openMock();
    await call('POST', '/v1/groups', { body: taken });
    const path = `/v1/groups/${await group('B')}`;
    const before = (await call('GET', path)).body;
    expectRefusal(await call('PATCH', path, { body: { ...taken, name: 'C' } }), 409, 'GRP-12', '"hr-1"');
    expect((await call('GET', path)).body).toEqual(before);
  });

  test('can be used by another organization, and again after an update freed it (GRP-15)', async () => {
    const { call } = await openMock();
    const { body } = await call('POST', '/v1/groups', { body: taken });
    expect((await call('POST', '/v1/groups', { key: globex, body: taken })).status).toBe(201);
    await call('PATCH', `/v1/groups/${body.data.id}`, { body: { external_reference_id: 'hr-2' } });
    expect((await call('POST', '/v1/groups', { body: taken })).status).toBe(201);
  });
});

describe('a group that does not exist in the organization of the caller', () => {
  const operations = [
    ['GET', '', undefined],
    ['PATCH', '', { name: 'Stolen' }],
    ['POST', '/members/sync', { members: [] }],
  ] as const;

  test.each(operations)(
    'is a 404 for %s …%s, whether unknown, malformed or not an id at all (ERR-5)',
    async (method, end, body) => {
      const { call } = await openMock();
      for (const id of [unknownGroup, 'grp_abc', 'x', '..%2F..', '%E0%A4%A', '%00', text(5000)])
        expectRefusal(await call(method, `/v1/groups/${id}${end}`, { body }), 404, 'ERR-5', 'There is no group');
    },
  );

  test.each(operations)(
    'is a 404 for %s …%s, even if another organization has it (AUTH-3)',
    async (method, end, body) => {
      const { call, group } = await openMock();
      const path = `/v1/groups/${await group('Mine')}`;
      expectRefusal(await call(method, path + end, { key: globex, body }), 404, 'ERR-5');
      expect((await call('GET', path, { key: acme })).body.data.name).toBe('Mine');
    },
  );
});
