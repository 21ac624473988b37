import type { Quirks } from '../../generated/quirks.ts';
import type { FaultRequest } from '../domain/faults.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import { randomStream } from '../domain/random.ts';
import { type Host, WorldClock } from '../jobs/clock.ts';
import { type Progress, SyncQueue } from '../jobs/queue.ts';
import { completeSync, type Outcome, type SyncContext } from '../jobs/reconciliation.ts';
import { Rejections } from '../jobs/rejections.ts';
import { cachedStore } from '../store/cached.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import type { Store } from '../store/store.ts';
import { Faults } from './faults.ts';
import { Journal, type Recorded } from './journal.ts';
import type { Recordings } from './recordings.ts';
import { plant, type Seed } from './seed.ts';

/** What all worlds of a mock share. */
export interface WorldSettings {
  readonly quirks: Quirks;
  readonly progress: Progress;
  readonly seed: Seed;
  /** Faults that every world begins with. */
  readonly faults?: readonly FaultRequest[];
  readonly host: Host;
  readonly random: RandomBytes;
  /** Makes the ids of every world repeatable: they come from this text and the name of the world. */
  readonly deterministic?: string;
  /** Keeps requests and answers whole; absent if nothing is to be kept. */
  readonly recordings?: Recordings;
  /** Is told what every world records. */
  readonly observe?: (recorded: Recorded) => void;
}

/** One isolated universe: its own database, clock, sync queue, faults and journal. */
export interface World {
  readonly name: string;
  readonly store: Store;
  readonly clock: WorldClock;
  readonly queue: SyncQueue;
  readonly rejections: Rejections;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly recordings: Recordings | undefined;
  readonly random: RandomBytes;
  /** Adds to the world, all or nothing. Throws a SeedError. */
  readonly plant: (seed: Seed) => void;
  /**
   * Empties the world and fills it anew, all or nothing. What refers to it stays valid; its time follows the machine's
   * unless `fill` says otherwise, and its faults are those it began with.
   */
  readonly refill: (fill: () => void) => void;
  /** Calls back whenever something happened here that can be seen from outside, until the returned function is called. */
  readonly watch: (changed: () => void) => () => void;
  readonly close: () => void;
}

/**
 * Opens a world in its database, `:memory:` or a file. A new one begins with the seed; one that was there before goes
 * on where it stood, with the syncs that it had accepted. Throws an Error that names the file that cannot be opened.
 */
export function openWorld(name: string, settings: WorldSettings, location?: string): World {
  const { quirks, progress, host, deterministic } = settings;
  const store = cachedStore(openSqliteStore(location));
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const tell of watchers) tell();
  };
  const clock = new WorldClock(host, (state) => {
    store.clock.save(state);
    changed();
  });
  const rejections = new Rejections(changed);
  const faults = new Faults(changed);
  const journal = new Journal(name, changed, settings.observe);

  let stream = settings.random;
  const random: RandomBytes = (size) => stream(size);
  const context: SyncContext = { store, clock, random, quirks, rejections };

  const record = (request_id: string, outcome: Outcome): void => {
    const { groupId, rows, kept, planChanges, updated, refused, results } = outcome;
    journal.completed({
      at: new Date(host.now()).toISOString(),
      request_id,
      group_id: groupId,
      rows,
      added: results.added_group_member_ids.length,
      removed: results.removed_group_member_ids.length,
      kept,
      updated,
      failed: results.failures.length,
      failed_again: journal.failedAgain(groupId, refused),
      plan_changes: planChanges,
    });
  };
  const queue = new SyncQueue(clock, progress, {
    complete: ({ id }) => record(id, completeSync(context, id)),
    save(id, step) {
      store.syncs.setProgress(id, step);
      changed();
    },
    failed: (id, error) =>
      console.error(`groups-mock: world ${name} cannot complete sync ${id}, tries again: ${(error as Error).message}`),
  });

  const begin = (): void => {
    // With what the world holds in the seed, ids go on differently after a restart, and the same after a reset.
    if (deterministic !== undefined) stream = randomStream([deterministic, name, store.snapshot.extent()].join('/'));
    rejections.clear();
    faults.clear();
    for (const fault of settings.faults ?? []) faults.add(fault);
    journal.clear();
    settings.recordings?.clear(name);
  };
  /** Takes up what the store holds. */
  const goOn = (): void => {
    queue.clear();
    clock.restart(store.clock.load());
    for (const sync of store.syncs.inFlight()) queue.add(sync);
  };

  try {
    if (store.organizations.isEmpty()) plant(context, settings.seed);
    begin();
    goOn();
  } catch (error) {
    store.close();
    throw error;
  }

  return {
    name,
    store,
    clock,
    queue,
    rejections,
    faults,
    journal,
    recordings: settings.recordings,
    random,
    plant(seed) {
      plant(context, seed);
      changed();
    },
    refill(fill) {
      clock.restart();
      try {
        store.transaction(() => {
          store.snapshot.clear();
          fill();
        });
        begin();
      } finally {
        goOn();
      }
      changed();
    },
    watch(tell) {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
    close() {
      settings.recordings?.clear(name);
      clock.stop();
      store.close();
    },
  };
}
