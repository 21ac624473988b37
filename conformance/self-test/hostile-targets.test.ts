import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { validateXML, type XMLFileInfo } from 'xmllint-wasm';
import { startMock } from '../../mock/index.ts';
import { systemHost } from '../../mock/jobs/clock.ts';
import { callCli, type Ended, runCli } from './command-line.ts';

/** The command line against hostile targets: its exit code, output and reports, and that it never reveals the key. */

// Each test runs the suite.
vi.setConfig({ testTimeout: 120_000 });

const key = 'vit_apk_the-secret-of-acme';

async function serve(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface HostileRun extends Ended {
  /** Requests that the target received. */
  readonly requests: number;
  /** The reports by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A temporary folder for the current test. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hostile-target-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** Runs the suite against a target whose answers are numbered, so that each can be found in the evidence. */
async function runAgainst(listener: RequestListener, ...args: readonly string[]): Promise<HostileRun> {
  let requests = 0;
  const address = await serve(
    createServer((request, response) => {
      requests += 1;
      response.setHeader('x-serial', requests);
      listener(request, response);
    }),
  );
  return { ...(await runSuiteOn(`http://${address}`, args)), requests };
}

async function runSuiteOn(url: string, args: readonly string[] = [], env?: Readonly<Record<string, string>>) {
  const reports = folder();
  const usual = ['--request-timeout', '20', '--sync-timeout', '1', '--report-dir', reports];
  const all = ['--base-url', url, '--api-key', key, ...usual, ...args];
  // Node reads its own variables only when it starts.
  const ending = env === undefined ? await callCli(all) : await runCli(all, env);
  const names = ['report.json', 'report.html', 'junit.xml', 'evidence.har', 'report.sarif'];
  return {
    ...ending,
    files: Object.fromEntries(names.map((name) => [name, readFileSync(join(reports, name), 'utf8')])),
  };
}

/** Expects what holds for every run: complete reports without the key, and nothing that a terminal or a page would execute. */
function expectSound({ out, err, files, requests, code }: HostileRun): void {
  for (const text of [out, err, ...Object.values(files)]) {
    expect(text).not.toContain(key);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u001b\u009b]/);
  }
  expect(files['report.html']).not.toContain('<script>alert');
  expect(err).toBe('');
  const [report, har] = [JSON.parse(files['report.json'] ?? ''), JSON.parse(files['evidence.har'] ?? '')];
  JSON.parse(files['report.sarif'] ?? '');
  expect(report.requests).toBe(requests);
  junitReports.push({ fileName: `${expect.getState().currentTestName}.xml`, contents: files['junit.xml'] ?? '' });
  // The first two requests belong to no check: they try the key and read the plans.
  const entries: { response: { headers: { name: string; value: string }[] } }[] = har.log.entries;
  const serials = entries.flatMap(({ response }) =>
    response.headers.filter(({ name }) => name === 'x-serial').map(({ value }) => Number(value)),
  );
  const kept = new Set(serials);
  for (let serial = 3; serial <= requests && code !== 4; serial += 1) expect(kept).toContain(serial);
}

/** The JUnit reports of all runs, which are parsed together, because starting the parser takes a quarter of a second. */
const junitReports: XMLFileInfo[] = [];
afterAll(async () => {
  if (junitReports.length === 0) return;
  const { errors } = await validateXML({ xml: junitReports, schema: anyElement });
  expect(errors.map(({ rawMessage }) => rawMessage)).toEqual([]);
});

const anyElement =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="testsuites"><xs:complexType><xs:sequence>' +
  '<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>' +
  '<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>';

