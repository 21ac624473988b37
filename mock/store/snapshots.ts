/** The version of the tables. Bumped with every change of one that was released; a file or snapshot of a newer version is refused. */
export const schemaVersion = 1;

/** Every table, each after those that it refers to. */
export const tables = [
  'organizations',
  'plans',
  'groups',
  'people',
  'members',
  'subscriptions',
  'syncs',
  'tokens',
  'clock',
] as const;

export type Row = Readonly<Record<string, string | number | null>>;

/** Every row of a world, by table. */
export type Tables = { readonly [Table in (typeof tables)[number]]?: readonly Row[] };

/** The whole content of a world. */
export interface SnapshotStore {
  /** How far the world has come: another text after every id that it issued. */
  extent(): string;
  read(): Tables;
  clear(): void;
  /** Replaces everything. Throws an Error that names the table and row that is refused, and then stores nothing. */
  replace(content: Tables): void;
}
