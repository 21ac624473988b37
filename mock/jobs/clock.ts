import type { ClockState } from '../store/clock.ts';

/** The machine's time and timers, which a test replaces. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms` milliseconds; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export const systemHost: Host = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Appointment {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A world's time, in milliseconds since the epoch. It follows the host until it is frozen; then it moves only by
 * `advance`. Appointments are kept when the clock reaches their instant, in order, never before.
 */
export class WorldClock {
  readonly #host: Host;
  readonly #save: (state: ClockState) => void;
  #appointments: Appointment[] = [];
  #offset = 0;
  #frozenAt: number | null = null;
  #cancelTimer: () => void = () => {};
  /** The latest timestamp. */
  #latest = { at: Number.NaN, text: '' };

  /** A clock that follows the host. `save` is called whenever it was frozen, moved or resumed. */
  constructor(host: Host, save: (state: ClockState) => void = () => {}) {
    this.#host = host;
    this.#save = save;
  }

  get frozen(): boolean {
    return this.#frozenAt !== null;
  }

  /** Starts again: nothing is booked, and the time stands as saved, or follows the host if nothing was. */
  restart({ offset, frozenAt }: ClockState = { offset: 0, frozenAt: null }): void {
    this.stop();
    this.#offset = offset;
    this.#frozenAt = frozenAt;
  }

  now(): number {
    return this.#frozenAt ?? this.#host.now() + this.#offset;
  }

  /** The time as an RFC 3339 timestamp in UTC. */
  timestamp(): string {
    const now = this.now();
    // Many things happen within a millisecond, and formatting a date is slow.
    if (now !== this.#latest.at) this.#latest = { at: now, text: new Date(now).toISOString() };
    return this.#latest.text;
  }

  /** Calls back when the clock reaches the instant, after everything booked for the same instant before. */
  at(instant: number, callback: () => void): void {
    this.#appointments.push({ at: instant, callback });
    this.#appointments.sort((a, b) => a.at - b.at);
    if (this.#appointments[0]?.callback === callback) this.#wait();
  }

  /** Stops the time, at an instant or now; what has come due by now happens first. */
  freeze(at = this.now()): void {
    this.#keepAppointments(this.now());
    this.#frozenAt = at;
    this.#changed();
  }

  /** Moves the time on by so many milliseconds, stopping at every appointment on the way. */
  advance(ms: number): void {
    const target = this.now() + ms;
    const wasFrozen = this.frozen;
    for (let [next] = this.#appointments; next !== undefined && next.at <= target; [next] = this.#appointments) {
      this.#frozenAt = Math.max(this.now(), next.at);
      this.#appointments.shift();
      next.callback();
    }
    this.#frozenAt = target;
    if (!wasFrozen) this.resume();
    else this.#changed();
  }

  /** Lets the time run on from where it stands. */
  resume(): void {
    if (this.#frozenAt !== null) this.#offset = this.#frozenAt - this.#host.now();
    this.#frozenAt = null;
    this.#changed();
  }

  /** Cancels every appointment. */
  stop(): void {
    this.#appointments = [];
    this.#cancelTimer();
  }

  #changed(): void {
    this.#save({ offset: this.#offset, frozenAt: this.#frozenAt });
    this.#wait();
  }

  #wait(): void {
    this.#cancelTimer();
    const next = this.#appointments[0];
    if (next === undefined || this.frozen) return;
    this.#cancelTimer = this.#host.after(Math.max(0, next.at - this.now()), () => {
      this.#keepAppointments(this.now());
      this.#wait();
    });
  }

  #keepAppointments(until: number): void {
    for (let [next] = this.#appointments; next !== undefined && next.at <= until; [next] = this.#appointments) {
      this.#appointments.shift();
      next.callback();
    }
  }
}
