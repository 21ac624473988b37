import type { Quirks } from '../../generated/quirks.ts';
import type { FaultRequest } from '../domain/faults.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import { type Quotas, refuseOver } from '../domain/quotas.ts';
import { randomStream } from '../domain/random.ts';
import { type Host, WorldClock } from '../jobs/clock.ts';
import { type Progress, SyncQueue } from '../jobs/queue.ts';
import { completeSync, type SyncContext } from '../jobs/reconciliation.ts';
import { Rejections } from '../jobs/rejections.ts';
import { cachedStore } from '../store/cached.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import type { Store } from '../store/store.ts';
import { Faults } from './faults.ts';
import { Journal, type JournalOptions, type Recorded } from './journal.ts';
import { type Keys, openKeys } from './keys.ts';
import { type RateLimit, RateLimiter } from './rate-limit.ts';
import type { RecordingStore } from './recordings.ts';
import { plant, type Seed } from './seed.ts';
import { type Behavior, behaviorOf, mergeSettings, type OwnSettings } from './settings.ts';

/** Settings that all worlds of a mock share. */
export interface WorldSettings extends Behavior {
  readonly seed: Seed;
  /** The limit of each key; absent if there is none. */
  readonly rateLimit?: RateLimit;
  /** Faults that every world starts with when it is created or reset. */
  readonly faults?: readonly FaultRequest[];
  readonly host: Host;
  readonly random: RandomBytes;
  /** How keys name worlds; absent if anybody can make them. */
  readonly keys?: Keys;
  /** How much the tenant of a world may use; absent if there is no limit. */
  readonly quotasOf?: (world: string) => Quotas | undefined;
  /** Makes the ids of every world repeatable: they derive from this text and the name of the world. */
  readonly deterministic?: string;
  /** Keeps complete requests and answers; absent if they are not kept. */
  readonly recordings?: RecordingStore;
  /** Called with every entry of the journal of every world. */
  readonly observe?: (recorded: Recorded) => void;
  /** What else the journals do. */
  readonly journal?: Omit<JournalOptions, 'observe'>;
}

/** One isolated sandbox with its own database, clock, sync queue, faults and journal. */
export interface World {
  readonly name: string;
  readonly store: Store;
  readonly clock: WorldClock;
  readonly queue: SyncQueue;
  readonly rejections: Rejections;
  readonly faults: Faults;
  readonly limiter: RateLimiter | undefined;
  readonly journal: Journal;
  readonly recordings: RecordingStore | undefined;
  readonly random: RandomBytes;
  readonly keys: Keys;
  /** How much its tenant may use; undefined if there is no limit. */
  readonly quotas: Quotas | undefined;
  /** Throws a Problem if the world has more groups than its tenant may have in one, with some more if they are given. */
  readonly refuseTooManyGroups: (more?: number) => void;
  readonly quirks: Quirks;
  readonly progress: Progress;
  /** Changes the settings of this world, which syncs in flight follow. Throws a Problem, and then changes nothing. */
  readonly configure: (changes: OwnSettings) => void;
  /** Adds a seed to the world. Throws a SeedError, and then adds nothing. */
  readonly plant: (seed: Seed) => void;
  /**
   * Replaces the content of the world; if `fill` throws, nothing changes. References to the world stay valid. Its time
   * follows the machine's unless `fill` restores another, and its faults are the initial ones.
   */
  readonly refill: (fill: () => void) => void;
  /** Restores everything that the world keeps in memory, other than its journal, after something else changed its store. */
  readonly reload: () => void;
  /** Calls back after every visible change of the world, until the returned function is called. */
  readonly watch: (changed: () => void) => () => void;
  /** Whether the world was closed; whoever watches is called back once more. */
  readonly isClosed: boolean;
  /** Whether somebody watches. */
  readonly isWatched: boolean;
  /** Whether closing the world would lose nothing but its journal. */
  readonly isIdle: boolean;
  readonly close: () => void;
}

/**
 * Opens a world in its database, `:memory:` or a file. A new world starts with the seed; an existing one continues with
 * its data and its syncs in flight. `fill` may put the content of an existing world into the store first. Throws an Error
 * that names the file if it cannot be opened.
 */
