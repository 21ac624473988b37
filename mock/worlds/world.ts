import type { Quirks } from '../../generated/quirks.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import { type Host, WorldClock } from '../jobs/clock.ts';
import { type Progress, SyncQueue } from '../jobs/queue.ts';
import { completeSync } from '../jobs/reconciliation.ts';
import { openStore, type Store } from '../store/store.ts';
import { plant, type Seed } from './seed.ts';

/** What all worlds of a mock share. */
export interface WorldSettings {
  readonly quirks: Quirks;
  readonly progress: Progress;
  readonly seed: Seed;
  readonly host: Host;
  readonly random: RandomBytes;
}

/** One isolated universe: its own database, clock and sync queue. */
export interface World {
  readonly name: string;
  readonly store: Store;
  readonly clock: WorldClock;
  readonly queue: SyncQueue;
  /** Empties the world and fills it anew, all or nothing; its time follows the machine's unless `fill` says otherwise. */
  readonly refill: (fill: (store: Store) => void) => void;
  readonly close: () => void;
}

/**
 * Opens a world in its database, `:memory:` or a file. A new one begins with the seed; one that was there before goes
 * on where it stood, with the syncs that it had accepted. Throws an Error that names the file that cannot be opened.
 */
export function openWorld(name: string, settings: WorldSettings, location = ':memory:'): World {
  const store = openStore(location);
  const clock = new WorldClock(settings.host, store.clock.save);
  const workplace = { store, clock, random: settings.random, quirks: settings.quirks };
  const queue = new SyncQueue(
    clock,
    settings.progress,
    (sync) => completeSync(workplace, sync),
    store.syncs.setProgress,
  );

  const goOn = (): void => {
    queue.clear();
    clock.restart(store.clock.load());
    for (const sync of store.syncs.inFlight()) queue.add(sync);
  };
  if (store.organizations.isEmpty()) plant(store, settings.seed);
  goOn();

  return {
    name,
    store,
    clock,
    queue,
    refill(fill) {
      store.transaction(() => {
        store.snapshot.clear();
        fill(store);
      });
      goOn();
    },
    close() {
      clock.stop();
      store.close();
    },
  };
}
