import { expect, test } from 'vitest';
import { schemas } from '../../generated/validators.ts';
import { startMock } from '../index.ts';
import { acme, globex, openMock } from '../test-support/frozen-mock.ts';

test('each key may send as many requests as the limit, until the time is over', async () => {
  const { mock, call } = await openMock({ rateLimit: '2/min' });
  const send = (key = acme) => call('GET', '/v1/plans', { key });
  const first = await send();
  expect(first.headers.get('x-ratelimit-limit')).toBe('2');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  expect(Number(first.headers.get('x-ratelimit-reset'))).toBe(Date.parse('2026-01-15T10:31:00Z') / 1000);
  expect(first.headers.get('retry-after')).toBeNull();
  mock.clock().advance(20_000);
  expect((await send()).status).toBe(200);

  const refused = await send();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(refused.body).toMatchObject({ app_error_code: 'rate_limited' });
  expect(schemas.Error(refused.body)).toBe(true);

  expect((await send(globex)).status).toBe(200);
  expect((await send(`${acme}.other`)).status).toBe(200);
  mock.clock().advance(40_000);
  expect((await send()).headers.get('x-ratelimit-remaining')).toBe('1');
});

test('a refused request has no effect, and faults happen only within the limit', async () => {
  const { mock, call } = await openMock({ rateLimit: '1/h', faults: [{ status: 500 }] });
  expect((await call('POST', '/v1/groups', { body: { name: 'A' } })).status).toBe(500);
  expect((await call('POST', '/v1/groups', { body: { name: 'A' } })).status).toBe(429);
  expect(mock.control().listFaults().faults).toMatchObject([{ happened: 1 }]);
  expect(mock.control().listGroups().groups).toEqual([]);
});

test('a reset, and a clock that is turned back, start a new window', async () => {
  const { mock, call } = await openMock({ rateLimit: '1/s' });
  const status = async () => (await call('GET', '/v1/plans')).status;
  expect([await status(), await status()]).toEqual([200, 429]);
  mock.reset();
  expect([await status(), await status()]).toEqual([200, 429]);
  mock.clock().freeze(0);
  expect([await status(), await status()]).toEqual([200, 429]);
});

test.each(['60', '0/min', '60/day', '-1/s', ''])('the limit %j is refused', async (rateLimit) => {
  await expect(startMock({ port: false, rateLimit })).rejects.toThrow(/rate ?limit: expected /i);
});
