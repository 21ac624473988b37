import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** How many rows one statement inserts at most. */
const maxRows = 100;

/**
 * Prepares the insertion of any number of rows into a table, with an optional `ON CONFLICT` clause. It takes the values of all
 * rows in one list. A statement that inserts 100 rows takes half the time of 100 statements.
 */
export function bulkInsert(database: DatabaseSync, table: string, columns: readonly string[], onConflict = '') {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const prepare = (rows: number): StatementSync =>
    database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')} ${onConflict}`,
    );
  const one = prepare(1);
  let many: StatementSync | undefined;

  return (values: readonly SQLInputValue[]): void => {
    const step = maxRows * columns.length;
    let done = 0;
    for (; done + step <= values.length; done += step) {
      many ??= prepare(maxRows);
      many.run(...values.slice(done, done + step));
    }
    for (; done < values.length; done += columns.length) one.run(...values.slice(done, done + columns.length));
  };
}
