import { Problem, shown } from '../domain/problems.ts';
import type { ClockState } from '../store/clock.ts';

/** The machine's time and timers, which a test replaces. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms` milliseconds. Returns a function that cancels the call. */
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

/** JavaScript callers may pass a date or a text, which would spoil the clock. */
function expectNumber(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new Problem('invalid', 'bad_instant', `${name}: expected a number of milliseconds, got ${shown(value)}.`);
}

interface Appointment {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A world's time, in milliseconds since the epoch. It follows the host until it is frozen; then only `advance` moves
 * it. Appointments are called back in order when the clock reaches their instant, never earlier.
 */
export class WorldClock {
  readonly #host: Host;
  readonly #save: (state: ClockState) => void;
  #appointments: Appointment[] = [];
  #offset = 0;
  #frozenAt: number | null = null;
  #cancelTimer: () => void = () => {};
  /** The last formatted timestamp. */
  #latest = { at: Number.NaN, text: '' };

  /** A clock that follows the host. `save` is called whenever the clock is frozen, moved or resumed. */
  constructor(host: Host, save: (state: ClockState) => void = () => {}) {
    this.#host = host;
    this.#save = save;
  }

  get frozen(): boolean {
    return this.#frozenAt !== null;
  }

  /** Cancels every appointment and restores a saved state. Without one, the clock follows the host. */
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
    // Formatting a date is slow, and many requests arrive within one millisecond.
    if (now !== this.#latest.at) this.#latest = { at: now, text: new Date(now).toISOString() };
    return this.#latest.text;
  }

  /** Calls back when the clock reaches the instant, after earlier bookings for the same instant. */
  at(instant: number, callback: () => void): void {
    this.#appointments.push({ at: instant, callback });
    this.#appointments.sort((a, b) => a.at - b.at);
    if (this.#appointments[0]?.callback === callback) this.#wait();
  }

  /** Keeps the appointments that are due, for a host without timers. */
  catchUp(): void {
    this.#keepAppointments(this.now());
  }

  /** When the next appointment is due, in milliseconds of the host's time; null if there is none or the time is frozen. */
  nextDue(): number | null {
    const [next] = this.#appointments;
    return next === undefined || this.frozen ? null : Math.ceil(next.at - this.#offset);
  }

  /** Freezes the time, at an instant or now. Due appointments are kept first. */
  freeze(at = this.now()): void {
    expectNumber('freeze', at);
    this.#keepAppointments(this.now());
    this.#frozenAt = at;
    this.#changed();
  }

  /** Moves the time forward by `ms` milliseconds and keeps every appointment on the way. */
  advance(ms: number): void {
    expectNumber('advance', ms);
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

  /** Makes the time follow the host again, starting from the current instant. */
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
