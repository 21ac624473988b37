import { afterAll, beforeAll, expect, test } from 'vitest';
import { end, residentMiB, type SpawnedMock, startSpawned } from '../../spawned-mock.ts';
import { key, type Place, wellFramed } from './case.ts';
import { talk, Wire } from './wire.ts';

let mock: SpawnedMock;
let place: Place;

beforeAll(async () => {
  mock = await startSpawned();
  place = { host: new URL(mock.url).host, group: '', request: '', plan: '' };
});
afterAll(() => end(mock.child));

async function total(): Promise<number> {
  const response = await fetch(`${mock.url}/v1/groups?limit=1`, { headers: { authorization: `Bearer ${key}` } });
  return ((await response.json()) as { pagination: { total: number } }).pagination.total;
}

const list = (page: number, connection = 'keep-alive') =>
  wellFramed({ method: 'GET', path: `/v1/groups?page=${page}`, headers: { connection } }, place);
const creation = (connection = 'keep-alive') =>
  wellFramed({ method: 'POST', path: '/v1/groups', headers: { connection }, body: '{"name": "A"}' }, place);

/** Opens so many connections; fewer, and says so, where this system lets a process have no more. */
async function open(count: number): Promise<Wire[]> {
  const wires: Wire[] = [];
  while (wires.length < count) {
    const batch = await Promise.allSettled(Array.from({ length: 100 }, () => Wire.open(mock.url)));
    for (const each of batch) if (each.status === 'fulfilled') wires.push(each.value);
    const failed = batch.find((each) => each.status === 'rejected');
    if (failed === undefined) continue;
    const { code } = failed.reason as NodeJS.ErrnoException;
    if (code !== 'EMFILE' && code !== 'ENFILE') throw failed.reason;
    console.log(`only ${wires.length} of ${count} connections: this system lets a process open no more files`);
    break;
  }
  return wires;
}

test('5,000 idle connections cost little, and the next request is served', async () => {
  const before = residentMiB(mock.child) ?? 0;
  const wires = await open(5000);
  expect(await total()).toBe(0);
  expect((residentMiB(mock.child) ?? 0) - before).toBeLessThan(150);
  for (const wire of wires) wire.destroy();
  expect(await total()).toBe(0);
});

test('requests that come slowly hold nobody up, and what of them never comes has no effect', async () => {
  const sent = creation();
  const wires = await open(200);
  for (const [index, wire] of wires.entries()) wire.write(sent.subarray(0, 1 + ((index * 7) % (sent.length - 1))));
  expect(await total()).toBe(0);
  for (const wire of wires) wire.write('x');
  for (const wire of wires) wire.destroy();
  expect(await total()).toBe(0);
});

test('a client that has said everything and only listens is answered', async () => {
  const before = await total();
  const answers = await talk(mock.url, creation());
  expect(answers.map(({ status }) => status)).toEqual([201]);
  expect(await total()).toBe(before + 1);
});

test('a hundred requests at once on one connection are answered in their order', async () => {
  const pages = Array.from({ length: 100 }, (_, index) => index + 1);
  const answers = await talk(mock.url, Buffer.concat(pages.map((page) => list(page))));
  expect(answers.map(({ body }) => JSON.parse(body).pagination.page)).toEqual(pages);
});

test('a broken request hides no request before it, and none after it is heard', async () => {
  const before = await total();
  const broken = Buffer.from('G@T / HTTP/1.1\r\n\r\n');
  const [first = { status: 201 }] = await talk(mock.url, Buffer.concat([creation(), broken, creation()]));
  expect(first.status).toBe(201);
  expect(await total()).toBe(before + 1);
});

test('a client that reads no answers is not answered without end', async () => {
  const [wire] = await open(1);
  const before = residentMiB(mock.child) ?? 0;
  wire?.pause();
  wire?.write(Buffer.concat(Array.from({ length: 50_000 }, () => list(1))));
  for (let request = 0; request < 20; request += 1) await total();
  expect((residentMiB(mock.child) ?? 0) - before).toBeLessThan(150);
  wire?.destroy();
});
