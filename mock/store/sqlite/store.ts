import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import { clockStore } from './clock.ts';
import { inMemory, openDatabase, transaction } from './database.ts';
import { faultStore } from './faults.ts';
import { groupStore } from './groups.ts';
import { journalStore } from './journal.ts';
import { memberStore } from './members.ts';
import { organizationStore } from './organizations.ts';
import { overviewStore } from './overview.ts';
import { rejectionStore } from './rejections.ts';
import { replicationStore } from './replication.ts';
import { settingsStore } from './settings.ts';
import { snapshotStore } from './snapshots.ts';
import { syncStore } from './syncs.ts';
import { tokenStore } from './tokens.ts';

/** Opens the storage of a world in SQLite, in memory or in a file. Throws an Error that names the file. */
export const openSqliteStore = (location = inMemory): Store => sqliteStore(openDatabase(location));

/** The storage of a world in an open database, which it closes. */
export function sqliteStore(database: DatabaseSync): Store {
  const snapshot = snapshotStore(database);
  return {
    organizations: organizationStore(database),
    groups: groupStore(database),
    members: memberStore(database),
    syncs: syncStore(database),
    tokens: tokenStore(database),
    clock: clockStore(database),
    settings: settingsStore(database),
    faults: faultStore(database),
    rejections: rejectionStore(database),
    journal: journalStore(database),
    overview: overviewStore(database),
    snapshot,
    replication: replicationStore(database, snapshot),
    transaction: (work) => transaction(database, work),
    dropCaches() {},
    close() {
      if (database.isOpen) database.close();
    },
  };
}
