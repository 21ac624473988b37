import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FaultStore } from '../faults.ts';
import { transaction } from './database.ts';

/** Few worlds have faults, so statements are prepared when they are needed. */
export function faultStore(database: DatabaseSync): FaultStore {
  let count: StatementSync | undefined;

  return {
    load() {
      const { issued = 0, cleared = 0 } = database.prepare('SELECT issued, cleared FROM fault_numbers').get() ?? {};
      const rows = database.prepare('SELECT number, request, draws, happened FROM faults ORDER BY number').all();
      return {
        faults: rows.map((row) => ({
          number: row.number as number,
          request: JSON.parse(row.request as string),
          draws: row.draws as number,
          happened: row.happened as number,
        })),
        issued: issued as number,
        cleared: cleared as number,
      };
    },
    add: ({ number, request, draws, happened }) =>
      transaction(database, () => {
        database
          .prepare('INSERT INTO faults (number, request, draws, happened) VALUES (?, ?, ?, ?)')
          .run(number, JSON.stringify(request), draws, happened);
        database
          .prepare(
            `INSERT INTO fault_numbers (one, issued, cleared) VALUES (1, ?, 0)
             ON CONFLICT DO UPDATE SET issued = excluded.issued`,
          )
          .run(number);
      }),
    count({ number, draws, happened }) {
      count ??= database.prepare('UPDATE faults SET draws = ?, happened = ? WHERE number = ?');
      count.run(draws, happened, number);
    },
    remove(number) {
      database.prepare('DELETE FROM faults WHERE number = ?').run(number);
    },
    clear: () =>
      transaction(database, () => database.exec('DELETE FROM faults; UPDATE fault_numbers SET cleared = issued')),
  };
}
