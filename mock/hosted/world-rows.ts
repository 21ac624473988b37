import { schemaVersion } from '../store/sqlite/migrations.ts';
import type { NamesFilter } from '../worlds/access.ts';
import type { Query } from './database.ts';

/** A world as the database has it: a snapshot, and what was changed since. */
export interface StoredWorld {
  readonly id: string;
  readonly version: number;
  readonly snapshot: Buffer;
  readonly changesets: readonly Buffer[];
}

/** How much the changes of a world may grow before they are folded into its snapshot, in bytes and in versions. */
const minChangesSize = 8 * 1024;
const maxChanges = 500;

/** How many folded changes are kept for replicas that are a little behind; others load the snapshot. */
const keptChanges = 10;

/** When the next sync of a world is due, in milliseconds since the epoch; null if no time is set. */
export type DueAt = number | null;

/** The syncs of a world that are in flight. */
export interface Outlook {
  readonly dueAt: DueAt;
  readonly hasSyncs: boolean;
}

/** Loads a world; undefined if there is none with this name. */
export async function loadWorld(query: Query, name: string): Promise<StoredWorld | undefined> {
  const [row] = await query<{ id: string; version: string; content: Buffer; changesets: Buffer[] | null }>(
    `SELECT id, version, content,
       (SELECT array_agg(changeset ORDER BY version) FROM changes WHERE world = id AND version > folded) AS changesets
     FROM worlds JOIN snapshots ON world = id WHERE name = $1`,
    [name],
  );
  return row && { id: row.id, version: Number(row.version), snapshot: row.content, changesets: row.changesets ?? [] };
}

/** What was changed after a version; undefined if the world is gone, or some of it is already folded. */
export async function changesAfter(query: Query, id: string, version: number): Promise<readonly Buffer[] | undefined> {
  const [row] = await query<{ version: string; changesets: Buffer[] | null }>(
    `SELECT version, (SELECT array_agg(changeset ORDER BY version) FROM changes WHERE world = id AND version > $2)
       AS changesets FROM worlds WHERE id = $1`,
    [id, version],
  );
  const changesets = row?.changesets ?? [];
  return row && changesets.length === Number(row.version) - version ? changesets : undefined;
}

/** Locks a world until the end of the transaction, but not for journals, whose entries refer to it. */
export async function lockWorld(query: Query, name: string): Promise<void> {
  await query('SELECT FROM worlds WHERE name = $1 FOR NO KEY UPDATE', [name]);
}

/**
 * The ids in $1, whose number the planner cannot see. If it does and the table is large, it plans the statement each time,
 * which takes half of the server's processor time for it.
 */
const ids = '(SELECT $1::bigint[])::bigint[]';

/** A version of a world. */
export interface Version {
  readonly id: string;
  readonly version: number;
}

/** Whether a version is the current one. */
export async function isCurrent(query: Query, { id, version }: Version): Promise<boolean> {
  const rows = await query('SELECT FROM worlds WHERE id = $1 AND version = $2', [id, version]);
  return rows.length > 0;
}

/** Whether versions of different worlds are the current ones. One alone has the cheaper statement. */
export async function areCurrent(query: Query, asked: readonly Version[]): Promise<boolean[]> {
  const [first] = asked;
  if (first !== undefined && asked.length === 1) return [await isCurrent(query, first)];
  const rows = await query<{ id: string; version: string }>(`SELECT id, version FROM worlds WHERE id = ANY (${ids})`, [
    asked.map(({ id }) => id),
  ]);
  const current = new Map(rows.map(({ id, version }) => [id, Number(version)]));
  return asked.map(({ id, version }) => current.get(id) === version);
}

/** Creates a world with version 1. Returns its id, or undefined if another replica was faster. */
export async function createWorld(
  query: Query,
  name: string,
  snapshot: Uint8Array,
  { dueAt, hasSyncs }: Outlook,
): Promise<string | undefined> {
  const [row] = await query<{ world: string }>(
    `WITH created AS (
       INSERT INTO worlds (name, snapshot_size, due_at, format, has_syncs) VALUES ($1, $2, $4, $5, $6)
       ON CONFLICT (name) DO NOTHING RETURNING id
     ) INSERT INTO snapshots (world, content) SELECT id, $3 FROM created RETURNING world`,
    [name, snapshot.length, snapshot, dueAt, schemaVersion, hasSyncs],
  );
  return row?.world;
}

