/** The version of a snapshot, increased with every change of its tables after a release. Newer snapshots are refused. */
export const snapshotFormat = 1;

/** The tables of a snapshot, after the tables that they refer to. */
export const tables = [
  'organizations',
  'plans',
  'groups',
  'people',
  'members',
  'ended_subscriptions',
  'syncs',
  'tokens',
  'clock',
  'settings',
] as const;

export type Cell = string | number | null;
export type TableRow = Readonly<Record<string, Cell>>;

/** The rows of a snapshot, by table. */
export type Tables = { readonly [Table in (typeof tables)[number]]?: readonly TableRow[] };

/** Every row of a world, by table, including what a snapshot leaves out. */
export type WholeContent = Readonly<
  Record<string, { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }>
>;

/** The whole content of a world. */
export interface SnapshotStore {
  /** A text that changes with every id that the world issues. */
  extent(): string;
  read(): Tables;
  /** Removes everything but the salt of the journal. */
  clear(): void;
  /** Replaces everything. If a row is refused, throws an Error that names its table and index, and stores nothing. */
  replace(content: Tables): void;
  /** A copy of the world, with which `replaceAll` makes another store the same. */
  readAll(): WholeContent;
  /**
   * Replaces everything by such a copy, of any version of the kit. Ignores tables that this version does not know, and
   * keeps those as they are that the copy does not have.
   */
  replaceAll(content: WholeContent): void;
}
