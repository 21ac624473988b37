import type { DatabaseSync } from 'node:sqlite';
import type { ClockStore } from '../clock.ts';

export function clockStore(database: DatabaseSync): ClockStore {
  const load = database.prepare('SELECT offset, frozen_at FROM clock');
  const save = database.prepare('INSERT OR REPLACE INTO clock (one, offset, frozen_at) VALUES (1, ?, ?)');

  return {
    load() {
      const row = load.get();
      return row && { offset: row.offset as number, frozenAt: row.frozen_at as number | null };
    },
    save({ offset, frozenAt }) {
      save.run(offset, frozenAt);
    },
  };
}
