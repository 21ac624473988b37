import type { DatabaseSync } from 'node:sqlite';
import { type Cell, type SnapshotStore, type TableRow, type Tables, tables, type WholeContent } from '../snapshots.ts';
import { noteReplaced, transaction } from './database.ts';

export function snapshotStore(database: DatabaseSync): SnapshotStore {
  /** Every table in the order of creation, so after the tables that it refers to. */
  const everyTable = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    .all()
    .map(({ name }) => name as string);

  /** The current columns. Those that a snapshot of an older kit lacks get their defaults. */
  const columnsOf = (table: string) =>
    database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name as string);

  const extent = database.prepare(
    `SELECT json_array((SELECT max(key) FROM groups), (SELECT max(key) FROM syncs),
       (SELECT count(*) FROM syncs WHERE completed_at IS NULL))
       || coalesce((SELECT json_array(count(*), max(expires_at)) FROM tokens HAVING count(*) > 0), '') AS extent`,
  );

  const empty = (names: readonly string[]): void => {
    for (const name of names.toReversed()) database.exec(`DELETE FROM ${name}`);
    noteReplaced(database);
  };
  const clear = () => empty(everyTable.filter((name) => name !== 'salt'));

  /** Rows are read as JSON, because Node before 24.16 cuts a text at a NUL. */
  const cellsOf = (table: string, columns: readonly string[]): Cell[][] =>
    database
      .prepare(`SELECT json_array(${columns.join(', ')}) AS cells FROM ${table}`)
      .all()
      .map(({ cells }) => JSON.parse(cells as string));

  const insertion = (table: string, columns: readonly string[]) =>
    database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);

  const insert = (table: string, known: readonly string[], row: TableRow): void => {
    const names = Object.keys(row);
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Error(`there is no column ${JSON.stringify(unknown)}`);
    insertion(table, names).run(...Object.values(row));
  };

  const fill = (content: Tables): void => {
    for (const table of tables) {
      const known = columnsOf(table);
      (content[table] ?? []).forEach((row, index) => {
        try {
          insert(table, known, row);
        } catch (error) {
          throw new Error(`tables.${table}[${index}]: ${(error as Error).message}`, { cause: error });
        }
      });
    }
  };

  return {
    extent: () => extent.get()?.extent as string,
    read: () =>
      Object.fromEntries(
        tables.map((table) => {
          const columns = columnsOf(table);
          const objects = cellsOf(table, columns).map(
            (cells): TableRow => Object.fromEntries(columns.map((column, index) => [column, cells[index] as Cell])),
          );
          return [table, objects];
        }),
      ),
    clear: () => transaction(database, clear),
    replace(content) {
      const unknown = Object.keys(content).find((name) => !(tables as readonly string[]).includes(name));
      if (unknown !== undefined)
        throw new Error(`tables.${unknown}: there is no such table; expected ${tables.join(', ')}`);
      transaction(database, () => {
        clear();
        fill(content);
      });
    },
    readAll: () =>
      Object.fromEntries(
        everyTable.map((table) => {
          const columns = columnsOf(table);
          return [table, { columns, rows: cellsOf(table, columns) }];
        }),
      ),
    replaceAll: (content) =>
      transaction(database, () => {
        const known = everyTable.filter((table) => content[table] !== undefined);
        empty(known);
        for (const table of known) {
          const { columns, rows } = content[table] as WholeContent[string];
          if (rows.length === 0) continue;
          const statement = insertion(table, columns);
          for (const row of rows) statement.run(...row);
        }
      }),
  };
}
