import { expect, onTestFinished, test } from 'vitest';
import { type MockOptions, startMock } from './index.ts';
import { acme, stoppedHost } from './test-support/frozen-mock.ts';

/** A mock on a port whose timers fire when the test says so. */
async function start(options: MockOptions = {}) {
  const timers: (() => void)[] = [];
  const after = (_: number, callback: () => void) => {
    timers.push(callback);
    return () => {};
  };
  const mock = await startMock({ port: 0, host: { ...stoppedHost, after }, ...options });
  onTestFinished(() => mock.close());
  /** Sends a request; the time-out keeps a stream that never ends from hanging the test. */
  const get = (path: string) =>
    fetch(mock.url + path, { headers: { authorization: `Bearer ${acme}` }, signal: AbortSignal.timeout(30_000) });
  return { mock, get, fire: () => timers.shift()?.() };
}

test('a mock that drains still answers, and says that it is not ready', async () => {
  const { mock, get, fire } = await start();
  expect((await get('/_mock/health/ready')).status).toBe(200);
  expect((await get('/v1/groups')).headers.get('connection')).toBe('keep-alive');
  const closed = mock.close({ drain: true });
  const readiness = await get('/_mock/health/ready');
  expect(readiness.status).toBe(503);
  expect(await readiness.json()).toEqual({
    ready: false,
    reason: 'draining',
    message: 'The mock is stopping; it finishes the requests that run.',
  });
  expect((await get('/_mock/health/live')).status).toBe(200);
  const answer = await get('/v1/groups');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('connection')).toBe('close');
  fire();
  await closed;
  await expect(get('/v1/groups')).rejects.toThrow('fetch failed');
});

test('a request that runs when the mock drains is finished, and its connection is closed', async () => {
  const { mock, get, fire } = await start({ faults: [{ latency_ms: 1000 }] });
  const slow = get('/v1/groups');
  await expect.poll(() => mock.control().listFaults().faults[0]?.happened, { timeout: 30_000 }).toBe(1);
  const closed = mock.close({ drain: true });
  // The timer of the fault is older than that of the drain.
  fire();
  const { status, headers } = await slow;
  expect([status, headers.get('connection')]).toEqual([200, 'close']);
  fire();
  await closed;
});

test('event streams end when the mock drains, and later ones at once', async () => {
  const { mock, get, fire } = await start();
  const stream = await get('/_mock/console/worlds/main/events');
  const closed = mock.close({ drain: true });
  expect(await stream.text()).toMatch(/^event: changed/);
  expect(await (await get('/_mock/console/worlds/main/events')).text()).toBe('');
  fire();
  await closed;
});

test('without a drain, a mock closes without a wait', async () => {
  const { mock, get } = await start();
  await get('/v1/groups');
  await mock.close();
  await expect(get('/v1/groups')).rejects.toThrow('fetch failed');
});
