import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { acme, openMock, row } from '../test-support/frozen-mock.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'groups-mock-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A mock that keeps three worlds open, and how many groups a world has. */
async function start(data: string) {
  const opened = await openMock({ data, openWorlds: 3, port: false });
  const groups = async (world: string): Promise<number> =>
    (await opened.call('GET', '/v1/groups', { key: `${acme}.${world}` })).body.pagination.total;
  const openNames = () => opened.mock.worlds().worlds.map(({ name }) => name);
  const submit = async (world: string): Promise<string> => {
    const path = `/v1/groups/${await opened.group('A group', `${acme}.${world}`)}/members/sync`;
    const { body } = await opened.call('POST', path, { key: `${acme}.${world}`, body: { members: [row('ada')] } });
    return `${path}/${body.data.request_id}`;
  };
  const isCompleted = async (world: string, path: string): Promise<boolean> =>
    (await opened.call('GET', path, { key: `${acme}.${world}` })).body.data.completed_at !== null;
  return { ...opened, groups, openNames, submit, isCompleted };
}

test('worlds beyond the limit are closed, and are opened again with their data when they are used', async () => {
  const { mock, group, groups, openNames } = await start(folder());
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) await group('A', `${acme}.${name}`);
  expect(openNames().sort()).toEqual(['d', 'e', 'main']);
  expect([...mock.worlds().closed].sort()).toEqual(['a', 'b', 'c']);
  for (const name of names) expect(await groups(name)).toBe(1);
  expect(openNames()).toHaveLength(3);
});

test('a world stays open while a sync is in flight', async () => {
  const { mock, submit, isCompleted, groups, openNames } = await start(folder());
  const path = await submit('waiting');
  for (const name of ['a', 'b', 'c']) await groups(name);
  expect(openNames()).toContain('waiting');

  mock.clock('waiting').advance(1000);
  expect(await isCompleted('waiting', path)).toBe(true);
  for (const name of ['a', 'b', 'c']) await groups(name);
  expect(openNames().sort()).toEqual(['b', 'c', 'main']);
});

test('a world with faults and rejections is closed like any other, and has them when it is opened again', async () => {
  const { mock, groups, openNames } = await start(folder());
  const fault = mock.control('steered').addFault({ status: 503, times: 3 });
  const rejection = mock.control('steered').addRejection({ reference_id: 'ada', reason: 'No.' });
  for (const name of ['a', 'b', 'c']) await groups(name);
  expect(openNames()).not.toContain('steered');
  expect(mock.control('steered').listFaults().faults).toEqual([fault]);
  expect(mock.control('steered').listRejections().rejections).toEqual([rejection]);
});

test('a restart opens main and the worlds with a sync in flight', async () => {
  const data = folder();
  const first = await start(data);
  const path = await first.submit('waiting');
  await first.groups('quiet');
  await first.mock.close();

  const second = await start(data);
  expect(second.openNames().sort()).toEqual(['main', 'waiting']);
  expect(second.mock.worlds().closed).toEqual(['quiet']);
  second.mock.clock('waiting').advance(1000);
  expect(await second.isCompleted('waiting', path)).toBe(true);
  await second.mock.close();

  expect((await start(data)).openNames()).toEqual(['main']);
});

test('after a crash, the worlds with a sync in flight are opened', async () => {
  const data = folder();
  const { submit } = await start(data);
  const path = await submit('waiting');
  const crashed = folder();
  cpSync(data, crashed, { recursive: true }); // What a killed process leaves behind.

  const second = await start(crashed);
  expect(second.openNames()).toContain('waiting');
  second.mock.clock('waiting').advance(1000);
  expect(await second.isCompleted('waiting', path)).toBe(true);
});

test('a closed world can be dropped, reset and read by the control plane', async () => {
  const data = folder();
  const { mock, group } = await start(data);
  for (const name of ['dropped', 'reset', 'read', 'x', 'y']) await group('A', `${acme}.${name}`);
  expect(mock.worlds().closed).toEqual(expect.arrayContaining(['dropped', 'reset', 'read']));
  mock.control('dropped').dropWorld();
  mock.reset('reset');
  expect(mock.control('read').listGroups().groups).toHaveLength(1);
  expect(mock.control('reset').listGroups().groups).toEqual([]);
  expect(() => mock.control('dropped').describeWorld()).toThrow('no world "dropped"');
  expect(readdirSync(data).filter((file) => file.includes('dropped'))).toEqual([]);
});
