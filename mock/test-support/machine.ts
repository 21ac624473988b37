import type { Host } from '../jobs/clock.ts';

/** A machine whose time and timers only a test moves, from an instant in milliseconds since the epoch. */
export function machine(start: number) {
  let now = start;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const host: Host = {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  /** Moves the time. Timers that are due then fire, unless `isQuiet`. */
  const pass = (ms: number, isQuiet = false): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    if (!isQuiet) for (const { callback } of due) callback();
  };
  return { host, pass };
}
