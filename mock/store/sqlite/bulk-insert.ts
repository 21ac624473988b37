import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** How many rows one statement inserts at most. */
const maxRows = 100;

/**
 * Prepares the insertion of any number of rows into a table, with an optional `ON CONFLICT` clause; it returns how many
 * were stored. A statement that inserts 100 rows takes half the time of 100 statements.
 */
export function bulkInsert(database: DatabaseSync, table: string, columns: readonly string[], onConflict = '') {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const prepare = (rows: number): StatementSync =>
    database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')} ${onConflict}`,
    );
  const one = prepare(1);
  let many: StatementSync | undefined;

  return (rows: readonly (readonly SQLInputValue[])[]): number => {
    let stored = 0;
    let next = 0;
    for (; next + maxRows <= rows.length; next += maxRows) {
      many ??= prepare(maxRows);
      stored += Number(many.run(...rows.slice(next, next + maxRows).flat()).changes);
    }
    for (const values of rows.slice(next)) stored += Number(one.run(...values).changes);
    return stored;
  };
}