const json =
  (body: string | Buffer, status = 200, headers = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const page =
  (status: number): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end('<script>alert(1)</script>');
const raw =
  (text: string): RequestListener =>
  ({ socket }) =>
    void socket.end(text);
/** Sends a few bytes every few milliseconds and never ends. */
const drip =
  (begin: string, bit: string): RequestListener =>
  ({ socket }) => {
    socket.on('error', () => {}).write(begin);
    const timer = setInterval(() => socket.write(bit), 10);
    socket.on('close', () => clearInterval(timer));
  };
const hostileText = String.raw`\u001b[2J\u0000\ud800<script>alert(1)</script>\n::error::`;

const gzip = { 'content-encoding': 'gzip' };
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

describe('is not judged: exit code 4', () => {
  test.for<[string, RequestListener, string]>([
    ['hangs', () => {}, 'it took too long'],
    ['resets', ({ socket }) => void socket.destroy(), 'cannot be reached'],
    ['sends its body byte by byte', drip('HTTP/1.1 200 OK\r\n\r\n{', ' '), 'it took too long'],
    ['sends its head byte by byte', drip('HTTP/1.1 200 OK\r\n', 'x'), 'it took too long'],
    ['sends preliminary answers only', drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'), 'it took too long'],
    ['ends before its body does', raw('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{}'), 'cannot be reached'],
    ['speaks something else', raw('220 ready\r\n'), 'does not match the HTTP/1.1 protocol'],
    ['has a head without end', (_, response) => void response.setHeader('x', 'y'.repeat(200_000)).end(), 'Overflow'],
    ['claims to be compressed', json(Buffer.from('1f8b', 'hex'), 200, gzip), 'cannot be reached'],
    ['sends a decompression bomb', json(bomb, 200, gzip), 'cannot be reached'],
    ['answers with a web page', page(200), 'with a web page instead of JSON'],
    ['answers 500 to everything', json('{"message": "oops"}', 500), 'answered 500 ("oops")'],
    ['always says 429', json('{}', 429, { 'retry-after': '0' }), 'was answered with 429 6 times'],
    ['asks for a wait of a day with 429', json('{}', 429, { 'retry-after': '86400' }), 'to be sent again in 86400 s'],
  ])('a target that %s', async ([, listener, words]) => {
    // Short only for those that never answer, so that a busy machine does not cut off the others.
    const ended = await runAgainst(listener, '--request-timeout', words === 'it took too long' ? '0.5' : '20');
    expect(ended.out).toContain(words);
    expect(ended.out).toContain('not judged: http://127.0.0.1:');
    expect(ended.code).toBe(4);
    expectSound(ended);
  });
});

describe('is non-conformant: exit code 1', () => {
  test.for<[string, RequestListener]>([
    ['answers {} to everything', json('{}')],
    ['answers with nothing', (_, response) => void response.writeHead(204).end()],
    ['sends what is not UTF-8', json(Buffer.from('{"data": [{"id": "\xff\xfe"}]}', 'latin1'))],
    [
      'sends what terminals, pages and XML must not see',
      json(`{"data": {"id": "grp_${hostileText}", "name": "${hostileText}"}}`),
    ],
    [
      'sends lists of anything',
      json('{"__proto__": {"data": 1}, "data": [null, 1, {"id": {}}], "pagination": {"total": 1e999}}'),
    ],
  ])('a target that %s', async ([, listener]) => {
    const ended = await runAgainst(listener, '--verbose');
    expect(ended.out).toContain('non-conformant: http://127.0.0.1:');
    expect(ended.out).not.toContain('the kit failed');
    expect(ended.code).toBe(1);
    expectSound(ended);
  });

  test('the evidence keeps only the beginning of answers of 1.5 MB', async () => {
    const listener = json(`{"data": "${'x'.repeat(1_500_000)}"}`);
    const ended = await runAgainst(listener, '--only', 'PLAN');
    expect(ended.code).toBe(1);
    expect(ended.files['evidence.har']?.length).toBeLessThan(1_000_000);
    expectSound(ended);
  });
});

test('a target whose answers are longer than the suite reads is not judged', async () => {
  const ended = await runAgainst(json(' '.repeat(3 * 1024 * 1024)));
  expect(ended.out).toContain('the answer is longer than 2097152 bytes');
  expect(ended.code).toBe(4);
  expectSound(ended);
});

describe('the key goes only to the target', () => {
  /** Another host, and what it received. */
  async function elsewhere() {
    const received: unknown[] = [];
    const address = await serve(
      createServer(({ url, headers }, response) => {
        received.push([url, headers]);
        response.end('{}');
      }),
    );
    return { received, address };
  }

  test.for([302, 307, 308])('if it redirects with %i to another host', async (status) => {
    const { received, address } = await elsewhere();
    const ended = await runAgainst(
      (_, response) => void response.writeHead(status, { location: `http://${address}/` }).end(),
    );
    expect(ended.out).toContain(`redirects to http://${address}/`);
    expect([ended.code, ended.requests, received]).toEqual([4, 1, []]);
    expectSound(ended);
  });

  test('if it redirects only after the run has begun', async () => {
    const { received, address } = await elsewhere();
    const headers = {
      location: `http://${address}/`,
      refresh: `0; url=http://${address}/`,
      link: `<http://${address}/>; rel=preload`,
    };
    const ended = await runAgainst((request, response) => {
      if (request.url?.includes('limit=1')) json('{"data": [], "pagination": {}}')(request, response);
      else response.writeHead(307, headers).end();
    });
    expect([ended.code, received]).toEqual([1, []]);
    expectSound(ended);
  });
});

test('a target with an expired certificate receives nothing, and one with a valid certificate is judged', async () => {
  const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);
  const certified = async (certificate: string) => {
    let requests = 0;
    const address = await serve(
      createTlsServer(
        { key: readFileSync(fixture('tls-key.pem')), cert: readFileSync(certificate) },
        (request, response) => {
          requests += 1;
          json('{}')(request, response);
        },
      ),
    );
    // The suite trusts the issuer, so only the date can be wrong.
    const ending = await runSuiteOn(`https://${address}`, ['--only', 'PLAN'], {
      NODE_EXTRA_CA_CERTS: certificate,
    });
    return { ...ending, requests };
  };
  const expired = await certified(fixture('tls-expired.pem'));
  expect(expired.out).toContain('certificate has expired');
  expect([expired.code, expired.requests]).toEqual([4, 0]);
  expectSound({ ...expired, requests: 1 });
  const valid = await certified(fixture('tls-valid.pem'));
  expect(valid.code).toBe(1);
  expect(valid.requests).toBeGreaterThan(1);
});

test.for([-10, 10])('a target whose clock is %i years wrong is judged by what it does', async (years) => {
  const wrong = years * 365 * 86_400_000;
  const host = { ...systemHost, now: () => Date.now() + wrong };
  const mock = await startMock({ port: 0, host, progress: { after: 'delay', ms: 0 } });
  onTestFinished(() => mock.close());
  const { code, out } = await runSuiteOn(mock.url, [
    '--api-key',
    'vit_apk_acme',
    '--only',
    'SYNC',
    '--sync-timeout',
    '60',
  ]);
  expect(out).toContain('passed: SYNC at http://127.0.0.1:');
  expect(code).toBe(0);
});
