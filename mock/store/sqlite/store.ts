import type { Store } from '../store.ts';
import { clockStore } from './clock.ts';
import { inMemory, openDatabase, transaction } from './database.ts';
import { groupStore } from './groups.ts';
import { memberStore } from './members.ts';
import { organizationStore } from './organizations.ts';
import { overviewStore } from './overview.ts';
import { settingsStore } from './settings.ts';
import { snapshotStore } from './snapshots.ts';
import { syncStore } from './syncs.ts';
import { tokenStore } from './tokens.ts';

/** Opens the storage of a world in SQLite, in memory or in a file. Throws an Error that names the file. */
export function openSqliteStore(location = inMemory): Store {
  const database = openDatabase(location);
  return {
    organizations: organizationStore(database),
    groups: groupStore(database),
    members: memberStore(database),
    syncs: syncStore(database),
    tokens: tokenStore(database),
    clock: clockStore(database),
    settings: settingsStore(database),
    overview: overviewStore(database),
    snapshot: snapshotStore(database),
    transaction: (work) => transaction(database, work),
    close() {
      if (database.isOpen) database.close();
    },
  };
}
