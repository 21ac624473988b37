import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startMock } from '../index.ts';
import { main, startConsole } from '../test-support/console.ts';
import { stoppedHost } from '../test-support/frozen-mock.ts';

test('the event stream of a page reports changes of its world, and ends with the mock', async () => {
  const mock = await startMock({ port: false, host: stoppedHost });
  const response = await mock.fetch(`${main}/events`);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await next()).toMatch(/^event: changed\n/);
  const pending = next();
  mock.clock().freeze();
  expect(await pending).toMatch(/^event: changed\n/);
  const last = reader.read();
  await mock.close();
  expect((await last).done).toBe(true);
});

test('the event stream ends if the page closes only its half of the connection', async () => {
  const mock = await startConsole({ port: 0 });
  const socket = connect({ port: Number(new URL(mock.url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`GET ${main}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  await once(socket, 'data');
  socket.end();
  for await (const _ of socket);
}, 10_000);
