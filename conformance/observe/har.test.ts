import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ObservedExchange } from './exchange.ts';
import { type HarRecording, readHar } from './har.ts';
import { inspect } from './inspect.ts';
import type { PartFinding } from './observer.ts';

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'har-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(entries: readonly object[], start = ''): Promise<string> {
  const file = join(folder, `${++files}.har`);
  await writeFile(file, `${start}${JSON.stringify({ log: { version: '1.2', creator: {}, entries } })}`);
  return file;
}

async function read(
  entries: readonly object[],
  { baseUrl, start }: { baseUrl?: string; start?: string } = {},
): Promise<{ exchanges: ObservedExchange[]; recording: HarRecording }> {
  const exchanges: ObservedExchange[] = [];
  const recording = await readHar(await fileOf(entries, start), baseUrl, (exchange) => exchanges.push(exchange));
  return { exchanges, recording };
}

const api = 'https://api.example.com';
const list = '{"data":[],"pagination":{"page":1,"limit":20,"total":0,"total_pages":0}}';
const json = [{ name: 'Content-Type', value: 'application/json' }];

/** An entry as Chrome writes it: `second` is when it was sent. */
function entry(second: number, path: string, { request = {}, response = {}, ...fields }: Record<string, object> = {}) {
  return {
    _initiator: { type: 'script' },
    startedDateTime: `2026-01-15T10:30:${String(second).padStart(2, '0')}.000Z`,
    time: 12.5,
    request: {
      method: 'GET',
      url: path.startsWith('http') ? path : api + path,
      httpVersion: 'h2',
      headers: [
        { name: ':method', value: 'GET' },
        { name: ':authority', value: 'api.example.com' },
        { name: 'AUTHORIZATION', value: 'Bearer vit_apk_one' },
      ],
      bodySize: 0,
      ...request,
    },
    response: { status: 200, headers: json, content: { size: list.length, text: list }, ...response },
    ...fields,
  };
}

test('entries are read in chronological order, whatever their order in the file, also after a byte order mark', async () => {
  const entries = Array.from({ length: 50 }, (_, second) => entry(second, `/v1/groups?page=${second + 1}`));
  const { exchanges } = await read(entries.reverse(), { start: '\ufeff' });
  expect(exchanges.map(({ query }) => query)).toEqual(Array.from({ length: 50 }, (_, n) => `?page=${n + 1}`));
  expect(exchanges[0]).toMatchObject({ path: '/v1/groups', key: 'key 1', status: 200, responseBody: list });
});

test('a body in base64 is read, whether the recorder decoded its content encoding or not', async () => {
  const encoded = [...json, { name: 'Content-Encoding', value: 'gzip' }];
  const content = (bytes: Buffer) => ({ size: 1, encoding: 'base64', text: bytes.toString('base64') });
  const { exchanges } = await read([
    entry(1, '/v1/groups', { response: { headers: encoded, content: content(gzipSync(list)) } }),
    entry(2, '/v1/groups', { response: { headers: encoded, content: content(Buffer.from(list)) } }),
    entry(3, '/v1/groups', { response: { headers: encoded } }),
  ]);
  expect(exchanges.map(({ responseBody }) => responseBody)).toEqual([list, list, list]);
});

test('preflights, answers from a cache and other hosts are ignored', async () => {
  const { exchanges, recording } = await read([
    entry(1, '/v1/groups'),
    entry(2, '/v1/groups', { request: { method: 'OPTIONS' } }),
    { ...entry(3, '/v1/groups'), _fromCache: 'disk' },
    entry(4, '/v1/groups', { response: { status: 304 } }),
    entry(5, '/assets/app.js'),
    entry(6, 'https://elsewhere.example.com/v1/events'),
  ]);
  expect(exchanges).toHaveLength(1);
  expect(recording).toMatchObject({ entries: 6, ignored: 5, unreadable: 0, baseUrl: api });
});

test('an aborted request has no answer, and missing fields are not treated as empty', async () => {
  const sent = { method: 'POST', bodySize: 20, headers: [] };
  const { exchanges, recording } = await read([
    entry(1, '/v1/groups', { response: { status: 0, headers: [], content: {}, _error: 'net::ERR_ABORTED' } }),
    { startedDateTime: '2026-01-15T10:30:02Z', request: { method: 'GET', url: `${api}/v1/plans` } },
    entry(3, '/v1/groups', { request: sent, response: { content: { size: 40 }, headers: [] } }),
    { request: { method: 'GET', url: `${api}/v1/plans` } },
    {},
  ]);
  expect(exchanges.map(({ status }) => status)).toEqual([null, null, 200]);
  expect(exchanges[2]).not.toHaveProperty('requestBody');
  expect(exchanges[2]).not.toHaveProperty('responseBody');
  expect(exchanges[2]).not.toHaveProperty('responseHeaders');
  expect(exchanges[2]?.key).toBeNull();
  expect(recording.unreadable).toBe(2);
});

test('if several hosts have such paths, the one whose answers look like the API is judged, unless another is named', async () => {
  const page = { response: { content: { size: 6, text: '<html>' } } };
  const entries = [
    entry(1, 'https://www.example.com/shop/v1/groups', page),
    entry(2, 'https://www.example.com/shop/v1/groups', page),
    entry(3, '/v1/groups'),
  ];
  expect((await read(entries)).recording).toMatchObject({
    baseUrl: api,
    otherBaseUrls: ['https://www.example.com/shop'],
  });
  const named = await read(entries, { baseUrl: 'https://www.example.com/shop/' });
  expect(named.exchanges.map(({ path }) => path)).toEqual(['/v1/groups', '/v1/groups']);
});

test('a member that was redacted in a recording is not validated against its schema', async () => {
  const data = {
    id: 'mbr_a',
    first_name: '[redacted]',
    last_name: '[redacted]',
    address: '[redacted]',
    age: '[redacted]',
  };
  const text = JSON.stringify({ data: { ...data, date_of_birth: '[redacted]', status: null } });
  const { findings } = await inspect(
    await fileOf([entry(1, '/v1/members/mbr_a', { response: { content: { size: 1, text } } }), entry(2, '/v1/plans')]),
  );
  expect(findings.exchanges).toBe(2);
  expect(findings.parts.filter((part) => part.part.startsWith('MEM') && part.broken > 0)).toEqual([]);
});

test('entries that all have the time of the export, as Insomnia writes them, are judged one by one', async () => {
  const group = (updated: string) => ({
    id: 'grp_000000000000000000000A',
    organization_id: 'org_000000000000000000000A',
    name: 'One',
    external_reference_id: 'one',
    created_at: null,
    updated_at: updated,
  });
  const answer = (data: object) => ({ response: { content: { size: 9, text: JSON.stringify({ data }) } } });
  const entries = (second: number) => [
    entry(1, '/v1/groups/grp_000000000000000000000A', answer(group('2026-01-15T10:30:00Z'))),
    entry(second, '/v1/groups/grp_000000000000000000000A', answer(group('2026-01-15T10:29:00Z'))),
  ];
  const broken = async (second: number) => {
    const { findings } = await inspect(await fileOf(entries(second)));
    return findings.parts.filter((part: PartFinding) => part.broken > 0).map(({ part }) => part);
  };
  expect(await broken(2)).toEqual(['GRP-9']);
  expect(await broken(1)).toEqual([]);
});
