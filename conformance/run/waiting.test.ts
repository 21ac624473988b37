import { expect, test } from 'vitest';
import { backOff, Pace, pause, retryAfterMs } from './waiting.ts';

test('a rate of 4 per second leaves 250 ms between requests, and no burst follows a pause', () => {
  const pace = new Pace(4);
  expect([pace.delay(0), pace.delay(0), pace.delay(100), pace.delay(2000), pace.delay(2000)]).toEqual([
    0, 250, 400, 0, 250,
  ]);
});

test("Retry-After is read in seconds, as a date by the answer's own clock, and in milliseconds", () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  expect(retryAfterMs({ 'retry-after': '2' }, now)).toBe(2000);
  expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 12:00:05 GMT' }, now)).toBe(5000);
  expect(retryAfterMs({ 'retry-after': '5', 'retry-after-ms': '20' }, now)).toBe(20);
  const slow = { 'retry-after': 'Tue, 24 Nov 2016 12:00:05 GMT', date: 'Tue, 24 Nov 2016 12:00:00 GMT' };
  expect(retryAfterMs(slow, now)).toBe(5000);
  expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 11:59:00 GMT' }, now)).toBe(0);
  expect(retryAfterMs({ 'retry-after': 'soon' }, now)).toBeUndefined();
});

test('pauses between polls grow up to ten seconds and end at the deadline, so that three minutes take 40 polls', () => {
  let now = 0;
  const waits: number[] = [];
  for (const ms of backOff(180_000, 4, () => now)) {
    waits.push(ms);
    now += ms;
  }
  expect(waits.slice(0, 3)).toEqual([4, 6, 9]);
  expect(Math.max(...waits)).toBe(10_000);
  expect(now).toBe(180_000);
  expect(waits.length).toBeLessThanOrEqual(40);
});

test('a signal ends a pause with its own reason', async () => {
  await expect(pause(60_000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
