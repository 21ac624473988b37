import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../index.ts';
import { acme, stoppedHost } from '../test-support/frozen-mock.ts';
import { createMetrics } from './metrics.ts';

async function start(options: Parameters<typeof startMock>[0] = {}) {
  const mock = await startMock({ port: false, host: stoppedHost, metrics: true, ...options });
  onTestFinished(() => mock.close());
  const send = (path: string, init: RequestInit = {}) =>
    mock.fetch(path, {
      ...init,
      headers: { authorization: `Bearer ${acme}`, 'content-type': 'application/json' },
    });
  const scrape = async () => (await mock.fetch('/_mock/metrics')).text();
  return { mock, send, scrape };
}

test('requests are counted by operation and status, and timed by operation', async () => {
  const { send, scrape } = await start();
  await send('/v1/groups');
  await send('/v1/groups');
  await send('/v1/groups?page=x');
  await send('/v1/nothing');
  await send('/v1/groups', { method: 'PUT' });
  const text = await scrape();
  expect(text.match(/^groups_mock_requests_total.*/gm)).toEqual([
    'groups_mock_requests_total{operation="listGroups",status="200"} 2',
    'groups_mock_requests_total{operation="listGroups",status="400"} 1',
    'groups_mock_requests_total{operation="none",status="404"} 1',
    'groups_mock_requests_total{operation="none",status="405"} 1',
  ]);
  expect(text).toContain('groups_mock_request_duration_seconds_count{operation="listGroups"} 3');
  expect(text).toContain('process_cpu_seconds_total');
});

test('requests with an injected fault are counted, and a dropped connection has status 0, but they are not timed', async () => {
  const { send, scrape } = await start({ faults: [{ cut: 'connection', times: 1 }] });
  await expect(send('/v1/groups')).rejects.toThrow('fetch failed');
  const text = await scrape();
  expect(text).toContain('groups_mock_requests_total{operation="listGroups",status="0"} 1');
  expect(text).not.toContain('groups_mock_request_duration_seconds_count');
});

test('open worlds and syncs in flight are read when they are asked for', async () => {
  const { mock, send, scrape } = await start({ syncManual: true });
  expect(await scrape()).toContain('groups_mock_syncs_in_flight 0');
  const { data } = (await (
    await send('/v1/groups', { method: 'POST', body: JSON.stringify({ name: 'A', external_reference_id: 'a' }) })
  ).json()) as { data: { id: string } };
  await send(`/v1/groups/${data.id}/members/sync`, { method: 'POST', body: JSON.stringify({ members: [] }) });
  mock.clock('other');
  const text = await scrape();
  expect(text).toContain('groups_mock_syncs_in_flight 1');
  expect(text).toContain('groups_mock_open_worlds 2');
  expect(text).not.toContain('groups_mock_database');
});

test('a database adds its connections, retries and late worlds', async () => {
  let lateWorlds: number | undefined = 3;
  const metrics = createMetrics(() => ({
    openWorlds: 1,
    syncsInFlight: 0,
    database: { pool: { total: 4, idle: 1, waiting: 2 }, retries: 7, lateWorlds },
  }));
  const values = async () => (await metrics.text()).match(/^groups_mock_(database|late).*/gm);
  const others = [
    'groups_mock_database_connections{state="total"} 4',
    'groups_mock_database_connections{state="idle"} 1',
    'groups_mock_database_connections{state="waiting"} 2',
    'groups_mock_database_retries_total 7',
  ];
  expect(await values()).toEqual([...others, 'groups_mock_late_worlds 3']);
  lateWorlds = undefined;
  expect(await values()).toEqual([...others, 'groups_mock_late_worlds Nan']);
});

test('metrics are guarded as the control plane is, and a mock without them says how to get them', async () => {
  const { mock } = await start({ port: 0, controlToken: 'open-sesame' });
  const ask = (headers: Record<string, string>) => fetch(`${mock.url}/_mock/metrics`, { headers });
  expect((await ask({})).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
  const { mock: without } = await start({ metrics: false });
  const answer = await without.fetch('/_mock/metrics');
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('start it with --metrics')]);
});
