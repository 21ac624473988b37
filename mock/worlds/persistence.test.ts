import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { type Mock, type MockOptions, startMock } from '../index.ts';
import { schemaVersion } from '../store/sqlite/migrations.ts';
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

test('retrievals before a restart count', async () => {
  const data = folder();
  const progress = { after: 'polls', count: 3 } as const;
  const first = await start(data, { progress });
  const path = await submit(first);
  await call(first, 'GET', path);
  await call(first, 'GET', path);
  await first.close();
  const second = await start(data, { progress });
  const isInFlight = [];
  for (let poll = 0; poll < 2; poll++) isInFlight.push((await call(second, 'GET', path)).completed_at === null);
  expect(isInFlight).toEqual([true, false]);
  await second.close();
});

test('a restart keeps faults with their remaining times, and they hit the requests that they would have hit', async () => {
  const answers = async (mock: Mock, requests: number): Promise<number[]> => {
    const statuses = [];
    for (let request = 0; request < requests; request++)
      statuses.push((await mock.fetch('/v1/plans', { headers: { authorization: 'Bearer vit_apk_acme' } })).status);
    return statuses;
  };
  const faults = [
    { status: 503, probability: 0.5, times: 15 },
    { status: 429, times: 4, probability: 0.2 },
  ];
  const steady = await start(folder(), { faults });
  const expected = [...(await answers(steady, 13)), ...(await answers(steady, 40))];
  const left = steady.control().listFaults();
  await steady.close();
  expect(new Set(expected)).toEqual(new Set([200, 429, 503]));

  const data = folder();
  const first = await start(data, { faults });
  const before = await answers(first, 13);
  const happened = first.control().listFaults();
  await first.close();
  const second = await start(data, { faults });
  expect(second.control().listFaults()).toEqual(happened);
  expect([...before, ...(await answers(second, 40))]).toEqual(expected);
  expect(second.control().listFaults()).toEqual(left);
  await second.close();
});

test('a restart keeps forced outcomes with their remaining times', async () => {
  const data = folder();
  const progress = { after: 'polls', count: 0 } as const;
  const failures = async (mock: Mock): Promise<unknown> => {
    const { results } = await call(mock, 'GET', await submit(mock));
    return (results as Record<string, unknown> | undefined)?.failures;
  };
  const first = await start(data, { progress });
  first.control().addRejection({ reference_id: 'ada', reason: 'No.', times: 2 });
  first.control().addRejection({ reference_id: 'bea', reason: 'No.' });
  expect(await failures(first)).toMatchObject([{ reference_id: 'ada', reason: 'No.' }]);
  const { rejections } = first.control().listRejections();
  await first.close();
  const second = await start(data, { progress });
  expect(second.control().listRejections().rejections).toEqual(rejections);
  expect(rejections).toMatchObject([
    { reference_id: 'ada', times: 1 },
    { reference_id: 'bea', times: 1 },
  ]);
  expect(await failures(second)).toMatchObject([{ reference_id: 'ada' }]);
  expect(await failures(second)).toEqual([]);
  await second.close();
});

test('a row that failed before a restart is counted as failed again after it, and digests stay the same', async () => {
  const data = folder();
  const submitTo = (mock: Mock, id = '') =>
    call(mock, 'POST', `/v1/groups/${id}/members/sync`, { members: [row('b', { email: 'blocked@example.com' })] });
  const progress = { after: 'polls', count: 0 } as const;
  const first = await start(data, { progress });
  const { id } = await call(first, 'POST', '/v1/groups', { name: 'A group' });
  await submitTo(first, id);
  const before = first.control().readJournal();
  await first.close();
  const second = await start(data, { progress });
  await submitTo(second, id);
  const after = second.control().readJournal();
  expect(before.completions).toMatchObject([{ failed: 1, failed_again: 0 }]);
  expect(after.completions).toMatchObject([{ failed: 1, failed_again: 1 }]);
  expect(after.exchanges.at(-1)?.body).toBe(before.exchanges.at(-1)?.body);
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
  await expect(start(data)).rejects.toThrow(
    `world-main.sqlite: it has schema version 99, this kit knows up to ${schemaVersion};`,
  );
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

test('reset and drop change the file', async () => {
  const data = folder();
  const first = await start(data, { faults: [{ status: 500, operations: ['listPlans'] }] });
  await submit(first);
  await call(first, 'POST', '/v1/groups', { name: 'gone' }, 'vit_apk_acme.gone');
  first.control().addFault({ status: 503 });
  first.control().addRejection({ reference_id: 'ada', reason: 'No.' });
  first.reset('main');
  first.control('gone').dropWorld();
  await first.close();
  expect(openFolder(data).names()).toEqual(['main']);

  const second = await start(data, { faults: [{ status: 429 }] });
  expect(second.control().listGroups().groups).toEqual([]);
  expect(second.control().listFaults().faults).toMatchObject([{ status: 500 }]);
  expect(second.control().listRejections().rejections).toEqual([]);
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
