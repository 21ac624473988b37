import { expect, onTestFinished, test } from 'vitest';
import { type MockOptions, startMock } from './index.ts';
import { acme, row } from './test-support/frozen-mock.ts';

async function start(options: MockOptions = {}) {
  const mock = await startMock({ port: 0, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

const headers = { authorization: `Bearer ${acme}`, 'content-type': 'application/json' };

test('a mock answers over HTTP at its url, which has the actual port', async () => {
  const { url } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  const created = await fetch(`${url}/v1/groups`, { method: 'POST', headers, body: '{"name": "Über"}' });
  expect(created.status).toBe(201);
  expect(created.headers.get('content-type')).toBe('application/json');
  const { data } = (await created.json()) as { data: { id: string } };
  const retrieved = await fetch(`${url}/v1/groups/${data.id}`, { headers });
  expect(await retrieved.json()).toEqual({ data });
});

test('in-process requests and HTTP requests use the same worlds', async () => {
  const mock = await start();
  const create = new Request(`${mock.url}/v1/groups`, { method: 'POST', headers, body: '{"name": "A"}' });
  await mock.fetch(create);
  expect(await (await fetch(`${mock.url}/v1/groups`, { headers })).json()).toMatchObject({ pagination: { total: 1 } });
});

test('a chunked body is read completely, and an endless one is refused', async () => {
  const { url } = await start();
  const send = (body: ReadableStream) => fetch(`${url}/v1/groups`, { method: 'POST', headers, body, duplex: 'half' });
  const chunks = new Blob(['{"name": ', '"In chunks"}']).stream();
  expect(await (await send(chunks)).json()).toMatchObject({ data: { name: 'In chunks' } });
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1 << 20)) });
  const refused = await send(endless).then(
    ({ status }) => status,
    () => 'hung up',
  );
  expect([400, 'hung up']).toContain(refused);
  expect(await (await fetch(`${url}/v1/groups`, { headers })).json()).toMatchObject({ pagination: { total: 1 } });
});

test('in real time a sync completes without further calls', async () => {
  const mock = await start({ progress: { after: 'delay', ms: 1 } });
  const { url } = mock;
  const call = async (path: string, body?: unknown) => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return ((await (await fetch(url + path, { headers, ...sent })).json()) as { data: Record<string, unknown> }).data;
  };
  const { id } = await call('/v1/groups', { name: 'A' });
  const { request_id } = await call(`/v1/groups/${id}/members/sync`, { members: [row('ann')] });
  // Booked after the completion for a later instant, so it is kept after the completion.
  await new Promise<void>((resolve) => mock.clock().at(mock.clock().now() + 1, resolve));
  expect(await call(`/v1/groups/${id}/members/sync/${request_id}`)).toMatchObject({
    completed_at: expect.any(String),
    results: { added_group_member_ids: [expect.any(String)] },
  });
});

test('a port that is in use rejects with the system’s error, and the mock on it keeps running', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(startMock({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect((await fetch(`${url}/v1/plans`, { headers })).status).toBe(200);
});

test('a closed mock no longer listens, and its port is free', async () => {
  const mock = await startMock({ port: 0 });
  await (await fetch(`${mock.url}/v1/plans`, { headers })).text();
  await mock.close();
  await expect(fetch(`${mock.url}/v1/plans`, { headers })).rejects.toThrow();
  await start({ port: Number(new URL(mock.url).port) });
});
