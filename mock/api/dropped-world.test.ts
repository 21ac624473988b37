import { expect, test } from 'vitest';
import { acme, openMock } from '../test-support/frozen-mock.ts';

/** A body that arrives only when `arrive` is called. */
function slowBody(text: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await promise;
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  return { stream, arrive: resolve };
}

test('a request whose world is dropped while its body arrives gets its answer from the new world', async () => {
  const { mock, call } = await openMock();
  const key = `${acme}.short-lived`;
  await call('GET', '/v1/groups', { key });
  const text = '{"name": "Late"}';
  const body = slowBody(text);
  const answer = mock.fetch('/v1/groups', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': String(text.length),
    },
    body: body.stream,
    duplex: 'half',
  });
  await new Promise(setImmediate);
  mock.control('short-lived').dropWorld();
  body.arrive();
  expect((await answer).status).toBe(201);
  expect((await call('GET', '/v1/groups', { key })).body.pagination.total).toBe(1);
});
