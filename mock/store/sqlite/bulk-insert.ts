import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** How many rows one statement inserts at most. */
const maxRows = 100;

/**
 * Prepares the insertion of any number of rows into a table, with an optional `ON CONFLICT` clause. A statement that inserts
 * 100 rows takes half the time of 100 statements.
 */
export function bulkInsert(database: DatabaseSync, table: string, columns: readonly string[], onConflict = '') {
  const values = `(${columns.map(() => '?').join(', ')})`;
  const prepare = (rows: number): StatementSync =>
    database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(values).join(', ')} ${onConflict}`,
    );
  const one = prepare(1);
  let many: StatementSync | undefined;

  return (rows: SQLInputValue[][]): void => {
    const single = rows.length % maxRows;
    for (let row = 0; row + maxRows <= rows.length; row += maxRows) {
      many ??= prepare(maxRows);
      many.run(...rows.slice(row, row + maxRows).flat());
    }
    for (const row of rows.slice(rows.length - single)) one.run(...row);
  };
}
