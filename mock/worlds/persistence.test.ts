import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { type Mock, type MockOptions, startMock } from '../index.ts';
import { row, stoppedHost } from '../test-support/frozen-mock.ts';
import { openFolder } from './folder.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'groups-mock-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const start = (data: string, options: MockOptions = {}): Promise<Mock> =>
  startMock({ port: 0, host: stoppedHost, data, ...options });

async function call(mock: Mock, method: string, path: string, body?: unknown, key = 'vit_apk_acme') {
  const response = await mock.fetch(
    new Request(mock.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  return ((await response.json()) as { data: Record<string, never> }).data;
}

async function submit(mock: Mock, members = [row('ada')]): Promise<string> {
  const { id } = await call(mock, 'POST', '/v1/groups', { name: 'A group' });
  const { request_id } = await call(mock, 'POST', `/v1/groups/${id}/members/sync`, { members });
  return `/v1/groups/${id}/members/sync/${request_id}`;
}

test('a sync that was accepted before a restart completes once after it', async () => {
  const data = folder();
  const first = await start(data);
  const path = await submit(first);
  await first.close();

  const second = await start(data);
  expect((await call(second, 'GET', path)).completed_at).toBeNull();
  second.clock().advance(500);
  const completed = await call(second, 'GET', path);
  expect(completed.results).toMatchObject({ added_group_member_ids: [expect.any(String)], failures: [] });
  await second.close();

  const third = await start(data);
  third.clock().advance(60_000);
  expect(await call(third, 'GET', path)).toEqual(completed);
  await third.close();
});

test('a restart keeps the settings of a world, and takes the others from the command line', async () => {
  const data = folder();
  const first = await start(data);
  first.control().changeSettings({ quirks: { 'cross-group': 'reject' }, sync_polls: 3 });
  await first.close();
  const second = await start(data, { quirks: { phone: 'required' } });
  expect(second.control().readSettings()).toMatchObject({
    quirks: { 'cross-group': 'reject', phone: 'required' },
    sync_polls: 3,
  });
  await second.close();
});

test('a restart keeps time that was advanced and frozen', async () => {
  const data = folder();
  const first = await start(data);
  first.clock().advance(86_400_000);
  first.clock().freeze();
  const then = first.clock().now();
  await first.close();
  const second = await start(data);
  expect(second.clock().now()).toBe(then);
  expect(second.clock().frozen).toBe(true);
  await second.close();
});

test('retrievals are counted from zero after a restart', async () => {
  const data = folder();
  const progress = { after: 'polls', count: 2 } as const;
  const first = await start(data, { progress });
  const path = await submit(first);
  await call(first, 'GET', path);
  await first.close();
  const second = await start(data, { progress });
  const seen = [];
  for (let poll = 0; poll < 3; poll++) seen.push((await call(second, 'GET', path)).completed_at === null);
  expect(seen).toEqual([true, true, false]);
  await second.close();
});

test('worlds whose names differ only in case, or are reserved by a system, have separate files', async () => {
  const data = folder();
  const mock = await start(data);
  for (const world of ['pr-1', 'PR-1', 'Pr-1', 'nul'])
    await call(mock, 'POST', '/v1/groups', { name: world }, `vit_apk_acme.${world}`);
  await mock.close();
  const files = readdirSync(data).map((file) => file.toLowerCase());
  expect(new Set(files).size).toBe(5);
  expect(openFolder(data).names().sort()).toEqual(['PR-1', 'Pr-1', 'main', 'nul', 'pr-1']);
});

test('a file of a newer kit is refused, and the message names both versions', async () => {
  const data = folder();
  const database = new DatabaseSync(openFolder(data).location('main'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(start(data)).rejects.toThrow(/world-main\.sqlite: it has schema version 99, this kit knows up to 1/);
});

test('a folder that another mock uses is refused', async () => {
  const data = folder();
  const mock = await start(data);
  await expect(start(data)).rejects.toThrow(/in use by another process/);
  await mock.close();
});

// Without /proc, this is a folder that cannot be created.
test('a folder that the file system cannot create is refused, and not retried forever', async () => {
  await expect(start('/proc/worlds/of-mine')).rejects.toThrow(/^cannot keep worlds in \/proc\/worlds\/of-mine: E/);
});

test('a folder that cannot be created and a file that is not a database are refused with a reason', async () => {
  const data = folder();
  writeFileSync(join(data, 'file'), 'text');
  await expect(start(join(data, 'file'))).rejects.toThrow(/^cannot keep worlds in .*file/);
  writeFileSync(openFolder(data).location('main'), 'this is not a database, however long it may be '.repeat(50));
  await expect(start(data)).rejects.toThrow(/world-main\.sqlite: .*not a database/);
});

test('after a restart, a held sync is still held, and a sync that was asked to complete still waits only for it', async () => {
  const data = folder();
  const progress = { after: 'manual' } as const;
  const first = await start(data, { progress });
  const held = await submit(first);
  const [, , , id = ''] = held.split('/');
  const { request_id = '' } = await call(first, 'POST', `/v1/groups/${id}/members/sync`, { members: [] });
  first.control().stallSync(held.split('/').at(-1) as string);
  expect(first.control().completeSync(request_id).progress).toBe('ready');
  await first.close();

  const second = await start(data, { progress });
  expect(
    second
      .control()
      .listSyncs()
      .syncs.map((sync) => sync.progress),
  ).toEqual(['ready', 'stalled']);
  second.control().completeSync(held.split('/').at(-1) as string);
  expect(
    second
      .control()
      .listSyncs()
      .syncs.map((sync) => sync.progress),
  ).toEqual(['completed', 'completed']);
  await second.close();
});

test('reset and drop change the file, and a restart restores the initial faults', async () => {
  const data = folder();
  const first = await start(data);
  await submit(first);
  await call(first, 'POST', '/v1/groups', { name: 'gone' }, 'vit_apk_acme.gone');
  first.control().addFault({ status: 503 });
  first.reset('main');
  first.control('gone').dropWorld();
  first.control().addFault({ status: 503 });
  await first.close();
  expect(openFolder(data).names()).toEqual(['main']);

  const second = await start(data);
  expect(second.control().listGroups().groups).toEqual([]);
  expect(second.control().listFaults().faults).toEqual([]);
  await second.close();
});

test('the keys of a mock come from the organizations in its folder', async () => {
  const data = folder();
  const first = await start(data, { seed: { organizations: [{ slug: 'initech', plans: ['Basic'] }] } });
  expect(first.keys).toEqual(['vit_apk_initech']);
  await first.close();
  const second = await start(data);
  expect(second.keys).toEqual(['vit_apk_initech']);
  await second.close();
});
