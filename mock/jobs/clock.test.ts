import { describe, expect, test } from 'vitest';
import { type Host, WorldClock } from './clock.ts';

/** A machine whose time passes when told; the timers that have come due fire then, in order. */
class ManualHost implements Host {
  #now = 1000;
  #timers: { at: number; callback: () => void }[] = [];

  now = (): number => this.#now;

  after = (ms: number, callback: () => void) => {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  get waiting(): number {
    return this.#timers.length;
  }

  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = until;
  }
}

/** A clock, and a log of what happened when, as `name@instant`. */
function bookedClock(...appointments: readonly (readonly [name: string, at: number])[]) {
  const host = new ManualHost();
  const clock = new WorldClock(host);
  const log: string[] = [];
  const book = (name: string, at: number) => clock.at(at, () => log.push(`${name}@${clock.now()}`));
  for (const [name, at] of appointments) book(name, at);
  return { host, clock, log, book };
}

describe('a clock that runs', () => {
  test('follows the host, in milliseconds and as a timestamp in UTC', () => {
    const { host, clock } = bookedClock();
    host.pass(234);
    expect(clock.now()).toBe(1234);
    expect(clock.timestamp()).toBe('1970-01-01T00:00:01.234Z');
    expect(clock.frozen).toBe(false);
  });

  test('keeps every appointment at its instant, in order of time and then of booking', () => {
    const { host, log } = bookedClock(['c', 1300], ['a', 1100], ['b1', 1200], ['b2', 1200]);
    host.pass(250);
    expect(log).toEqual(['a@1100', 'b1@1200', 'b2@1200']);
    host.pass(1000);
    expect(log.at(-1)).toBe('c@1300');
  });

  test('keeps an appointment in the past as soon as it can', () => {
    const { host, log } = bookedClock(['late', 500]);
    expect(log).toEqual([]);
    host.pass(0);
    expect(log).toEqual(['late@1000']);
  });

  test('keeps what has come due before it is frozen', () => {
    const { clock, log } = bookedClock(['due', 900], ['later', 1100]);
    clock.freeze();
    expect(log).toEqual(['due@1000']);
  });

  test('has one timer at the host however many appointments, and none once stopped', () => {
    const { host, clock, log } = bookedClock(['a', 1100], ['b', 1200], ['c', 1050]);
    expect(host.waiting).toBe(1);
    clock.stop();
    expect(host.waiting).toBe(0);
    host.pass(1000);
    expect(log).toEqual([]);
  });
});

describe('a frozen clock', () => {
  test('stands still while the host goes on, and keeps no appointment', () => {
    const { host, clock, log } = bookedClock(['a', 1100]);
    clock.freeze();
    expect(host.waiting).toBe(0);
    host.pass(5000);
    expect(clock.now()).toBe(1000);
    expect(clock.frozen).toBe(true);
    expect(log).toEqual([]);
  });

  test('stands at the instant that it was frozen at', () => {
    const { clock } = bookedClock();
    clock.freeze(Date.parse('2030-02-28T00:00:00Z'));
    expect(clock.timestamp()).toBe('2030-02-28T00:00:00.000Z');
  });

  test('moves by advance alone, stops at every appointment in order, and never before one', () => {
    const { clock, log } = bookedClock(['c', 1300], ['a', 1100], ['b', 1200]);
    clock.freeze();
    clock.advance(99);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['a@1100']);
    clock.advance(1000);
    expect(log).toEqual(['a@1100', 'b@1200', 'c@1300']);
    expect(clock.now()).toBe(2100);
  });

  test('stops on its way also at an appointment that one on its way books', () => {
    const { clock, log, book } = bookedClock();
    clock.freeze();
    clock.at(1100, () => book('next', 1150));
    clock.at(1200, () => log.push('last'));
    clock.advance(500);
    expect(log).toEqual(['next@1150', 'last']);
  });

  test('that resumes runs on from where it stands and keeps what is left', () => {
    const { host, clock, log } = bookedClock(['a', 1100], ['b', 1400]);
    clock.freeze();
    clock.advance(200);
    host.pass(10_000);
    clock.resume();
    expect(clock.now()).toBe(1200);
    host.pass(199);
    expect(log).toEqual(['a@1100']);
    host.pass(1);
    expect(log).toEqual(['a@1100', 'b@1400']);
  });
});

test('advance of a running clock keeps the appointments on the way, and the clock runs on from there', () => {
  const { host, clock, log } = bookedClock(['a', 1100], ['b', 1600]);
  clock.advance(500);
  expect(log).toEqual(['a@1100']);
  expect(clock.frozen).toBe(false);
  expect(clock.now()).toBe(1500);
  host.pass(100);
  expect(log).toEqual(['a@1100', 'b@1600']);
});
