import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { connectOptionsOf } from '../run/tls.ts';
import { get, host, lines, proxyTo, raw, startTarget, urlOf } from './testing.ts';

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

/** An answer without what belongs to the connection only: chunks and `Connection`. */
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
  test(`the answer to ${request.split('\r\n')[0]} equals the target's byte for byte`, async () => {
    const server = await startTarget(answers);
    const proxy = await proxyTo(urlOf(server));
    const direct = unframed(await raw(urlOf(server), request));
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
  const proxy = await proxyTo(urlOf(server));
  await raw(proxy.url, request);
  return bytes.replaceAll(urlOf(server).slice('http://'.length), 'TARGET');
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

test("a client that waits for 100 Continue receives the target's", async () => {
  const server = await startTarget((request, response) => request.resume().on('end', () => response.end('done')));
  const proxy = await proxyTo(urlOf(server));
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
  const server = await startTarget((_, response) => {
    response.write('first');
    finish = () => response.end('last');
  });
  const proxy = await proxyTo(urlOf(server));
  const { body } = await fetch(`${proxy.url}/v1/groups`);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe('first');
  finish();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe('last');
});

test("an unreachable target, and an answer that breaks off, are reported as the target's", async () => {
  const failures: string[] = [];
  const onFailure = (request: string, reason: string) => failures.push(`${request}: ${reason}`);
  const gone = await startTarget(answers);
  const url = urlOf(gone);
  gone.close();
  const refused = await fetch(`${(await proxyTo(url, { onFailure })).url}/v1/groups`);
  expect(refused.status).toBe(502);
  expect(refused.headers.get('x-groups-conformance-proxy')).toBe('own-answer');
  expect(await refused.json()).toMatchObject({
    message: expect.stringMatching(/^groups-conformance proxy: no answer/),
  });

  const broken = await startTarget((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    response.socket?.destroySoon();
  });
  const proxy = await proxyTo(urlOf(broken), { onFailure });
  await expect(fetch(`${proxy.url}/v1/plans`).then((answer) => answer.text())).rejects.toThrow();
  await expect.poll(() => failures).toHaveLength(2);
  expect(failures[0]).toMatch(/^GET \/v1\/groups: .*ECONNREFUSED/);
  expect(failures[1]).toMatch(/^GET \/v1\/plans: the answer broke off/);
  const { findings } = proxy.inspection();
  expect(findings.parts.filter(({ broken: times }) => times > 0)).toEqual([]);
});

test('a certificate that is not trusted is refused, unless its issuer is given', async () => {
  const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../self-test/fixtures', name), 'utf8');
  const [key, cert] = [fixture('tls-key.pem'), fixture('tls-valid.pem')];
  const server = createTlsServer({ key, cert }, answers).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = urlOf(server).replace('http', 'https');
  const refused = await fetch(`${(await proxyTo(url)).url}/large`);
  expect(refused.status).toBe(502);
  expect(await refused.json()).toMatchObject({ message: expect.stringMatching(/self-signed certificate/) });
  for (const tls of [{ ca: cert }, { insecure: true }]) {
    const proxy = await proxyTo(url, { tls: connectOptionsOf(tls) });
    expect((await (await fetch(`${proxy.url}/large`)).text()).length).toBe(large.length);
  }
});

test('neither an answer that cannot be passed on nor early hints crash the proxy', async () => {
  const answered = [
    'HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ];
  const server = createTcpServer((socket) => {
    socket.once('data', () => socket.end(answered.shift() ?? '')).on('error', () => {});
  }).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const proxy = await proxyTo(urlOf(server));
  expect(await raw(proxy.url, get('/v1/plans'))).toMatch(/^HTTP\/1\.1 502 /);
  expect(await raw(proxy.url, get('/v1/plans'))).toMatch(/^HTTP\/1\.1 103 .*Link: <\/a\.css>.*HTTP\/1\.1 200 OK/is);
});

test('a client that disconnects ends its request at the target, which is not a violation', async () => {
  const left = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const server = await startTarget((request) => {
    arrived.resolve();
    request.on('close', () => left.resolve());
  });
  const failures: string[] = [];
  const proxy = await proxyTo(urlOf(server), { onFailure: (_, reason) => failures.push(reason) });
  const controller = new AbortController();
  const request = fetch(`${proxy.url}/v1/groups`, { signal: controller.signal });
  await arrived.promise;
  controller.abort();
  await expect(request).rejects.toThrow();
  await left.promise;
  await expect.poll(() => failures).toEqual(['the client disconnected']);
  expect(proxy.inspection().findings.parts.every(({ broken }) => broken === 0)).toBe(true);
});
