import type { DatabaseSync, Session } from 'node:sqlite';
import type { ReplicationStore } from '../replication.ts';
import type { SnapshotStore } from '../snapshots.ts';
import { beginUnit, endUnit, isReplaced, withoutForeignKeys } from './database.ts';

/** The first byte of a whole content, as JSON. A changeset begins with another one. */
const wholeContent = '{'.charCodeAt(0);

/**
 * From which size on foreign keys are not checked again when a changeset is applied, in bytes. SQLite looks through a table
 * for each row: 1.3 s for a roster of 1,000 rows in a group of 2,750, instead of 0.02 s. For a smaller one it would take longer to
 * prepare every statement again, as a change of that setting asks for.
 */
const minUnchecked = 16 * 1024;

/**
 * Replicates a database in memory by changesets of SQLite's session extension. A unit that has replaced all rows is
 * replicated as the whole content, because SQLite before 3.53.4 cannot apply changes in which rows exchange unique values.
 */
export function replicationStore(database: DatabaseSync, { readAll, replaceAll }: SnapshotStore): ReplicationStore {
  let session: Session | undefined;
  const end = (how: 'COMMIT' | 'ROLLBACK'): void => {
    session?.close();
    session = undefined;
    endUnit(database, how);
  };
  return {
    begin() {
      if (session !== undefined) return;
      beginUnit(database);
      session = database.createSession();
    },
    changes() {
      const changeset = session?.changeset() ?? new Uint8Array();
      return changeset.length > 0 && isReplaced(database) ? Buffer.from(JSON.stringify(readAll())) : changeset;
    },
    keep: () => end('COMMIT'),
    undo: () => end('ROLLBACK'),
    apply(changes) {
      if (changes[0] === wholeContent) replaceAll(JSON.parse(Buffer.from(changes).toString()));
      else if (changes.length < minUnchecked) applyChangeset(database, changes);
      else withoutForeignKeys(database, () => applyChangeset(database, changes));
    },
  };
}

function applyChangeset(database: DatabaseSync, changeset: Uint8Array): void {
  if (!database.applyChangeset(changeset) && !applyWithoutIndexes(database, changeset))
    throw new Error('the changes do not fit the content of the world');
}

/** Applies a changeset in which groups have exchanged their references. Returns whether it fits. */
function applyWithoutIndexes(database: DatabaseSync, changeset: Uint8Array): boolean {
  const indexes = database.prepare("SELECT name, sql FROM sqlite_schema WHERE sql LIKE 'CREATE UNIQUE INDEX%'").all();
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  const isApplied = database.applyChangeset(changeset);
  for (const { sql } of indexes) database.exec(sql as string);
  return isApplied;
}
