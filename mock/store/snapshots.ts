import { type Database, tables } from './database.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** Every row of a world, by table. */
export type Tables = { readonly [Table in (typeof tables)[number]]?: readonly Row[] };

/** The whole content of a world, to be read, emptied or replaced. `forget` is called when what was read does not hold. */
export function snapshotStore(database: Database, forget: () => void) {
  /** What the tables have now; a snapshot of an older kit lacks some columns, and those get their defaults. */
  const columnsOf = (table: string) =>
    database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name as string);

  const clear = (): void => {
    for (const table of tables.toReversed()) database.exec(`DELETE FROM ${table}`);
    forget();
  };

  const extent = database.prepare(
    `SELECT json_array((SELECT max(key) FROM groups), (SELECT max(key) FROM syncs),
       (SELECT max(key) FROM subscriptions)) AS extent`,
  );

  return {
    /** How far the world has come: another text after every id that it issued. */
    extent: () => extent.get()?.extent as string,

    read: (): Tables =>
      Object.fromEntries(tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all() as Row[]])),

    clear,

    /**
     * Replaces everything; the caller holds the transaction. Throws an Error that names the table and row which the
     * database refuses.
     */
    replace(content: Tables): void {
      const unknown = Object.keys(content).find((name) => !(tables as readonly string[]).includes(name));
      if (unknown !== undefined)
        throw new Error(`tables.${unknown}: there is no such table; expected ${tables.join(', ')}`);
      clear();
      for (const table of tables) {
        const known = columnsOf(table);
        (content[table] ?? []).forEach((row, index) => {
          try {
            const names = Object.keys(row);
            const stranger = names.find((name) => !known.includes(name));
            if (stranger !== undefined) throw new Error(`there is no column ${JSON.stringify(stranger)}`);
            const places = names.map(() => '?').join(', ');
            database
              .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`)
              .run(...Object.values(row));
          } catch (error) {
            throw new Error(`tables.${table}[${index}]: ${(error as Error).message}`, { cause: error });
          }
        });
      }
    },
  };
}
