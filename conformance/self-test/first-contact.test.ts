import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ConformanceOptions, runConformance } from '../run-conformance.ts';
import { runCli } from './command-line.ts';

/** The line that is printed if the first request shows that there is nothing to judge (docs/first-contact.md). */

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const [tlsKey, validCertificate] = [fixture('tls-key.pem'), fixture('tls-valid.pem')];

async function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answer =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

/** Why nothing is judged at an address, without the address. */
async function reasonAt(baseUrl: string, options: Partial<ConformanceOptions> = {}): Promise<string> {
  const result = await runConformance({ baseUrl, apiKey: 'vit_apk_acme', ...options });
  expect([result.verdict, result.exitCode, result.rules]).toEqual(['not judged', 4, []]);
  expect(result.reason).not.toContain('\n');
  return (result.reason ?? '').replaceAll(new URL(baseUrl).host, 'HOST');
}

test.for<[string, RequestListener, string]>([
  ['404 without a body', answer(404), 'GET http://HOST/v1/groups answered 404: the API is not at this address'],
  ['404 of a framework', answer(404, '{"detail":"Not Found"}', json), 'answered 404 ("Not Found"): the API is not at'],
  ['503', answer(503), 'answered 503: the service does not work, or a gateway does not reach it'],
  ['502 of a proxy', answer(502, '', { via: '1.1 squid' }), 'answered 502, written by a proxy or gateway'],
  ['a page', answer(200, '<title>Log in</title>', html), 'answered 200 ("Log in") with a web page instead of JSON'],
  ['a page without its type', answer(200, '<!doctype html><p>'), 'with a web page instead of JSON'],
  ['401 Basic', answer(401, '', { 'www-authenticate': 'Basic realm="x"' }), 'WWW-Authenticate: Basic'],
  ['401', answer(401, '{}', json), 'refused the API key with 401; check the key'],
  ['403 of a firewall', answer(403, '<html>', html), 'refused the API key with 403, with a web page, as gateways'],
  ['407', answer(407), 'a proxy asks for credentials'],
  [
    'a redirect',
    answer(301, '', { location: 'https://api.example.com/x/v1/groups' }),
    '--base-url https://api.example.com/x',
  ],
  [
    'a redirect to a page',
    answer(302, '', { location: '/login' }),
    'redirects to http://HOST/login; give the final address',
  ],
  ['a redirect without a target', answer(302), 'redirects without a target'],
  [
    'a reset',
    ({ socket }) => void socket.destroy(),
    'cannot be reached: it closed the connection before the answer was complete',
  ],
  ['an error that quotes the key', answer(500, '{"message":"vit_apk_acme"}', json), 'answered 500 ("[redacted]")'],
])('%s', async ([, listener, line]) => {
  expect(await reasonAt(`http://${await listen(createServer(listener))}`)).toContain(line);
});

test('no answer', async () => {
  const address = await listen(createServer(() => {}));
  expect(await reasonAt(`http://${address}`, { requestTimeoutMs: 300 })).toContain(
    'cannot be reached: it took too long: no answer in 0.3 s; --request-timeout allows more',
  );
});

test.each([404, 500])('a target that answers %i to the list of groups but lists plans is judged', async (status) => {
  const address = await listen(
    createServer((request, response) =>
      answer(request.url?.startsWith('/v1/plans') ? 200 : status, '{"data": []}', json)(request, response),
    ),
  );
  const result = await runConformance({
    baseUrl: `http://${address}`,
    apiKey: 'vit_apk_acme',
    only: ['PLAN', 'GRP-1'],
  });
  expect(result.verdict).toBe('non-conformant');
});

test('nothing listens, an unknown name, and a port that speaks something else', async () => {
  expect(await reasonAt('http://127.0.0.1:1')).toContain('nothing listens on port 1 (ECONNREFUSED)');
  expect(await reasonAt('http://groups.invalid')).toMatch(/the name HOST cannot be resolved \((ENOTFOUND|EAI_AGAIN)\)/);
  const banner = createSocketServer((socket) => void socket.on('error', () => {}).end('SSH-2.0-x\r\n'));
  expect(await reasonAt(`http://${await listen(banner)}`)).toContain('does not speak HTTP');
});

test('http to a TLS port, and https to a plain one, suggest the other', async () => {
  const tls = await listen(createTlsServer({ key: tlsKey, cert: validCertificate }, answer(200, '{}')));
  expect(await reasonAt(`http://${tls}`)).toBe('http://HOST speaks TLS: try --base-url https://HOST');
  const plain = await listen(createServer(answer(200, '{}', json)));
  expect(await reasonAt(`https://${plain}`)).toBe('https://HOST does not speak TLS: try --base-url http://HOST');
  const gateway = await listen(createServer(answer(400, 'Client sent an HTTP request to an HTTPS server.')));
  expect(await reasonAt(`http://${gateway}`)).toBe('http://HOST speaks TLS: try --base-url https://HOST');
});

test('a certificate of an unknown issuer is refused, trusted with --ca, and accepted with --insecure, which is reported', async () => {
  const address = await listen(createTlsServer({ key: tlsKey, cert: validCertificate }, answer(200, '{}', json)));
  const baseUrl = `https://${address}`;
  expect(await reasonAt(baseUrl)).toContain("give its issuer's certificate with --ca FILE");
  const judge = (connection: ConformanceOptions['connection']) =>
    runConformance({ baseUrl, apiKey: 'vit_apk_acme', only: ['PLAN'], ...(connection && { connection }) });
  expect(await judge({ ca: validCertificate })).toMatchObject({ verdict: 'non-conformant', verifiesTls: true });
  expect(await judge({ insecure: true })).toMatchObject({ verdict: 'non-conformant', verifiesTls: false });
});

test('a missing client certificate is reported, and a given one is used', async () => {
  const options = { key: tlsKey, cert: validCertificate, ca: validCertificate, requestCert: true };
  const address = await listen(createTlsServer(options, answer(200, '{}', json)));
  const baseUrl = `https://${address}`;
  expect(await reasonAt(baseUrl, { connection: { ca: validCertificate } })).toContain(
    'client certificate (--client-cert',
  );
  const connection = { ca: validCertificate, client: { cert: validCertificate, key: tlsKey } };
  const result = await runConformance({ baseUrl, apiKey: 'vit_apk_acme', only: ['PLAN'], connection });
  expect(result.verdict).toBe('non-conformant');
});

test('a proxy from the environment is used only with --env-proxy', async () => {
  const seen: (string | undefined)[] = [];
  const proxy = await listen(
    createServer(({ url }, response) => {
      seen.push(url);
      response.writeHead(502, { via: '1.1 proxy' }).end();
    }),
  );
  const env = { HTTP_PROXY: `http://${proxy}`, http_proxy: `http://${proxy}` };
  const args = ['--base-url', 'http://groups.invalid', '--only', 'PLAN'];
  expect((await runCli(args, env)).out).toContain('cannot be resolved');
  expect(seen).toEqual([]);
  const { out, code } = await runCli([...args, '--env-proxy'], env);
  expect(out).toContain('answered 502, written by a proxy or gateway');
  expect([code, seen[0]]).toEqual([4, 'http://groups.invalid/v1/groups?limit=1']);
});
