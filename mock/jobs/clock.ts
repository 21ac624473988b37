import type { ClockState } from '../store/clock.ts';
import type { Soon } from '../store/slices.ts';

/** The machine's time and timers: what a test replaces. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms` milliseconds; returns what takes that back. */
  after(ms: number, callback: () => void): () => void;
  /**
   * Calls back once everything else that waits had its turn: so the rows of a large sync are applied a few at a time.
   * Without it, they are applied all at once.
   */
  readonly soon?: Soon;
}

export const systemHost: Host = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
  soon: setImmediate,
};

interface Appointment {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A world's time, in milliseconds since the epoch. It follows the host until it is frozen; then it moves only by
 * `advance`. What was booked for an instant happens when the clock reaches it, in order, never before.
 */
export class WorldClock {
  readonly #host: Host;
  readonly #save: (state: ClockState) => void;
  #appointments: Appointment[] = [];
  #offset = 0;
  #frozenAt: number | null = null;
  #cancelTimer: () => void = () => {};
  /** The latest timestamp. */
  #written = { at: Number.NaN, text: '' };
  #beforeMove: () => void = () => {};
  #isAdvancing = false;

  /** A clock that follows the host. `save` is told where it stands whenever it was frozen, moved or resumed. */
  constructor(host: Host, save: (state: ClockState) => void = () => {}) {
    this.#host = host;
    this.#save = save;
  }

  get frozen(): boolean {
    return this.#frozenAt !== null;
  }

  /** Whether it is moved on at this moment: then somebody waits for what is due on the way. */
  get isAdvancing(): boolean {
    return this.#isAdvancing;
  }

  /** Begins anew: nothing is booked, and the time stands as saved, or follows the host where nothing was. */
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
    // Many things happen within a millisecond, and to write it down takes longer than most of them.
    if (now !== this.#written.at) this.#written = { at: now, text: new Date(now).toISOString() };
    return this.#written.text;
  }

  /** Calls back when the clock reaches the instant, after everything booked for the same instant before. */
  at(instant: number, callback: () => void): void {
    this.#appointments.push({ at: instant, callback });
    this.#appointments.sort((a, b) => a.at - b.at);
    if (this.#appointments[0]?.callback === callback) this.#wait();
  }

  /** Calls back before somebody stops the time or moves it on, to finish what has come due. */
  beforeMove(callback: () => void): void {
    this.#beforeMove = callback;
  }

  /** Stops the time, at an instant or now. */
  freeze(at = this.now()): void {
    this.#beforeMove();
    this.#frozenAt = at;
    this.#changed();
  }

  /** Moves the time on by so many milliseconds, stopping at every appointment on the way. */
  advance(ms: number): void {
    this.#beforeMove();
    const target = this.now() + ms;
    const wasFrozen = this.frozen;
    this.#isAdvancing = true;
    try {
      for (let next = this.#appointments[0]; next !== undefined && next.at <= target; next = this.#appointments[0]) {
        this.#appointments.shift();
        this.#frozenAt = Math.max(this.now(), next.at);
        next.callback();
      }
    } finally {
      this.#isAdvancing = false;
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

  /** Forgets every appointment. */
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
      while (this.#appointments[0] !== undefined && this.#appointments[0].at <= this.now())
        this.#appointments.shift()?.callback();
      this.#wait();
    });
  }
}
