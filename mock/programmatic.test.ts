import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type MockOptions, startMock } from './index.ts';
import { row, stoppedHost } from './test-support/frozen-mock.ts';

async function start(options: MockOptions = {}) {
  const mock = await startMock({ port: false, host: stoppedHost, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

const headers = { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' };
const creation = { method: 'POST', headers, body: '{"name": "A group"}' };

test('without a port, fetch accepts a relative URL, an absolute URL, a URL object or a Request', async () => {
  const mock = await start();
  for (const input of ['/v1/plans', `${mock.url}/v1/plans`, new URL('/v1/plans', mock.url)])
    expect((await mock.fetch(input, { headers })).status).toBe(200);
  expect((await mock.fetch(new Request(`${mock.url}/v1/plans`, { headers }))).status).toBe(200);
  expect((await mock.fetch('/_mock/worlds')).status).toBe(200);
});

test('several mocks in one process share nothing', async () => {
  const [one, other] = [await start(), await start({ quirks: { 'create-status': '200' } })];
  expect((await one.fetch('/v1/groups', creation)).status).toBe(201);
  expect((await other.fetch('/v1/groups', creation)).status).toBe(200);
  one.clock().freeze();
  expect(other.clock().frozen).toBe(false);
  one.reset();
  expect([one, other].map((mock) => mock.control().listGroups().groups.length)).toEqual([0, 1]);
});

test('control functions and the control plane act on the same world', async () => {
  const mock = await start();
  mock.control('pr-1').freezeClock();
  const response = await mock.fetch('/_mock/worlds/pr-1/clock');
  expect(await response.json()).toEqual(mock.control('pr-1').readClock());
});

test('a snapshot larger than any roster can be imported over HTTP', async () => {
  const mock = await start();
  await mock.fetch('/v1/groups', { ...creation, body: JSON.stringify({ name: 'x' }) });
  const snapshot = mock.control().exportSnapshot();
  const people = Array.from({ length: 40_000 }, (_, index) => ({
    id: `mbr_${index}`,
    details: JSON.stringify({ ...row(`p${index}`), address: { address_line_1: 'x'.repeat(255) } }),
  }));
  const body = JSON.stringify({ ...snapshot, tables: { ...snapshot.tables, people } });
  expect(body.length).toBeGreaterThan(17_000_000);
  const response = await mock.fetch('/_mock/worlds/main/snapshot', { method: 'PUT', headers, body });
  expect(response.status).toBe(200);
  expect(mock.control().listPeople({ page: 400 }).people).toHaveLength(100);
});

test('a mock does not start with an invalid seed or fault', async () => {
  await expect(start({ seed: { organisations: [] } as never })).rejects.toThrow(/"organisations"/);
  await expect(start({ faults: [{ operations: ['createGroup'] }] })).rejects.toThrow(/at least one of "status"/);
});

test.for([
  [{ prot: false }, 'unknown option "prot"; did you mean "port"?'],
  [{ quirk: {} }, 'unknown option "quirk"; did you mean "quirks"?'],
  [{ colour: 'red' }, 'unknown option "colour"; expected port, host, '],
  [{ port: '4010' }, 'port: expected a whole number from 0 to 65535, or false, got "4010".'],
  [{ quirks: { phone: 'always' } }, 'quirk phone can be optional or required, not "always"'],
  [{ faults: [{ status: 200 }] }, 'status: expected at least 400, got 200.'],
  [{ faults: 'sunny' }, 'faults: expected a list of faults, or one of flaky, rate-limited, slow, outage, got "sunny".'],
  [{ syncDelay: '1s' }, 'syncDelay: expected a whole number from 0 to 86400000, got "1s".'],
  [{ syncDelay: 1, syncManual: true }, 'expected "syncDelay" or "syncManual", got both.'],
  [{ progress: { after: 'delay' } }, 'progress: expected { after: "delay", ms }'],
  [{ seed: {}, scenario: 'empty' }, 'expected "seed" or "scenario", got both.'],
] as const)('a mock does not start with the options %j', async ([options, message]) => {
  await expect(start(options as never)).rejects.toThrow(message);
});

test('the options have the names of the command line', async () => {
  const mock = await start({ faults: 'outage', syncPolls: 3 });
  expect(mock.control().listFaults().faults).toMatchObject([{ status: 503 }]);
  expect(mock.control().readSettings()).toMatchObject({ sync_polls: 3 });
  expect(
    (
      await startMock({ port: false, host: '127.0.0.1', syncManual: true }).then(async (other) => {
        const settings = other.control().readSettings();
        await other.close();
        return settings;
      })
    ).sync_manual,
  ).toBe(true);
});

test('a world that cannot exist and a time that is not a number are refused', async () => {
  const mock = await start();
  for (const name of [7, {}, 'no spaces', '']) expect(() => mock.clock(name as string)).toThrow(/^world: expected /);
  for (const at of ['2026-01-01T00:00:00Z', new Date(0), Number.NaN])
    expect(() => mock.clock().freeze(at as number)).toThrow(/^freeze: expected a number of milliseconds, got /);
  expect(() => mock.clock().advance('1h' as never)).toThrow('advance: expected a number of milliseconds, got "1h".');
  expect(mock.clock().frozen).toBe(false);
});

test('fake timers of a test, even in modules of Node, do not block requests', async () => {
  const mock = await start({ port: 0 });
  const real = timers.setImmediate;
  onTestFinished(() => {
    Object.assign(timers, { setImmediate: real });
    syncBuiltinESMExports();
    vi.useRealTimers();
  });
  vi.useFakeTimers();
  Object.assign(timers, { setImmediate: () => new Promise(() => {}) });
  syncBuiltinESMExports();
  expect((await fetch(`${mock.url}/v1/groups`, creation)).status).toBe(201);
});

test('fetch rejects as soon as its signal is aborted', async () => {
  const mock = await start();
  const reason = new Error('waited long enough');
  mock.control().addFault({ latency_ms: 3000 });
  const waiting = new AbortController();
  const late = mock.fetch('/v1/plans', { headers, signal: waiting.signal });
  waiting.abort(reason);
  await expect(late).rejects.toBe(reason);
  await expect(mock.fetch('/v1/groups', { ...creation, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(mock.control().listGroups().groups).toEqual([]);
});

test('observe is called with exchanges and completed syncs of every world', async () => {
  const seen: string[] = [];
  const mock = await start({
    progress: { after: 'polls', count: 0 },
    observe: (entry) => seen.push(`${entry.world} ${'exchange' in entry ? entry.exchange.operation : 'completed'}`),
  });
  const key = { ...headers, authorization: 'Bearer vit_apk_acme.w' };
  const created = await mock.fetch('/v1/groups', { ...creation, headers: key });
  const { id } = ((await created.json()) as { data: { id: string } }).data;
  await mock.fetch(`/v1/groups/${id}/members/sync`, { method: 'POST', headers: key, body: '{"members": []}' });
  expect(seen).toEqual(['w createGroup', 'w completed', 'w submitMemberSync']);
});
