import { beforeEach, describe, expect, test } from 'vitest';
import { type OperationId, operations } from '../../generated/operations.ts';
import {
  acme,
  expectRefusal,
  type FrozenMock,
  openMock,
  row,
  unknownGroup,
  unknownRequest,
} from '../test-support/frozen-mock.ts';

/** A valid request for every operation, which the tests make invalid in one way. */
const requests = Object.entries(operations).map(([id, { method, path }]) => {
  const bodies: Partial<Record<OperationId, unknown>> = {
    createGroup: { name: 'A' },
    updateGroup: { name: 'A' },
    submitMemberSync: { members: [] },
  };
  return {
    id,
    method,
    path: path.replace('{group_id}', unknownGroup).replace('{request_id}', unknownRequest),
    body: bodies[id as OperationId],
  };
});
const writes = requests.filter(({ body }) => body !== undefined);

let app: FrozenMock;
beforeEach(async () => {
  app = await openMock();
});

/** Sends a body to an operation that takes one, for an existing group. */
async function write({ method, path }: (typeof requests)[number], sent: Parameters<FrozenMock['call']>[2]) {
  return app.call(method, path.replace(unknownGroup, await app.group('Before')), sent);
}

async function expectNothingWritten(): Promise<void> {
  const { data } = (await app.call('GET', '/v1/groups')).body;
  expect(data.map(({ name }: { name: string }) => name)).toEqual(['Before']);
}

