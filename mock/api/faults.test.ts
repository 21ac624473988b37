import { expect, onTestFinished, test } from 'vitest';
import { schemas } from '../../generated/validators.ts';
import { type FaultRequest, faultProfiles, type MockOptions, startMock } from '../index.ts';
import { stoppedHost } from '../test-support/frozen-mock.ts';

const headers = { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' };
const creation = { method: 'POST', headers, body: JSON.stringify({ name: 'A group' }) };

async function start(options: MockOptions = {}) {
  const mock = await startMock({ port: 0, ...options });
  onTestFinished(() => mock.close());
  const total = async () => {
    const response = await mock.fetch('/v1/groups', { headers });
    return ((await response.json()) as { pagination: { total: number } }).pagination.total;
  };
  return { mock, control: mock.control(), total };
}

test('a status fault answers with the error body and Retry-After, as often as requested, and the request has no effect', async () => {
  const { mock, control, total } = await start();
  control.addFault({ status: 429, retry_after: 7, times: 2, operations: ['createGroup'] });
  for (let time = 0; time < 2; time++) {
    const response = await mock.fetch('/v1/groups', creation);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-mock-fault')).toBe('fault-1');
    expect(schemas.Error(await response.json())).toBe(true);
  }
  expect(await total()).toBe(0);
  expect((await mock.fetch('/v1/groups', creation)).status).toBe(201);
  expect(control.listFaults().faults).toEqual([]);
});

test.for([
  [{ status: 429 }, 'rate_limited'],
  [{ status: 503 }, 'fault'],
  [{ status: 403, app_error_code: 'organization_access_denied' }, 'organization_access_denied'],
  [{ status: 403, app_error_code: null }, null],
] as const)('the error body of fault %j has the code %s', async ([fault, code]) => {
  const { mock, control } = await start();
  control.addFault(fault);
  const body = await (await mock.fetch('/v1/groups', creation)).json();
  expect(body).toMatchObject({ app_error_code: code });
  expect(schemas.Error(body)).toBe(true);
});

test.for(['socket', 'process'] as const)('a fault can have its own body and headers (%s)', async (where) => {
  const { mock, control } = await start();
  const send = () => (where === 'socket' ? fetch : mock.fetch)(`${mock.url}/v1/groups`, creation);
  control.addFault({ status: 502, body: '<h1>Bad Gateway</h1>', headers: { 'Content-Type': 'text/html' }, times: 1 });
  const page = await send();
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    502,
    'text/html',
    '<h1>Bad Gateway</h1>',
  ]);
  control.addFault({ status: 500, body: { error: 'boom' }, times: 1 });
  expect(await (await send()).json()).toEqual({ error: 'boom' });
  control.addFault({ headers: { 'X-Request-Id': '7', 'Retry-After': 'soon' }, times: 1 });
  const created = await send();
  expect([created.status, created.headers.get('x-request-id')]).toEqual([201, '7']);
  expect(control.readJournal().exchanges.at(-1)).toMatchObject({ retry_after: null });
});

test('an applied fault loses the answer, but the request takes effect', async () => {
  const { mock, control, total } = await start();
  control.addFault({ status: 502, applied: true, times: 1 });
  expect((await mock.fetch('/v1/groups', creation)).status).toBe(502);
  control.addFault({ cut: 'connection', applied: true, times: 1 });
  await expect(fetch(`${mock.url}/v1/groups`, creation)).rejects.toThrow('fetch failed');
  expect(await total()).toBe(2);
});

test.for(['socket', 'process'] as const)(
  'a connection is dropped before the answer, or in the middle of its body (%s)',
  async (where) => {
    const { mock, control, total } = await start();
    const send = () =>
      where === 'socket' ? fetch(`${mock.url}/v1/groups`, creation) : mock.fetch('/v1/groups', creation);
    control.addFault({ cut: 'connection', times: 1 });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(await total()).toBe(0);
    control.addFault({ cut: 'body', times: 1, operations: ['createGroup'] });
    const response = await send();
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(await total()).toBe(1);
  },
);

test('latency is real time, even if the world is frozen', async () => {
  const waits: number[] = [];
  const host = {
    ...stoppedHost,
    after(ms: number, callback: () => void) {
      waits.push(ms);
      callback();
      return () => {};
    },
  };
  const { mock, control } = await start({ host });
  control.freezeClock();
  control.addFault({ latency_ms: 2500, times: 1 });
  expect((await mock.fetch('/v1/groups', creation)).status).toBe(201);
  expect(waits).toEqual([2500]);
});

test('with the same seed, a probability affects the same requests', async () => {
  const { mock, control } = await start();
  const hits = async (fault: FaultRequest) => {
    control.clearFaults();
    control.addFault(fault);
    const statuses = [];
    for (let request = 0; request < 200; request++) statuses.push((await mock.fetch('/v1/plans', { headers })).status);
    return statuses;
  };
  const first = await hits({ status: 503, probability: 0.3, seed: 7 });
  expect(await hits({ status: 503, probability: 0.3, seed: 7 })).toEqual(first);
  expect(await hits({ status: 503, probability: 0.3, seed: 8 })).not.toEqual(first);
  const count = first.filter((status) => status === 503).length;
  expect(count).toBeGreaterThan(30);
  expect(count).toBeLessThan(90);
});

test('unauthenticated requests and requests of other worlds are not affected by a fault', async () => {
  const { mock, control } = await start();
  control.addFault({ status: 503 });
  expect((await mock.fetch('/v1/plans')).status).toBe(401);
  const elsewhere = { authorization: 'Bearer vit_apk_acme.elsewhere' };
  expect((await mock.fetch('/v1/plans', { headers: elsewhere })).status).toBe(200);
});

test.for(Object.entries(faultProfiles))('every world starts with the faults of profile %s', async ([, profile]) => {
  const { mock, control } = await start({ faults: profile.faults });
  const before = control.listFaults().faults;
  expect(before).toHaveLength(profile.faults.length);
  control.clearFaults();
  mock.reset();
  expect(control.listFaults().faults).toMatchObject(profile.faults as FaultRequest[]);
});
