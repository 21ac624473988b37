import type { Database } from './database.ts';

/** Where a world's time stands: how far from the machine's, in milliseconds, and at which instant if it is frozen. */
export interface ClockState {
  readonly offset: number;
  readonly frozenAt: number | null;
}

/** The state of the world's clock, kept over a restart. */
export function clockStore(database: Database) {
  const load = database.prepare('SELECT offset, frozen_at FROM clock');
  const save = database.prepare('INSERT OR REPLACE INTO clock (one, offset, frozen_at) VALUES (1, ?, ?)');

  return {
    /** What was saved last; undefined where the time was never moved. */
    load(): ClockState | undefined {
      const row = load.get();
      return row && { offset: row.offset as number, frozenAt: row.frozen_at as number | null };
    },
    save({ offset, frozenAt }: ClockState): void {
      save.run(offset, frozenAt);
    },
  };
}
