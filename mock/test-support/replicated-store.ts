import { cachedStore } from '../store/cached.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import type { Store } from '../store/store.ts';

/** Empty stores with the same content, as replicas of a world have them. */
export function openReplicas(count: number): readonly Store[] {
  const stores = Array.from({ length: count }, () => cachedStore(openSqliteStore()));
  const content = stores[0]?.snapshot.readAll() ?? {};
  for (const { snapshot } of stores) snapshot.replaceAll(content);
  return stores;
}

/** Ends the unit of a replica, and makes its changes in the others. */
export function publish(store: Store, replicas: readonly Store[]): void {
  const changes = store.replication.changes();
  store.replication.keep();
  if (changes.length === 0) return;
  for (const other of replicas) if (other !== store) other.replication.apply(changes);
}

/**
 * A store that consists of three. Each operation is a unit on one of them in turn, whose changes the others make before
 * the next one, so that nothing is read that was not replicated.
 */
export function replicatedStore(): Store {
  const replicas = openReplicas(3);
  const [first] = replicas as [Store];
  let turn = 0;
  /** The replica with the unit that runs now. */
  let current: Store | undefined;
  const runUnit = <T>(work: (store: Store) => T): T => {
    if (current !== undefined) return work(current);
    const store = replicas[turn++ % replicas.length] as Store;
    store.replication.begin();
    current = store;
    try {
      return work(store);
    } finally {
      current = undefined;
      publish(store, replicas);
    }
  };
  const asUnits = <Part extends object>(part: Part, of: (store: Store) => Part): Part =>
    Object.fromEntries(
      Object.keys(part).map((name) => [
        name,
        (...given: unknown[]) => runUnit((store) => (of(store) as Record<string, Operation>)[name]?.(...given)),
      ]),
    ) as Part;
  const parts = Object.entries(first).map(([name, part]) => [
    name,
    typeof part === 'object' ? asUnits(part, (store) => store[name as 'groups'] as typeof part) : part,
  ]);
  return {
    ...Object.fromEntries(parts),
    transaction: (work) => runUnit((store) => store.transaction(work)),
    close() {
      for (const store of replicas) store.close();
    },
  };
}

type Operation = (...given: unknown[]) => unknown;