/** What a unit changed in a version of a world, and what then lies ahead. */
export interface Change extends Version, Outlook {
  readonly changeset: Uint8Array;
}

/** A change that is stored. */
export interface Appended {
  /** Whether the changes of the world should be folded. */
  readonly isLarge: boolean;
}

/**
 * Stores next versions, each if it was made to the current one. `changesets` is an expression, `chosen` selects the ids to
 * try. The update alone waits for whoever has locked a world: to lock it before is a deadlock if somebody else waits, too,
 * while an entry of its journal is stored.
 */
const append = (changesets: string, chosen: string) => `
  WITH changed AS (
    SELECT * FROM unnest(${ids}, $2::bigint[], $3::bigint[], $4::boolean[], ${changesets})
      AS changed (id, version, due_at, has_syncs, changeset)
  ), chosen AS (
    ${chosen}
  ), moved AS (
    UPDATE worlds SET version = worlds.version + 1, changes_size = changes_size + length(changeset),
      due_at = changed.due_at, used_at = now(), format = greatest(format, $6), has_syncs = changed.has_syncs
    FROM changed JOIN chosen USING (id) WHERE worlds.id = changed.id AND worlds.version = changed.version
    RETURNING worlds.id, worlds.version, changeset,
      changes_size > greatest(snapshot_size, $7) OR worlds.version - folded > $8 AS is_large
  ), stored AS (INSERT INTO changes (world, version, changeset) SELECT id, version, changeset FROM moved)
  SELECT id, is_large FROM moved`;
const appendOne = append('ARRAY[$5::bytea]', 'SELECT id FROM changed');
const appendUnlocked = append(
  '$5::bytea[]',
  `SELECT id FROM worlds JOIN changed USING (id, version) WHERE id = ANY (${ids}) FOR NO KEY UPDATE OF worlds SKIP LOCKED`,
);

/** Stores the next version of a world as soon as nobody has it locked; undefined if another version is the current one. */
export async function appendChange(query: Query, change: Change): Promise<Appended | undefined> {
  const [appended] = await runAppend(query, appendOne, [change], change.changeset);
  return appended;
}

/** Stores the next versions of different worlds; undefined for one that is locked, or has another version. */
export const appendChanges = (query: Query, changes: readonly Change[]): Promise<(Appended | undefined)[]> =>
  runAppend(
    query,
    appendUnlocked,
    changes,
    changes.map(({ changeset }) => changeset),
  );

async function runAppend(query: Query, sql: string, changes: readonly Change[], changesets: unknown) {
  const rows = await query<{ id: string; is_large: boolean }>(sql, [
    changes.map(({ id }) => id),
    changes.map(({ version }) => version),
    changes.map(({ dueAt }) => dueAt),
    changes.map(({ hasSyncs }) => hasSyncs),
    changesets,
    schemaVersion,
    minChangesSize,
    maxChanges,
  ]);
  const stored = new Map(rows.map((row) => [row.id, { isLarge: row.is_large }]));
  return changes.map(({ id }) => stored.get(id));
}

/** Whether a version was stored with this changeset, for whoever did not receive the answer. */
export async function hasChange(query: Query, id: string, version: number, changeset: Uint8Array): Promise<boolean> {
  const sql = 'SELECT FROM changes WHERE world = $1 AND version = $2 AND changeset = $3';
  return (await query(sql, [id, version, changeset])).length > 0;
}

/** Whether a world was created with this snapshot, for whoever did not receive the answer. */
export async function hasSnapshot(query: Query, name: string, snapshot: Uint8Array): Promise<boolean> {
  const sql = 'SELECT FROM worlds JOIN snapshots ON world = id WHERE name = $1 AND content = $2';
  return (await query(sql, [name, snapshot])).length > 0;
}

/**
 * Replaces the snapshot of a world by that of a version, and deletes changes that no replica is likely to need. Leaves a
 * world alone that a newer release has changed, because the snapshot would lack the tables that only that one knows.
 */
