import { describe, expect, test } from 'vitest';
import { machine } from '../test-support/machine.ts';
import { WorldClock } from './clock.ts';

/** A clock with appointments, and a log of the kept ones as `name@instant`. */
function clockWith(...appointments: readonly (readonly [name: string, at: number])[]) {
  const { host, pass, waiting } = machine(1000);
  const clock = new WorldClock(host);
  const log: string[] = [];
  const book = (name: string, at: number) => clock.at(at, () => log.push(`${name}@${clock.now()}`));
  for (const [name, at] of appointments) book(name, at);
  return { pass, waiting, clock, log, book };
}

describe('a running clock', () => {
  test('follows the host, in milliseconds and as a timestamp in UTC', () => {
    const { pass, clock } = clockWith();
    pass(234);
    expect(clock.now()).toBe(1234);
    expect(clock.timestamp()).toBe('1970-01-01T00:00:01.234Z');
    expect(clock.frozen).toBe(false);
  });

  test('keeps every appointment at its instant, ordered by time and then by booking', () => {
    const { pass, log } = clockWith(['c', 1300], ['a', 1100], ['b1', 1200], ['b2', 1200]);
    pass(250);
    expect(log).toEqual(['a@1100', 'b1@1200', 'b2@1200']);
    pass(1000);
    expect(log.at(-1)).toBe('c@1300');
  });

  test('keeps an appointment in the past as soon as possible', () => {
    const { pass, log } = clockWith(['late', 500]);
    expect(log).toEqual([]);
    pass(0);
    expect(log).toEqual(['late@1000']);
  });

  test('keeps due appointments before it freezes', () => {
    const { clock, log } = clockWith(['due', 900], ['later', 1100]);
    clock.freeze();
    expect(log).toEqual(['due@1000']);
  });

  test('has one host timer for any number of appointments, and none once stopped', () => {
    const { pass, waiting, clock, log } = clockWith(['a', 1100], ['b', 1200], ['c', 1050]);
    expect(waiting()).toBe(1);
    clock.stop();
    expect(waiting()).toBe(0);
    pass(1000);
    expect(log).toEqual([]);
  });
});

describe('a frozen clock', () => {
  test('does not move while the host does, and keeps no appointment', () => {
    const { pass, waiting, clock, log } = clockWith(['a', 1100]);
    clock.freeze();
    expect(waiting()).toBe(0);
    pass(5000);
    expect(clock.now()).toBe(1000);
    expect(clock.frozen).toBe(true);
    expect(log).toEqual([]);
  });

  test('shows the instant at which it was frozen', () => {
    const { clock } = clockWith();
    clock.freeze(Date.parse('2030-02-28T00:00:00Z'));
    expect(clock.timestamp()).toBe('2030-02-28T00:00:00.000Z');
  });

  test('moves only by advance, which keeps every appointment in order, never early', () => {
    const { clock, log } = clockWith(['c', 1300], ['a', 1100], ['b', 1200]);
    clock.freeze();
    clock.advance(99);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['a@1100']);
    clock.advance(1000);
    expect(log).toEqual(['a@1100', 'b@1200', 'c@1300']);
    expect(clock.now()).toBe(2100);
  });

  test('keeps an appointment that another one books during the advance', () => {
    const { clock, log, book } = clockWith();
    clock.freeze();
    clock.at(1100, () => book('next', 1150));
    clock.at(1200, () => log.push('last'));
    clock.advance(500);
    expect(log).toEqual(['next@1150', 'last']);
  });

  test('continues from its frozen time when it resumes, and keeps the remaining appointments', () => {
    const { pass, clock, log } = clockWith(['a', 1100], ['b', 1400]);
    clock.freeze();
    clock.advance(200);
    pass(10_000);
    clock.resume();
    expect(clock.now()).toBe(1200);
    pass(199);
    expect(log).toEqual(['a@1100']);
    pass(1);
    expect(log).toEqual(['a@1100', 'b@1400']);
  });
});

test('advance of a running clock keeps the appointments on the way, and the clock continues from there', () => {
  const { pass, clock, log } = clockWith(['a', 1100], ['b', 1600]);
  clock.advance(500);
  expect(log).toEqual(['a@1100']);
  expect(clock.frozen).toBe(false);
  expect(clock.now()).toBe(1500);
  pass(100);
  expect(log).toEqual(['a@1100', 'b@1600']);
});
