import type { DatabaseSync } from 'node:sqlite';
import { type SnapshotStore, type TableRow, type Tables, tables } from '../snapshots.ts';
import { transaction } from './database.ts';

export function snapshotStore(database: DatabaseSync): SnapshotStore {
  /** The current columns. Those that a snapshot of an older kit lacks get their defaults. */
  const columnsOf = (table: string) =>
    database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name as string);

  const extent = database.prepare(
    `SELECT json_array((SELECT max(key) FROM groups), (SELECT max(key) FROM syncs),
       (SELECT max(key) FROM subscriptions))
       || coalesce((SELECT json_array(count(*), max(expires_at)) FROM tokens HAVING count(*) > 0), '') AS extent`,
  );

  const clear = (): void => {
    for (const table of tables.toReversed()) database.exec(`DELETE FROM ${table}`);
  };

  const insert = (table: string, known: readonly string[], row: TableRow): void => {
    const names = Object.keys(row);
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Error(`there is no column ${JSON.stringify(unknown)}`);
    const places = names.map(() => '?').join(', ');
    database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`).run(...Object.values(row));
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
        tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all() as TableRow[]]),
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
  };
}