describe.each(requests)('$id', ({ method, path, body }) => {
  test('without a key is a 401 that says what was expected (AUTH-1)', async () => {
    const answer = await app.call(method, path, { key: null, body });
    expectRefusal(answer, 401, 'AUTH-1', 'Authorization: Bearer');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test.each([
    'Bearer vit_apk_nobody',
    'Bearer vit_apk_ACME',
    'Bearer VIT_APK_ACME',
    'Bearer vit_apk_acm',
    'Bearer vit_apk_acme1',
    'Bearer vit_apk_',
    'Bearer vit_apk_acme.',
    'Bearer vit_apk_acme.a.b',
    'Bearer vit_apk_acme.ü',
    `Bearer vit_apk_acme.${'w'.repeat(65)}`,
    'Bearer vit_xyz_acme',
    'Bearer acme',
  ])('with the unknown key %j is a 401 that says which keys there are (AUTH-2)', async (authorization) => {
    const answer = await app.call(method, path, { headers: { authorization }, body });
    const names = /^Bearer vit_apk_acme\./.test(authorization) ? 'up to 64 letters' : 'vit_apk_acme or vit_apk_globex';
    expectRefusal(answer, 401, 'AUTH-2', 'The key in the Authorization header', names);
  });

  test.each(['Bearer', 'Bearer vit_apk_acme vit_apk_acme', 'Basic vit_apk_acme', 'vit_apk_acme', ''])(
    'with the header %j is a 401 that asks for Bearer and a single key (AUTH-2)',
    async (authorization) => {
      const answer = await app.call(method, path, { headers: { authorization }, body });
      expectRefusal(answer, 401, 'AUTH-2', 'Authorization: Bearer <key>', 'a single key');
      expect(answer.body.message).not.toContain('acme');
    },
  );

  test('without a key is a 401 even if it would otherwise be a 400 or 404 (AUTH-4)', async () => {
    expect((await app.call(method, `${path}?limit=x`, { key: null, body: body && '{' })).status).toBe(401);
  });

  test('accepts the word Bearer in upper and lower case', async () => {
    for (const authorization of ['Bearer vit_apk_acme', 'bearer vit_apk_acme', 'BEARER   vit_apk_acme'])
      expect((await app.call(method, path, { headers: { authorization }, body })).status).not.toBe(401);
  });
});

describe.each(writes)('$id', (request) => {
  test.each(['', '{', '{"name": "A",}', '{"name": A}', "{'name': 'A'}", '{"name": "A"} {}', 'name=A', '\u0000'])(
    'refuses the malformed JSON %j (ERR-4)',
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      expectRefusal(await write(request, { body, headers }), 400, 'ERR-4', 'Expected a JSON body');
      await expectNothingWritten();
    },
  );

  test('refuses bytes that are not UTF-8 (§8.24)', async () => {
    const body = Buffer.concat([Buffer.from('{"name": "'), Buffer.from([0xff]), Buffer.from('"}')]);
    expectRefusal(await write(request, { body }), 400, 'ERR-4');
    await expectNothingWritten();
  });

  test('refuses a lone surrogate, which could not be returned unchanged, and accepts a pair', async () => {
    for (const half of ['\\ud835', '\\udcb3', '\\udcb3\\ud835']) {
      const body = `{"name": "${half}", "members": [{"reference_id": "${half}"}]}`;
      expectRefusal(await write(request, { body }), 400, 'ERR-4', 'surrogate');
    }
    const pair = JSON.stringify({ name: 'x', members: [row('x')] }).replaceAll('"x"', '"\\ud835\\udcb3"');
    expect((await write(request, { body: pair })).status).toBeLessThan(300);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'application/json-patch+json'])(
    'refuses the content type %s with a message that names it',
    async (type) => {
      const answer = await write(request, { body: request.body, headers: { 'content-type': type } });
      expectRefusal(answer, 400, null, 'Content-Type: application/json', type);
      await expectNothingWritten();
    },
  );

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json ;charset=utf-8'])(
    'accepts the content type %s',
    async (type) => {
      const answer = await write(request, { body: request.body, headers: { 'content-type': type } });
      expect(answer.status).toBeLessThan(300);
    },
  );

  test('refuses a body that is too large, with a 401 if there is no key (AUTH-4)', async () => {
    const body = `{"name": "A", "members": [], "more": "${'x'.repeat(16 * 1024 * 1024)}"}`;
    expectRefusal(await write(request, { body }), 400, null, 'at most 16777216 bytes');
    expectRefusal(await write(request, { body, key: null }), 401, 'AUTH-1');
  });

  test('refuses extremely nested JSON with a 400 instead of a 500 (ERR-7)', async () => {
    const { status } = await write(request, { body: '['.repeat(1_000_000) });
    expect(status).toBe(400);
    const body = `{"name": "A", "members": [], "more": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await write(request, { body })).status).toBeLessThan(500);
  });
});

describe('a method that a path does not support', () => {
  test.each([
    ['DELETE', '/v1/groups', 'POST, GET'],
    ['DELETE', `/v1/groups/${unknownGroup}`, 'GET, PATCH'],
    ['PUT', `/v1/groups/${unknownGroup}`, 'GET, PATCH'],
    ['POST', `/v1/groups/${unknownGroup}`, 'GET, PATCH'],
    ['GET', `/v1/groups/${unknownGroup}/members/sync`, 'POST'],
    ['DELETE', `/v1/groups/${unknownGroup}/members/sync/${unknownRequest}`, 'GET'],
    ['POST', '/v1/plans', 'GET'],
    ['OPTIONS', '/v1/groups', 'POST, GET'],
    ['OPTIONS', '/v1/plans', 'GET'],
  ])('is refused with 405 and an Allow header: %s %s (§8.22)', async (method, path, allowed) => {
    const answer = await app.call(method, path);
    expectRefusal(answer, 405, 'ERR-6', method, allowed);
    expect(answer.headers.get('allow')).toBe(allowed);
  });

  test('is a 401 without a key (AUTH-4)', async () => {
    expectRefusal(await app.call('DELETE', '/v1/groups', { key: null }), 401, 'AUTH-1');
  });

  test('does not delete the group (ERR-6)', async () => {
    const path = `/v1/groups/${await app.group('Still here')}`;
    await app.call('DELETE', path);
    expect((await app.call('GET', path)).body.data.name).toBe('Still here');
  });
});

test('a refusal does not repeat the key, which may belong to the real service', async () => {
  const { body } = await app.call('GET', '/v1/groups', { key: 'vit_apk_s3cret' });
  expect(JSON.stringify(body)).not.toContain('s3cret');
});

test('HEAD answers like GET without a body, and with 405 on a path that only supports POST', async () => {
  const path = `/v1/groups/${await app.group()}`;
  for (const [each, status] of [
    [path, 200],
    ['/v1/plans', 200],
    [`${path}/members/sync`, 405],
  ] as const) {
    const answer = await app.call('HEAD', each);
    expect(answer.status).toBe(status);
    expect(answer.body).toBeUndefined();
  }
});

test.each(['/', '/v1', '/v1/', '/v2/groups', '/v1/groups/', '/v1//groups', '/v1/Groups', '/v1/members', '/v1/plans/x'])(
  'the unknown path %s is a 404 with the error body (ERR-1)',
  async (path) => {
    const answer = await app.call('GET', path);
    expectRefusal(answer, 404, null, path);
    expect(answer.body.app_error_code).toBe('path_not_found');
  },
);

test.each([
  ['/v1/employers', 'outside the groups flow'],
  ['/v1/groups/', 'did you mean /v1/groups?'],
  ['/api/v1/plans', 'did you mean /v1/plans?'],
  ['/V1/groups', 'did you mean /v1/groups?'],
  ['/groups', 'GET /openapi.json lists the operations'],
])('the refusal of %s says %s', async (path, words) => {
  expectRefusal(await app.call('GET', path), 404, null, words);
});

test('every refusal has its own trace id and a timestamp (ERR-3)', async () => {
  const bodies = await Promise.all(
    [1, 2, 3].map(async () => (await app.call('GET', '/v1/groups/x', { key: acme })).body),
  );
  expect(new Set(bodies.map(({ trace_id }) => trace_id)).size).toBe(3);
  for (const { timestamp } of bodies) expect(timestamp).toBe('2026-01-15T10:30:00.000Z');
});
