/** Where a world's time stands: how far from the machine's, in milliseconds, and at which instant if it is frozen. */
export interface ClockState {
  readonly offset: number;
  readonly frozenAt: number | null;
}

/** The state of the world's clock, kept over a restart. */
export interface ClockStore {
  /** What was saved last; undefined if the time was never moved. */
  load(): ClockState | undefined;
  save(state: ClockState): void;
}
