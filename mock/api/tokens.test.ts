import { describe, expect, test } from 'vitest';
import { acme, expectRefusal, type FrozenMock, globex, openMock, row } from '../test-support/frozen-mock.ts';

const path = '/v1/auth/access-tokens';
const grant = { grant_type: 'client_credentials' };
const bound_entity = { id: 'empr_AZxJ0pPxdX6Jq0zGm2nTOQ', type: 'employer' };

const issue = async ({ call }: FrozenMock, key = acme, body: object = grant): Promise<string> =>
  (await call('POST', path, { key, body })).body.access_token;

describe('issuing an access token (TOK-1)', () => {
  test('returns it without an envelope, valid for 15 minutes and unbound', async () => {
    const { call } = await openMock();
    const { status, body } = await call('POST', path, { body: grant });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^vit_at_[A-Za-z0-9_-]{22}$/),
      token_type: 'Bearer',
      expires_in: 900,
      bound_entity: null,
    });
  });

  test('refuses another grant, or none, and a request without a key (TOK-2)', async () => {
    const { call } = await openMock();
    for (const body of [{}, { grant_type: 'password' }, { grant_type: 7 }, { ...grant, bound_entity: { id: 'x' } }])
      expectRefusal(await call('POST', path, { body }), 400, 'TOK-2');
    expectRefusal(await call('POST', path, { key: null, body: grant }), 401, 'AUTH-1');
  });

  test('names the values that are possible where another came', async () => {
    const { call } = await openMock();
    const refused = async (body: object, message: string) =>
      expectRefusal(await call('POST', path, { body }), 400, 'TOK-2', message);
    await refused({ grant_type: 'password' }, 'grant_type: expected "client_credentials", got "password".');
    await refused(
      { ...grant, bound_entity: { id: 'org_1', type: 'organization' } },
      'bound_entity.type: expected "employer" or "employee", got "organization".',
    );
  });

  test('is not possible with a token', async () => {
    const mock = await openMock();
    const key = await issue(mock);
    expectRefusal(await mock.call('POST', path, { key, body: grant }), 403, 'TOK-2');
  });
});

describe('an access token (TOK-2)', () => {
  test('works like its key, in the same world and organization', async () => {
    const mock = await openMock();
    const key = await issue(mock, `${globex}.pr-7`);
    const id = await mock.group('By token', key);
    expect((await mock.call('GET', `/v1/groups/${id}`, { key: `${globex}.pr-7` })).status).toBe(200);
    expect((await mock.call('GET', `/v1/groups/${id}`, { key: globex })).status).toBe(404);
    expect((await mock.call('GET', `/v1/groups/${id}`, { key: `${acme}.pr-7` })).status).toBe(404);
    const group = await mock.group('By key', acme);
    expect((await mock.sync(group, [row('ann')], await issue(mock))).added).toHaveLength(1);
  });

  test('that is bound is refused with 403 before any other check', async () => {
    const mock = await openMock();
    const group = await mock.group();
    const key = await issue(mock, acme, { ...grant, bound_entity });
    for (const [method, at, body] of [
      ['GET', '/v1/groups?page=0', undefined],
      ['POST', '/v1/groups', { name: 7 }],
      ['GET', '/v1/groups/grp_nobody', undefined],
      ['PATCH', `/v1/groups/${group}`, {}],
      ['POST', `/v1/groups/${group}/members/sync`, {}],
      ['GET', '/v1/plans', undefined],
      ['GET', '/v2/members', undefined],
    ] as const)
      expectRefusal(await mock.call(method, at, { key, body }), 403, 'TOK-2');
  });

  test('expires after 15 minutes of world time, and says so', async () => {
    const mock = await openMock();
    const key = await issue(mock);
    mock.mock.clock().advance(15 * 60_000 - 1);
    expect((await mock.call('GET', '/v1/groups', { key })).status).toBe(200);
    mock.mock.clock().advance(1);
    const answer = await mock.call('GET', '/v1/groups', { key });
    expectRefusal(answer, 401, 'AUTH-2');
    expect(answer.body).toMatchObject({
      app_error_code: 'token_expired',
      message: expect.stringContaining('The access token expired at 2026-01-15T10:45:00.000Z; issue one with POST'),
    });
  });

  test('is unknown in another world, if shortened or in a different case, and after a reset', async () => {
    const mock = await openMock();
    const key = await issue(mock);
    const other = key.replace(/[a-z]$/i, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
    for (const stranger of [
      'vit_at_acme',
      `${key}.pr-7`,
      `${key}A`,
      key.slice(0, -1),
      key.toUpperCase(),
      `${other}x`,
    ]) {
      const answer = await mock.call('GET', '/v1/groups', { key: stranger });
      expectRefusal(answer, 401, 'AUTH-2');
    }
    mock.mock.reset();
    expectRefusal(await mock.call('GET', '/v1/groups', { key }), 401, 'AUTH-2');
  });
});
