/** The version of the tables, increased with every change after a release. Newer files and snapshots are refused. */
export const schemaVersion = 1;

/** Every table, after the tables that it refers to. */
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
  'settings',
] as const;

export type TableRow = Readonly<Record<string, string | number | null>>;

/** Every row of a world, by table. */
export type Tables = { readonly [Table in (typeof tables)[number]]?: readonly TableRow[] };

/** The whole content of a world. */
export interface SnapshotStore {
  /** A text that changes with every id that the world issues. */
  extent(): string;
  read(): Tables;
  clear(): void;
  /** Replaces everything. If a row is refused, throws an Error that names its table and index, and stores nothing. */
  replace(content: Tables): void;
}
