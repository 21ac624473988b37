import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { type Inspection, inspect } from '../observe/inspect.ts';
import type { Violation } from '../observe/observer.ts';
import { HarFile } from './har-file.ts';
import { get, proxyTo, raw, startTarget, urlOf } from './testing.ts';

test('violations are reported as they happen, even in compressed answers; a body that is too large passes without being judged', async () => {
  const violations: Violation[] = [];
  const error = JSON.stringify({ timestamp: new Date(0), message: 'No.', error: 'Other.', trace_id: 'a' });
  const server = await startTarget((request, response) => {
    if (request.url === '/v1/plans') {
      response.end(Buffer.alloc(9_000_000, ' '));
      return;
    }
    response.writeHead(404, { 'content-type': 'application/json', 'content-encoding': 'br' });
    response.end(brotliCompressSync(error));
  });
  const proxy = await proxyTo(urlOf(server), { onViolation: (one) => violations.push(one) });
  await (await fetch(`${proxy.url}/v1/groups/grp_x`, { headers: { authorization: 'Bearer k' } })).text();
  await expect.poll(() => violations).toMatchObject([{ part: 'ERR-2', request: 'GET /v1/groups/grp_x → 404' }]);
  expect((await (await fetch(`${proxy.url}/v1/plans`)).text()).length).toBe(9_000_000);
  await expect.poll(() => proxy.inspection().recording).toMatchObject({ entries: 2, unkept: 1 });
});

test('a read that does not show what was created is reported at once if no write was in flight', async () => {
  const violations: Violation[] = [];
  const names = ['Created', 'Other'];
  const server = await startTarget((request, response) => {
    const id = `grp_${'A'.repeat(22)}`;
    const data = { id, organization_id: `org_${'A'.repeat(22)}`, name: names.shift(), external_reference_id: 'a' };
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
    request
      .resume()
      .on('end', () => response.end(JSON.stringify({ data: { ...data, created_at: null, updated_at: null } })));
  });
  const onViolation = (one: Violation) => violations.push(one);
  const proxy = await proxyTo(urlOf(server), { others: 'elsewhere', onViolation });
  const headers = { authorization: 'Bearer k', 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'Created', external_reference_id: 'a' });
  await (await fetch(`${proxy.url}/v1/groups`, { method: 'POST', headers, body })).text();
  await (await fetch(`${proxy.url}/v1/groups/grp_${'A'.repeat(22)}`, { headers })).text();
  await expect.poll(() => violations.map(({ part }) => part)).toEqual(['GRP-4']);
});

test('a request that uses the address as an HTTP proxy is refused', async () => {
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
