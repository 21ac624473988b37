import type { DatabaseSync, Session } from 'node:sqlite';
import type { ReplicationStore } from '../replication.ts';
import { beginUnit, endUnit } from './database.ts';

/** Replicates a database in memory by changesets of SQLite's session extension. */
export function replicationStore(database: DatabaseSync): ReplicationStore {
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
    changes: () => session?.changeset() ?? new Uint8Array(),
    keep: () => end('COMMIT'),
    undo: () => end('ROLLBACK'),
    apply(changes) {
      if (!database.applyChangeset(changes)) throw new Error('the changes do not fit the content of the world');
    },
  };
}
