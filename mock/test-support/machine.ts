import type { Host } from '../jobs/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A machine whose time and timers only a test moves, from an instant in milliseconds since the epoch. */
export function machine(start: number) {
  let now = start;
  let timers: Timer[] = [];
  const drop = (timer: Timer): void => {
    timers = timers.filter((other) => other !== timer);
  };
  const host: Host = {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => drop(timer);
    },
  };
  return {
    host,
    /** How many timers wait. */
    waiting: (): number => timers.length,
    /** Moves the time. Each timer that is due fires at its instant; none does if the time passes without them. */
    pass(ms: number, { withoutTimers = false } = {}): void {
      const until = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        drop(next);
        if (withoutTimers) continue;
        now = Math.max(now, next.at);
        next.callback();
      }
      now = until;
    },
  };
}
