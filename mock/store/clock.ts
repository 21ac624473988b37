/** A world's time: its offset from the machine's in milliseconds, and the instant at which it is frozen, if it is. */
export interface ClockState {
  readonly offset: number;
  readonly frozenAt: number | null;
}

/** Keeps the state of the world's clock across a restart. */
export interface ClockStore {
  /** The last saved state; undefined if the time was never moved or frozen. */
  load(): ClockState | undefined;
  save(state: ClockState): void;
}
