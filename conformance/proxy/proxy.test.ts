import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { type Inspection, inspect } from '../observe/inspect.ts';
import type { Violation } from '../observe/observer.ts';
import { HarFile } from './har-file.ts';
import { type ProxyOptions, type RunningProxy, startProxy } from './proxy.ts';

const host = '127.0.0.1';
const addressOf = (server: { address(): unknown }): string =>
  `http://${host}:${(server.address() as AddressInfo).port}`;

async function target(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

async function proxyTo(url: string, options: Partial<ProxyOptions> = {}): Promise<RunningProxy> {
  const proxy = await startProxy({ target: url, port: 0, ...options });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Everything that a server sends in answer to the bytes of one request. */
async function raw(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), host);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(request, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`;
const get = (path: string, ...headers: string[]): string =>
  lines(`GET ${path} HTTP/1.1`, 'Host: proxied.example', 'Connection: close', ...headers);

const large = Buffer.alloc(3_000_000, 'abcdefghij');
const answers: RequestListener = (request, response) => {
  response.sendDate = false;
  switch (request.url) {
    case '/gzip':
      return response.writeHead(200, ['Content-Encoding', 'gzip', 'X-Name', 'Zoë']).end(gzipSync('{"data":[]}'));
    case '/duplicates':
      return response
        .writeHead(299, 'Odd Status', ['Set-Cookie', 'a=1', 'X-Twice', 'one', 'set-cookie', 'b=2', 'x-twice', 'two'])
        .end();
    case '/none':
      return response.writeHead(204).end();
    case '/unchanged':
      return response.writeHead(304, { etag: '"x"', 'content-length': '12' }).end();
    case '/large':
      return response.writeHead(200, { 'content-length': large.length }).end(large);
    default:
      return response.writeHead(404, 'Nowhere', { 'content-length': '4' }).end('none');
  }
};

/** An answer without what belongs to the connection alone: chunks and `Connection`. */
function unframed(answer: string): string {
  const end = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, end).split('\r\n');
  let body = answer.slice(end + 4);
  if (head.some((line) => /^transfer-encoding: chunked$/i.test(line))) {
    const parts = [];
    for (let size = Number.parseInt(body, 16); size > 0; size = Number.parseInt(body, 16)) {
      const from = body.indexOf('\r\n') + 2;
      parts.push(body.slice(from, from + size));
      body = body.slice(from + size + 2);
    }
    body = parts.join('');
  }
  return [...head.filter((line) => !/^(connection|transfer-encoding|keep-alive):/i.test(line)), '', body].join('\r\n');
}

for (const request of [
  get('/gzip', 'Accept-Encoding: gzip'),
  get('/duplicates'),
  get('/none'),
  get('/unchanged', 'If-None-Match: "x"'),
  get('/large'),
  get('/nowhere'),
  get('/large').replace('GET', 'HEAD'),
  get('/gzip').replace('HTTP/1.1', 'HTTP/1.0'),
])
  test(`the answer to ${request.split('\r\n')[0]} is byte by byte that of the target`, async () => {
    const server = await target(answers);
    const proxy = await proxyTo(addressOf(server));
    const direct = unframed(await raw(addressOf(server), request));
    const proxied = unframed(await raw(proxy.url, request));
    expect(direct.length).toBeGreaterThan(20);
    expect(proxied === direct || proxied).toBe(true);
  });

/** What the target receives of a request that a client sends to the proxy. */
async function received(request: string): Promise<string> {
  let bytes = '';
  const server = createTcpServer((socket) => {
    socket.on('data', (chunk) => {
      bytes += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    const isComplete = () => /\r\n\r\n$|END/.test(bytes);
    socket.on('data', () => isComplete() && socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  }).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const proxy = await proxyTo(addressOf(server));
  await raw(proxy.url, request);
  return bytes.replaceAll(addressOf(server).slice('http://'.length), 'TARGET');
}

test('the target receives headers as the client wrote them, with its own host', async () => {
  const request = get('/v1/groups?name=%20a&x', 'X-Twice: one', 'aUTHORIZATION: Bearer k', 'X-Twice: two');
  expect((await received(request)).split('\r\n').filter((line) => !/^connection/i.test(line))).toEqual([
    'GET /v1/groups?name=%20a&x HTTP/1.1',
    'Host: TARGET',
    'X-Twice: one',
    'X-Twice: two',
    'aUTHORIZATION: Bearer k',
    '',
    '',
  ]);
});

test('a body passes unchanged, and an update without a body announces none', async () => {
  const head = ['PATCH /v1/groups/x HTTP/1.1', 'Host: h', 'Connection: close'];
  expect(await received(lines(...head))).not.toMatch(/content-length|transfer-encoding/i);
  const body = '{"name": "ÿ",\n }END';
  expect(await received(lines(...head, `Content-Length: ${body.length}`) + body)).toMatch(
    new RegExp(`content-length: ${body.length}\r\n.*\r\n\r\n${body.replace('}', '\\}')}$`, 'is'),
  );
  const chunked = `${lines(...head, 'Transfer-Encoding: chunked')}3\r\nEND\r\n0\r\n\r\n`;
  expect(await received(chunked)).toMatch(/transfer-encoding: chunked\r\n.*3\r\nEND/is);
});

test('a client that waits for 100 Continue receives that of the target', async () => {
  const server = await target((request, response) => request.resume().on('end', () => response.end('done')));
  const proxy = await proxyTo(addressOf(server));
  const head = lines('POST / HTTP/1.1', 'Host: h', 'Connection: close', 'Expect: 100-continue', 'Content-Length: 2');
  const socket = connect(Number(new URL(proxy.url).port), host);
  socket.write(head);
  const [first] = await once(socket, 'data');
  expect(String(first)).toMatch(/^HTTP\/1\.1 100 Continue/);
  socket.write('ab');
  const [second] = await once(socket, 'data');
  expect(String(second)).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('an answer reaches the client while the target still sends it', async () => {
  let finish = () => {};
  const server = await target((_, response) => {
    response.write('first');
    finish = () => response.end('last');
  });
  const proxy = await proxyTo(addressOf(server));
  const { body } = await fetch(`${proxy.url}/v1/groups`);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe('first');
  finish();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe('last');
});

test('a target that cannot be reached, or breaks off, is told from the proxy', async () => {
  const failures: string[] = [];
  const onFailure = (request: string, reason: string) => failures.push(`${request}: ${reason}`);
  const gone = await target(answers);
  const url = addressOf(gone);
  gone.close();
  const refused = await fetch(`${(await proxyTo(url, { onFailure })).url}/v1/groups`);
  expect(refused.status).toBe(502);
  expect(refused.headers.get('x-groups-conformance-proxy')).toBe('own-answer');
  expect(await refused.json()).toMatchObject({
    message: expect.stringMatching(/^groups-conformance proxy: no answer/),
  });

  const broken = await target((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    response.socket?.destroySoon();
  });
  const proxy = await proxyTo(addressOf(broken), { onFailure });
  await expect(fetch(`${proxy.url}/v1/plans`).then((answer) => answer.text())).rejects.toThrow();
  await expect.poll(() => failures).toHaveLength(2);
  expect(failures[0]).toMatch(/^GET \/v1\/groups: .*ECONNREFUSED/);
  expect(failures[1]).toMatch(/^GET \/v1\/plans: the answer broke off/);
  const { findings } = proxy.inspection();
  expect(findings.parts.filter(({ broken: times }) => times > 0)).toEqual([]);
});

test('a client that goes away ends its request at the target, and nobody is accused', async () => {
  const left = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const server = await target((request) => {
    arrived.resolve();
    request.on('close', () => left.resolve());
  });
  const failures: string[] = [];
  const proxy = await proxyTo(addressOf(server), { onFailure: (_, reason) => failures.push(reason) });
  const controller = new AbortController();
  const request = fetch(`${proxy.url}/v1/groups`, { signal: controller.signal });
  await arrived.promise;
  controller.abort();
  await expect(request).rejects.toThrow();
  await left.promise;
  await expect.poll(() => failures).toEqual(['the client went away']);
  expect(proxy.inspection().findings.parts.every(({ broken }) => broken === 0)).toBe(true);
});

test('violations are told as they happen, also in compressed answers; a larger body passes without being judged', async () => {
  const violations: Violation[] = [];
  const error = JSON.stringify({ timestamp: new Date(0), message: 'No.', error: 'Other.', trace_id: 'a' });
  const server = await target((request, response) => {
    if (request.url === '/v1/plans') {
      response.end(Buffer.alloc(9_000_000, ' '));
      return;
    }
    response.writeHead(404, { 'content-type': 'application/json', 'content-encoding': 'br' });
    response.end(brotliCompressSync(error));
  });
  const proxy = await proxyTo(addressOf(server), { onViolation: (one) => violations.push(one) });
  await (await fetch(`${proxy.url}/v1/groups/grp_x`, { headers: { authorization: 'Bearer k' } })).text();
  await expect.poll(() => violations).toMatchObject([{ part: 'ERR-2', request: 'GET /v1/groups/grp_x → 404' }]);
  expect((await (await fetch(`${proxy.url}/v1/plans`)).text()).length).toBe(9_000_000);
  await expect.poll(() => proxy.inspection().recording).toMatchObject({ entries: 2, unkept: 1 });
});

test('a read that does not show what was created is told at once if no write was under way', async () => {
  const violations: Violation[] = [];
  const names = ['Created', 'Other'];
  const server = await target((request, response) => {
    const id = `grp_${'A'.repeat(22)}`;
    const data = { id, organization_id: `org_${'A'.repeat(22)}`, name: names.shift(), external_reference_id: 'a' };
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
    request
      .resume()
      .on('end', () => response.end(JSON.stringify({ data: { ...data, created_at: null, updated_at: null } })));
  });
  const onViolation = (one: Violation) => violations.push(one);
  const proxy = await proxyTo(addressOf(server), { others: 'elsewhere', onViolation });
  const headers = { authorization: 'Bearer k', 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'Created', external_reference_id: 'a' });
  await (await fetch(`${proxy.url}/v1/groups`, { method: 'POST', headers, body })).text();
  await (await fetch(`${proxy.url}/v1/groups/grp_${'A'.repeat(22)}`, { headers })).text();
  await expect.poll(() => violations.map(({ part }) => part)).toEqual(['GRP-4']);
});

test('a request that takes the address for an HTTP proxy is refused', async () => {
  const proxy = await proxyTo('http://127.0.0.1:1');
  const answer = await raw(proxy.url, get('http://example.com/v1/groups'));
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*use this address as base URL/s);
});

test('the recorded HAR is redacted, and inspect finds the same violations in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const mock = await startMock({ port: 0, quirks: { 'create-status': '200' } });
  onTestFinished(() => mock.close());
  const path = join(folder, 'evidence.har');
  const har = await HarFile.create(path, mock.url);
  const proxy = await proxyTo(mock.url, { har });
  const send = async (path: string, body?: unknown) => {
    const headers = {
      authorization: 'Bearer vit_apk_acme',
      'content-type': 'application/json',
      cookie: 'session=secret',
    };
    const method = body === undefined ? 'GET' : 'POST';
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return (await (await fetch(proxy.url + path, init)).json()) as { readonly data: { readonly id: string } };
  };
  const { data: group } = await send('/v1/groups', { name: 'Keystone', external_reference_id: 'keystone' });
  const row = { reference_id: 'a', first_name: 'Ana', email: 'ana@example.com', phone: '2155550100' };
  await send(`/v1/groups/${group.id}/members/sync`, { members: [row] });
  await send('/v2/members?search=Abara');
  await send('/elsewhere');
  await expect.poll(() => proxy.inspection().recording).toMatchObject({ entries: 4, ignored: 1 });
  expect(proxy.inspection().findings.exchanges).toBe(3);
  await har.close();
  const text = await readFile(path, 'utf8');
  expect(text).not.toMatch(/vit_apk|"Ana"|ana@|2155550100|Abara|secret/);
  const offline = await inspect(path);
  const broken = ({ findings }: Inspection) => findings.parts.filter((part) => part.broken > 0);
  expect(broken(offline)).toMatchObject([{ part: 'GRP-1 should', broken: 1 }]);
  expect(broken(offline)).toEqual(broken(proxy.inspection()));
  expect(offline.readings.questions['create-status']).toEqual({
    value: '200',
    evidence: 1,
    request: 'POST /v1/groups → 200',
  });
});
