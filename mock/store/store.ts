import { clockStore } from './clock.ts';
import { inMemory, openDatabase, transaction } from './database.ts';
import { groupStore } from './groups.ts';
import { memberStore } from './members.ts';
import { organizationStore } from './organizations.ts';
import { overviewStore } from './overview.ts';
import { SlicedTransaction } from './slices.ts';
import { snapshotStore } from './snapshots.ts';
import { syncStore } from './syncs.ts';

/** The storage of one world. */
export interface Store {
  readonly organizations: ReturnType<typeof organizationStore>;
  readonly groups: ReturnType<typeof groupStore>;
  readonly members: ReturnType<typeof memberStore>;
  readonly syncs: ReturnType<typeof syncStore>;
  readonly clock: ReturnType<typeof clockStore>;
  readonly overview: ReturnType<typeof overviewStore>;
  readonly snapshot: ReturnType<typeof snapshotStore>;
  /** Runs the work in one transaction: all of it is stored, or, when it throws, nothing. */
  readonly transaction: <T>(work: () => T) => T;
  /** As `transaction`, for work that takes long: others have their turn in between, and see nothing of it. */
  readonly sliced: Pick<SlicedTransaction, 'begin' | 'settle' | 'abandon' | 'quiet'>;
  readonly close: () => void;
}

/** Opens the storage of a world, in memory (`:memory:`) or in a file. */
export function openStore(location: string): Store {
  const connection = openDatabase(location);
  const sliced = new SlicedTransaction(connection, location !== inMemory);
  const database = sliced.guarded();
  const organizations = organizationStore(database);
  const groups = groupStore(database);
  const syncs = syncStore(database);
  const forget = (): void => {
    for (const remembered of [organizations, groups, syncs]) remembered.forget();
  };
  return {
    organizations,
    groups,
    members: memberStore(database),
    syncs,
    clock: clockStore(database),
    overview: overviewStore(database),
    snapshot: snapshotStore(database, forget),
    transaction(work) {
      sliced.settle();
      try {
        return transaction(connection, work);
      } catch (error) {
        forget();
        throw error;
      }
    },
    sliced,
    close() {
      sliced.abandon();
      if (connection.isOpen) connection.close();
    },
  };
}
