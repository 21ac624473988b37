import { afterAll, beforeAll, expect, test } from 'vitest';
import { end, residentMiB, type SpawnedMock, startSpawned } from '../../spawned-mock.ts';
import { type HostileTarget, key, wellFramed } from './case.ts';
import { talk, Wire } from './wire.ts';

let mock: SpawnedMock;
let place: HostileTarget;

beforeAll(async () => {
  mock = await startSpawned();
  place = { host: new URL(mock.url).host, group: '', request: '', plan: '' };
});
afterAll(() => end(mock.child));

interface Page {
  readonly data: readonly { readonly name: string }[];
  readonly pagination: { readonly total: number };
}

async function newest(limit: number): Promise<Page> {
  const response = await fetch(`${mock.url}/v1/groups?limit=${limit}`, { headers: { authorization: `Bearer ${key}` } });
  return (await response.json()) as Page;
}

const total = async () => (await newest(1)).pagination.total;

const list = (page: number, connection = 'keep-alive') =>
  wellFramed({ method: 'GET', path: `/v1/groups?page=${page}`, headers: { connection } }, place);
const creation = (body = '{"name": "A"}') =>
  wellFramed({ method: 'POST', path: '/v1/groups', headers: { connection: 'keep-alive' }, body }, place);

/** Opens `count` connections, or as many as this system allows a process, with a note. */
async function open(count: number): Promise<Wire[]> {
  const wires: Wire[] = [];
  while (wires.length < count) {
    const batch = await Promise.allSettled(Array.from({ length: 100 }, () => Wire.open(mock.url)));
    for (const each of batch) if (each.status === 'fulfilled') wires.push(each.value);
    const failed = batch.find((each) => each.status === 'rejected');
    if (failed === undefined) continue;
    const { code } = failed.reason as NodeJS.ErrnoException;
    if (code !== 'EMFILE' && code !== 'ENFILE') throw failed.reason;
    console.log(`only ${wires.length} of ${count} connections: this system does not let a process open more files`);
    break;
  }
  return wires;
}

test('5,000 idle connections cost little, and the next request is served', async () => {
  const before = residentMiB(mock.child) ?? 0;
  const wires = await open(5000);
  for (const wire of wires) wire.write(list(1));
  const answered = () => wires.filter((wire) => wire.answers().length === 1).length;
  await expect.poll(answered, { timeout: 30_000, interval: 200 }).toBe(wires.length);
  // The mock announces no limit for idle connections.
  expect(wires[0]?.answers()[0]?.headers).not.toHaveProperty('keep-alive');
  expect(await total()).toBe(0);
  expect((residentMiB(mock.child) ?? 0) - before).toBeLessThan(150);
  for (const wire of wires) wire.destroy();
  expect(await total()).toBe(0);
});

test('slow requests do not delay others, and incomplete ones have no effect', async () => {
  const sent = creation();
  const wires = await open(200);
  for (const [index, wire] of wires.entries()) wire.write(sent.subarray(0, 1 + ((index * 7) % (sent.length - 1))));
  expect(await total()).toBe(0);
  for (const wire of wires) wire.write('x');
  for (const wire of wires) wire.destroy();
  expect(await total()).toBe(0);
});

/** Creates a group in chunks, without a length. */
const chunked = (name: string) => {
  const body = JSON.stringify({ name });
  const headers = { connection: 'keep-alive', 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
  const head = wellFramed({ method: 'POST', path: '/v1/groups', headers }, place);
  return Buffer.concat([head, Buffer.from(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)]);
};

/** Creates a group with a body of the given number of bytes. */
const padded = (name: string, size: number) => creation(JSON.stringify({ name }).padEnd(size));

test.each([0, 200, 70_000, 1_000_000])(
  'a body of %d bytes or more arrives completely, however it is sent, and so does the next request',
  async (size) => {
    const sent = padded(`of ${size}`, size);
    const head = sent.indexOf('\r\n\r\n') + 4;
    for (const cut of [sent.length, head - 2, head, head + 1, head + 11, sent.length - 1]) {
      const wire = await Wire.open(mock.url);
      wire.write(sent.subarray(0, cut));
      // Once another request is answered, the mock has read what was sent before it.
      await total();
      wire.write(Buffer.concat([sent.subarray(cut), list(1, 'close')]));
      wire.finish();
      await wire.closed;
      const answers = wire.answers();
      expect([cut - head, answers.map(({ status }) => status)]).toEqual([cut - head, [201, 200]]);
      expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ data: { name: `of ${size}` } });
    }
  },
);

test('short writes pipelined on one connection take effect in order, whatever their encoding', async () => {
  const sent = [padded('1', 20), chunked('2'), padded('3', 10_000), chunked('4'), padded('5', 20)];
  const answers = await talk(mock.url, Buffer.concat(sent));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  expect((await newest(5)).data.map(({ name }) => name)).toEqual(['5', '4', '3', '2', '1']);
});

test.each([{ 'content-length': '0' }, {}])(
  'an empty body is refused, and the next request is answered: %j',
  async (headers) => {
    const empty = { connection: 'keep-alive', 'content-type': 'application/json', ...headers };
    const sent = wellFramed({ method: 'POST', path: '/v1/groups', headers: empty }, place);
    const answers = await talk(mock.url, Buffer.concat([sent, list(1, 'close')]));
    expect(answers.map(({ status }) => status)).toEqual([400, 200]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ app_error_code: 'malformed_json' });
  },
);

test('a client that has closed its sending side is answered', async () => {
  const before = await total();
  const answers = await talk(mock.url, creation());
  expect(answers.map(({ status }) => status)).toEqual([201]);
  expect(await total()).toBe(before + 1);
});

test('a hundred requests pipelined on one connection are answered in order', async () => {
  const pages = Array.from({ length: 100 }, (_, index) => index + 1);
  const answers = await talk(mock.url, Buffer.concat(pages.map((page) => list(page))));
  expect(answers.map(({ body }) => JSON.parse(body).pagination.page)).toEqual(pages);
});

test('requests before a broken request are answered, and none after it', async () => {
  const before = await total();
  const broken = Buffer.from('G@T / HTTP/1.1\r\n\r\n');
  const [first = { status: 201 }] = await talk(mock.url, Buffer.concat([creation(), broken, creation()]));
  expect(first.status).toBe(201);
  expect(await total()).toBe(before + 1);
});

test('the mock stops answering a client that does not read its answers', async () => {
  const [wire] = await open(1);
  const before = residentMiB(mock.child) ?? 0;
  wire?.pause();
  wire?.write(Buffer.concat(Array.from({ length: 50_000 }, () => list(1))));
  for (let request = 0; request < 20; request += 1) await total();
  expect((residentMiB(mock.child) ?? 0) - before).toBeLessThan(150);
  wire?.destroy();
});
