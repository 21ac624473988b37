import type { DatabaseSync } from 'node:sqlite';
import type { FaultStore } from '../faults.ts';
import { everyRow, transaction } from './database.ts';

export function faultStore(database: DatabaseSync): FaultStore {
  const faults = database.prepare('SELECT number, request, draws, happened FROM faults ORDER BY number');
  const numbers = database.prepare('SELECT issued, cleared FROM fault_numbers');
  const insert = database.prepare('INSERT INTO faults (number, request, draws, happened) VALUES (?, ?, ?, ?)');
  const issue = database.prepare(
    `INSERT INTO fault_numbers (one, issued, cleared) VALUES (1, ?, 0)
     ON CONFLICT DO UPDATE SET issued = excluded.issued`,
  );
  const count = database.prepare('UPDATE faults SET draws = ?, happened = ? WHERE number = ?');
  const remove = database.prepare('DELETE FROM faults WHERE number = ?');
  const clear = database.prepare(`DELETE FROM faults ${everyRow}`);
  const setCleared = database.prepare('UPDATE fault_numbers SET cleared = issued');

  return {
    load() {
      const { issued = 0, cleared = 0 } = numbers.get() ?? {};
      return {
        faults: faults.all().map((row) => ({
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
        insert.run(number, JSON.stringify(request), draws, happened);
        issue.run(number);
      }),
    count({ number, draws, happened }) {
      count.run(draws, happened, number);
    },
    remove(number) {
      remove.run(number);
    },
    clear: () =>
      transaction(database, () => {
        clear.run();
        setCleared.run();
      }),
  };
}