export function openWorld(
  name: string,
  settings: WorldSettings,
  location?: string,
  fill?: (store: Store) => void,
): World {
  const { host, deterministic } = settings;
  const store = cachedStore(openSqliteStore(location));
  const watchers = new Set<() => void>();
  let isClosed = false;
  const changed = (): void => {
    for (const notify of watchers) notify();
  };
  const clock = new WorldClock(host, (state) => {
    store.clock.save(state);
    changed();
  });
  const rejections = new Rejections(store.rejections, changed);
  const limiter = settings.rateLimit && new RateLimiter(settings.rateLimit);
  const faults = new Faults(name, store.faults, changed);
  const journal = new Journal(name, store.journal, changed, { ...settings.journal, observe: settings.observe });

  let stream = settings.random;
  const random: RandomBytes = (size) => stream(size);
  let behavior: Behavior = settings;
  const context: SyncContext = {
    store,
    clock,
    random,
    rejections,
    get quirks() {
      return behavior.quirks;
    },
  };

  const ownSettings = (): OwnSettings => JSON.parse(store.settings.load() ?? '{}');
  const loadBehavior = (): void => {
    behavior = behaviorOf(settings, ownSettings());
  };
  const changeSettings = (changes: OwnSettings): void => {
    const own = mergeSettings(ownSettings(), changes);
    behavior = behaviorOf(settings, own);
    store.settings.save(JSON.stringify(own));
  };
  const loadState = (): void => {
    loadBehavior();
    for (const part of [faults, rejections, journal]) part.load();
  };
  /** Runs several changes as one: if the work throws, neither the store nor the memory has changed. */
  const atomically = <T>(work: () => T): T => {
    try {
      return store.transaction(work);
    } catch (error) {
      loadState();
      throw error;
    }
  };

  const complete = (id: string): void => {
    const [outcome, failedAgain] = atomically(() => {
      const outcome = completeSync(context, id);
      return [outcome, journal.countRepeatedFailures(outcome.groupId, outcome.refused)] as const;
    });
    const { groupId, rows, kept, planChanges, updated, results } = outcome;
    journal.addCompletion({
      at: new Date(host.now()).toISOString(),
      request_id: id,
      group_id: groupId,
      rows,
      added: results.added_group_member_ids.length,
      removed: results.removed_group_member_ids.length,
      kept,
      updated,
      failed: results.failures.length,
      failed_again: failedAgain,
      plan_changes: planChanges,
    });
  };
  const queue = new SyncQueue(clock, settings.progress, {
    complete: ({ id }) => complete(id),
    save(id, step) {
      store.syncs.setProgress(id, step);
      changed();
    },
    savePolls: (id, polls) => store.syncs.setPolls(id, polls),
    failed: (id, error) =>
      console.error(
        `groups-mock: cannot complete sync ${id} of world ${name}, will retry: ${(error as Error).message}`,
      ),
  });

  const refuseTooManyGroups = (more = 0): void => {
    const quotas = settings.quotasOf?.(name);
    if (quotas === undefined) return;
    const groups = store.overview.organizations().reduce((sum, organization) => sum + organization.groups, 0);
    refuseOver(quotas, 'groups', groups + more);
  };
  const plantAll = (seed: Seed): void =>
    atomically(() => {
      if (seed.settings !== undefined) changeSettings(seed.settings);
      plant(context, seed);
      refuseTooManyGroups();
    });
  const reload = (): void => {
    store.dropCaches();
    loadState();
    queue.restart(behavior.progress);
    clock.restart(store.clock.load());
    for (const sync of store.syncs.inFlight()) queue.add(sync);
  };
  const restartStream = (): void => {
    // The extent is part of the seed, so ids do not repeat after a restart, but they do after a reset.
    if (deterministic !== undefined) stream = randomStream([deterministic, name, store.snapshot.extent()].join('/'));
  };
  /** Fills the empty world, and adds the faults that it starts with. */
  const begin = (fill: () => void): void => {
    fill();
    faults.start(settings.faults ?? []);
  };

  try {
    fill?.(store);
    if (store.organizations.isEmpty()) store.transaction(() => begin(() => plantAll(settings.seed)));
    restartStream();
    reload();
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
    limiter,
    journal,
    recordings: settings.recordings,
    random,
    keys: settings.keys ?? openKeys,
    get quotas() {
      return settings.quotasOf?.(name);
    },
    refuseTooManyGroups,
    get quirks() {
      return behavior.quirks;
    },
    get progress() {
      return behavior.progress;
    },
    configure(changes) {
      changeSettings(changes);
      reload();
      changed();
    },
    plant(seed) {
      plantAll(seed);
      if (seed.settings !== undefined) reload();
      changed();
    },
    refill(fill) {
      clock.restart();
      try {
        store.transaction(() => {
          store.snapshot.clear();
          loadState();
          begin(fill);
          refuseTooManyGroups();
          loadBehavior();
        });
        restartStream();
        limiter?.clear();
        journal.restart();
        settings.recordings?.clear(name);
      } finally {
        reload();
      }
      changed();
    },
    reload() {
      reload();
      changed();
    },
    watch(notify) {
      watchers.add(notify);
      return () => void watchers.delete(notify);
    },
    get isClosed() {
      return isClosed;
    },
    get isWatched() {
      return watchers.size > 0;
    },
    get isIdle() {
      return queue.isEmpty && watchers.size === 0;
    },
    close() {
      settings.recordings?.clear(name);
      clock.stop();
      store.close();
      isClosed = true;
      changed();
    },
  };
}