export async function foldChanges(query: Query, id: string, version: number, snapshot: Uint8Array): Promise<void> {
  await query(
    `WITH folded AS (
       UPDATE worlds SET folded = $2, snapshot_size = $4, changes_size = 0
       WHERE id = $1 AND folded < $2 AND format <= $6 RETURNING id
     ), replaced AS (UPDATE snapshots SET content = $3 FROM folded WHERE world = id)
     DELETE FROM changes USING folded WHERE world = id AND version <= $5`,
    [id, version, snapshot, snapshot.length, version - keptChanges, schemaVersion],
  );
}

/** Deletes a world, unless `version` is not the current one. Returns whether it was deleted. */
export async function removeWorld(query: Query, id: string, version: number): Promise<boolean> {
  return (await query('DELETE FROM worlds WHERE id = $1 AND version = $2 RETURNING id', [id, version])).length > 0;
}

/** How long a replica that found a late sync may take before another one takes it over, in milliseconds. */
const claimMs = 1000;

/** Worlds with a sync that was due before `before`, which no other replica looks at now. */
export async function claimLateWorlds(query: Query, before: number, limit: number): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `UPDATE worlds SET due_at = $1::bigint + $2 WHERE id IN (
       SELECT id FROM worlds WHERE due_at < $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING name`,
    [before, claimMs, limit],
  );
  return rows.map(({ name }) => name);
}

/** How many worlds have a sync that was due before `before`. */
export async function countLateWorlds(query: Query, before: number): Promise<number> {
  const [row] = await query<{ late: string }>('SELECT count(*) AS late FROM worlds WHERE due_at < $1', [before]);
  return Number(row?.late);
}

/** For each of some worlds, a text that is another one after each change of its content or its journal. */
export async function statesOf(query: Query, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ name: string; state: string }>(
    `SELECT name, concat_ws(' ', id, version, (SELECT max(number) FROM journal WHERE world = id)) AS state
     FROM worlds WHERE name = ANY ($1)`,
    [names],
  );
  return new Map(rows.map(({ name, state }) => [name, state]));
}

/** The use of a world that is noted, with a summary of its version. */
export interface Use {
  readonly id: string;
  readonly version: number;
  readonly summary: string;
}

/** Notes that worlds were used now. What somebody else has locked is in use anyway. */
export async function noteUse(query: Query, uses: readonly Use[]): Promise<void> {
  await query(
    `WITH unlocked AS (SELECT id FROM worlds WHERE id = ANY ($1::bigint[]) FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE worlds SET used_at = now(), summarized = noted.summarized, summary = noted.summary
     FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS noted (id, summarized, summary) JOIN unlocked USING (id)
     WHERE worlds.id = noted.id`,
    [uses.map(({ id }) => id), uses.map(({ version }) => version), uses.map(({ summary }) => summary)],
  );
}

/** Worlds of a tenant, as the index worlds_tenant has them; `tenant` is an SQL expression. */
export const isOfTenant = (tenant: string): string =>
  `strpos(worlds.name, '/') > 0 AND split_part(worlds.name, '/', 1) = ${tenant}`;

/** A world on a page of a list. */
export interface ListedWorld {
  readonly name: string;
  /** Null if the summary is not that of the current version, or a sync is due. */
  readonly summary: string | null;
}

/** A page of worlds, of all or of a tenant, in the order of their names, and how many there are. `now` is in milliseconds since the epoch. */
export async function listWorlds(
  query: Query,
  { limit, offset, search = '', tenant }: NamesFilter,
  now: number,
): Promise<{ readonly worlds: readonly ListedWorld[]; readonly total: number }> {
  const found = `FROM worlds WHERE ($2::text IS NULL OR ${isOfTenant('$2')})
    AND strpos(lower(CASE WHEN $2::text IS NULL THEN name ELSE split_part(name, '/', 2) END), lower($1)) > 0`;
  const worlds = await query<ListedWorld>(
    `SELECT name, CASE WHEN summarized = version AND coalesce(due_at > $5, true) THEN summary END AS summary
     ${found} ORDER BY name LIMIT $3 OFFSET $4`,
    [search, tenant ?? null, limit, offset, now],
  );
  const [count] = await query<{ total: string }>(`SELECT count(*) AS total ${found}`, [search, tenant ?? null]);
  return { worlds, total: Number(count?.total) };
}
