import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { ObservedExchange } from '../observe/exchange.ts';
import { curl } from '../report/curl.ts';
import { Connection, type Target } from './client.ts';
import { NetworkError, Stopped } from './errors.ts';
import type { Exchange } from './exchange.ts';

import { RunTotals } from './limits.ts';
import type { OpenTransport } from './transport.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** For targets that never answer; others may be slow on a busy machine. */
const impatient = { requestTimeoutMs: 50 };

/** A server on loopback, and a connection to it; every exchange is kept. */
async function talkTo(
  listener: RequestListener,
  { basePath = '', ...target }: Partial<Target> & { basePath?: string } = {},
) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`;
  const connection = new Connection({ baseUrl, headers: {}, ...target });
  const exchanges: Exchange[] = [];
  const keep = (exchange: Exchange) => void exchanges.push(exchange);
  const send = (call = {}) => connection.send('the-secret-key', { operation: 'listGroups', ...call }, keep);
  return { connection, exchanges, send };
}

test.each<[string, RequestListener]>([
  ['hangs', () => {}],
  ['resets', ({ socket }) => socket.destroy()],
  ['drips', (_, response) => void setInterval(() => response.write(' '), 10).unref()],
  ['always says 429', (_, response) => response.writeHead(429, { 'retry-after': '0' }).end()],
])('the suite gives up on a target that %s after three requests', async (_, listener) => {
  const { send, exchanges } = await talkTo(listener, impatient);
  for (let n = 0; n < 3; n += 1) await expect(send()).rejects.toThrow(NetworkError);
  const { length } = exchanges;
  await expect(send()).rejects.toThrow(/not sent, because 3 requests in a row/);
  expect(exchanges.length).toBe(length);
});

test.each([200, 400])('an unsolicited compressed answer of %i is decoded', async (status) => {
  const { send } = await talkTo((_, response) => {
    response.writeHead(status, { 'content-encoding': 'gzip' }).end(gzipSync('{"data": []}'));
  });
  expect((await send()).json).toEqual({ data: [] });
});

test('a single answer resets the count of unanswered requests', async () => {
  let requests = 0;
  const { send } = await talkTo(({ socket }, response) => {
    requests += 1;
    if (requests % 3 === 0) response.end('{}');
    else socket.destroy();
  });
  const outcomes: string[] = [];
  for (let n = 0; n < 6; n += 1)
    outcomes.push(
      await send().then(
        () => 'answered',
        () => 'broke',
      ),
    );
  expect(outcomes).toEqual(['broke', 'broke', 'answered', 'broke', 'broke', 'answered']);
});

test('the suite gives up on a target that hangs every other time after ten timeouts', async () => {
  let requests = 0;
  const openTransport: OpenTransport = () => ({
    async send(_, signal) {
      requests += 1;
      if (requests % 2 === 0) return { status: 200, headers: {}, text: '{}' };
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    async close() {},
  });
  const { send } = await talkTo(() => {}, { requestTimeoutMs: 5, openTransport });
  for (let n = 0; n < 19; n += 1) await send().catch(() => {});
  await expect(send()).rejects.toThrow('not sent, because 10 requests took too long');
  expect(requests).toBe(19);
});

test('waits because of 429 are announced before they begin, and counted', async () => {
  const totals = new RunTotals();
  const waits: number[] = [];
  let requests = 0;
  const { send } = await talkTo(
    (_, response) => {
      requests += 1;
      response.writeHead(requests < 3 ? 429 : 200, { 'retry-after-ms': '3' }).end('{}');
    },
    { totals, onWait: (milliseconds) => waits.push(milliseconds) },
  );
  expect((await send()).status).toBe(200);
  expect(waits).toEqual([3, 3]);
  expect([totals.throttled, totals.throttledMs]).toEqual([2, 6]);
});

test('a redirect is not followed, so that the key goes nowhere else', async () => {
  const paths: (string | undefined)[] = [];
  const { send } = await talkTo(({ url }, response) => {
    paths.push(url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect((await send()).status).toBe(307);
  expect(paths).toEqual(['/v1/groups']);
});

test('after its last request the connection stops itself', async () => {
  const { send, connection } = await talkTo((_, response) => response.end('{}'), { maxRequests: 2 });
  await send();
  await send();
  await expect(send()).rejects.toThrow(new Stopped('the limit of 2 requests is reached (--max-requests)'));
  expect([connection.sent, connection.signal.aborted]).toEqual([2, true]);
});

test('every exchange is reported with its path below the base URL and a label of its key, never the key', async () => {
  const seen: ObservedExchange[] = [];
  const { connection } = await talkTo((_, response) => response.end('{"data": []}'), {
    keys: ['the-own-key', 'the-other-key'],
    onExchange: (exchange) => seen.push(exchange),
    basePath: '/gateway/',
  });
  for (const key of ['the-own-key', 'the-other-key', 'the-own-key0', null])
    await connection.send(key, { operation: 'listGroups', query: { limit: 1 } }, () => {});
  expect(seen.map(({ key }) => key)).toEqual(['own', 'other', expect.stringMatching(/^unknown [0-9a-f]{64}$/), null]);
  for (const exchange of seen)
    expect(exchange).toMatchObject({ path: '/v1/groups', query: '?limit=1', responseJson: { data: [] } });
});

test('no more groups are created than the limit, whether their requests are answered or not', async () => {
  let created = 0;
  const { connection } = await talkTo(
    (_, response) => {
      created += 1;
      if (created === 2) response.destroy();
      else response.writeHead(created === 1 ? 422 : 500).end('{}');
    },
    { maxGroups: 2 },
  );
  const create = () => connection.send('key', { operation: 'createGroup', body: {} }, () => {});
  expect((await create()).status).toBe(422);
  await expect(create()).rejects.toThrow('no answer');
  expect((await create()).status).toBe(500);
  await expect(create()).rejects.toThrow(new Stopped('the limit of 2 groups is reached (--max-groups)'));
  expect(created).toBe(3);
});

test('stopping ends the request under way', async () => {
  const { send, connection } = await talkTo(() => connection.stop('enough'), { requestTimeoutMs: 60_000 });
  await expect(send()).rejects.toThrow(new Stopped('enough'));
});

test('keys, secret headers and personal fields are not in the evidence, wherever the target puts them', async () => {
  const body = JSON.stringify({ data: { email: 'someone@example.com', echo: 'the-secret-key and gateway-token' } });
  const target = { keys: ['the-secret-key'], headers: { 'x-gateway': 'gateway-token' }, requestTimeoutMs: 5000 };
  const { send, exchanges } = await talkTo(
    (_, response) => response.setHeader('x-echo', 'the-secret-key').end(body),
    target,
  );
  await send({ query: { external_reference_id: 'the-secret-key' } });
  expect(JSON.stringify(exchanges)).not.toMatch(/the-secret-key|gateway-token|someone@/);
});

test("a curl line takes the key that was sent from the environment, never another organization's", async () => {
  const { connection } = await talkTo((_, response) => response.end('{}'), { keys: ['the-own-key', 'the-other-key'] });
  const lines: string[] = [];
  const keep = (exchange: Exchange) => void lines.push(curl(exchange));
  for (const key of ['the-own-key', 'the-other-key', 'the-own-key0', null])
    await connection.send(key, { operation: 'listGroups' }, keep);
  expect(lines.map((line) => /Bearer (.*)"/.exec(line)?.[1])).toEqual([
    '$GROUPS_API_KEY',
    '$GROUPS_OTHER_API_KEY',
    'an-unknown-key',
    undefined,
  ]);
});
