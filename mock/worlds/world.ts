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
  readonly close: () => void;
}

/** Opens a world in a new database. */
export function openWorld(name: string, settings: WorldSettings): World {
  const store = openStore(':memory:');
  plant(store, settings.seed);
  const clock = new WorldClock(settings.host);
  const workplace = { store, clock, random: settings.random, quirks: settings.quirks };
  const queue = new SyncQueue(clock, settings.progress, (sync) => completeSync(workplace, sync));
  return {
    name,
    store,
    clock,
    queue,
    close() {
      clock.stop();
      store.close();
    },
  };
}
