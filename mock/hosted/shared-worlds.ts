import { setTimeout } from 'node:timers/promises';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Host } from '../jobs/clock.ts';
import type { WholeContent } from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';
import type { NamesFilter, UnitOptions, WorldAccess, WorldNames } from '../worlds/access.ts';
import { elsewhere } from '../worlds/folder.ts';
import type { Recorded } from '../worlds/journal.ts';
import type { World, WorldSettings } from '../worlds/world.ts';
import { defaultOpenWorlds, Worlds } from '../worlds/worlds.ts';
import { type Database, messageOf, type Query, unavailable } from './database.ts';
import { SharedJournal, type StoredJournal } from './shared-journal.ts';
import {
  appendChange,
  changesAfter,
  claimLateWorlds,
  countLateWorlds,
  createWorld,
  foldChanges,
  hasChange,
  hasSnapshot,
  isCurrent,
  listNames,
  loadWorld,
  lockWorld,
  noteUse,
  removeWorld,
  statesOf,
} from './world-rows.ts';

/** A world as this replica has it in memory. */
interface Copy {
  readonly id: string;
  readonly world: World;
  version: number;
  /** Whether the database is known to have a newer version, or it is not known what it has. */
  isBehind: boolean;
  /** Whether changes of other replicas were applied that the world has not read yet. */
  isApplied: boolean;
}

/** Work that waits for its turn. */
interface Unit {
  readonly work: () => unknown;
  readonly readsJournal: boolean;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** A unit that was run on the copy, and is not stored yet. */
interface Attempt {
  readonly outcomes: readonly Outcome[];
  /** Lets the entries of the journal go that the units have recorded, and returns them. */
  readonly release: () => readonly Recorded[];
  /** Stores what was changed. Returns false if the copy was not the current version. */
  readonly store: (query: Query) => Promise<boolean>;
  /** Makes the change of the copy final. */
  readonly keep: () => void;
  /** Takes back the change of the copy. */
  readonly undo: () => void;
  /** Whether the database has the change, although it did not say so. */
  readonly wasStored: (query: Query) => Promise<boolean>;
}

/** How the change of a world is stored, kept or taken back. */
type Storing = Omit<Attempt, 'outcomes' | 'release'>;

/** How many units share one version. */
const maxTogether = 100;

/** How often a unit is tried: on the copy as it is, after catching up, and then with the world locked. */
const maxAttempts = 5;
const lockedFrom = 2;

/** How long a unit is tried, in milliseconds, unless one attempt takes longer. */
const giveUpMs = 8000;

/** How long closing waits for units that run, in milliseconds. */
const closeMs = 5000;

/** How often a replica looks for syncs that nobody completed, and how late these must be, in milliseconds. */
const lookMs = 400;
const lateMs = 300;

/** How often the failure of the database is printed, in milliseconds. */
const complainMs = 5000;

/** How many late worlds are taken at once. */
const maxLate = 20;

/** How often the use of worlds that are only read is noted, in milliseconds. */
const noteUseMs = 60_000;

/**
 * Worlds in a database that several replicas of a mock share. Each replica runs requests on its own copy of a world and
 * answers after the database has accepted the change as the next version, or has said that the copy is current. If the
 * copy was not, its change is taken back and the work runs again on the newer version. See docs/decisions/0013.
 */
export class SharedWorlds implements WorldAccess {
  readonly worlds: Worlds;
  readonly #database: Database;
  readonly #journal: SharedJournal;
  readonly #observe: WorldSettings['observe'];
  readonly #maxCopies: number;
  readonly #host: Host;
  /** The least recently used first. */
  readonly #copies = new Map<string, Copy>();
  /** The worlds that a unit runs on, with the units that wait for it. */
  readonly #waiting = new Map<string, Unit[]>();
  /** By world, how to cancel the timer of its next sync. */
  readonly #timers = new Map<string, () => void>();
  readonly #read = new Set<string>();
  /** The states of the worlds that somebody watches in a console, as they were when they were last looked at. */
  #seen: ReadonlyMap<string, string> = new Map();
  readonly #repeated: NodeJS.Timeout[];
  #isClosing = false;
  #isLooking = false;
  #silentUntil = 0;
  #repeats = 0;

  constructor(database: Database, settings: WorldSettings, maxCopies: number = defaultOpenWorlds.inDatabase) {
    this.#database = database;
    this.#journal = new SharedJournal(database);
    this.#maxCopies = maxCopies;
    this.#host = settings.host;
    this.#observe = settings.observe;
    this.worlds = new Worlds(
      {
        ...settings,
        // The replicas complete due syncs as units, so the clock of a world needs no timers.
        host: { now: () => settings.host.now(), after: () => () => {} },
        observe: (recorded) => {
          if (this.#journal.record(recorded)) this.#observe?.(recorded);
        },
        journal: { isShared: true, emptied: (world, how) => this.#journal.empty(world, how) },
        ...(settings.recordings !== undefined && { recordings: this.#journal }),
      },
      elsewhere,
      Number.POSITIVE_INFINITY,
    );
    this.#repeated = [
      setInterval(() => this.#inBackground(() => this.#lookForWork()), lookMs).unref(),
      setInterval(() => this.#inBackground(() => this.#noteUse()), noteUseMs).unref(),
    ];
  }

  /** How often units ran again since the start, because another replica had changed their world. */
  get repeats(): number {
    return this.#repeats;
  }

  /** How many worlds of all replicas have a sync that should have been completed. */
  countLate(): Promise<number> {
    return countLateWorlds(this.#database.query, this.#host.now() - lateMs);
  }

  run<T>(world: string | undefined, work: () => T, { readsJournal = false }: UnitOptions = {}): T | Promise<T> {
    if (world === undefined) return work();
    return new Promise<T>((resolve, reject) => {
      const unit = { work, readsJournal, resolve, reject };
      const waiting = this.#waiting.get(world);
      if (waiting !== undefined) return void waiting.push(unit);
      this.#waiting.set(world, [unit]);
      void this.#runWaiting(world);
    });
  }

  names(filter: NamesFilter): Promise<WorldNames> {
    return this.#ask(() => listNames(this.#database.query, filter));
  }

  /** Rejects with the refusal of requests if the database is away. */
  async #ask<T>(query: () => Promise<T>): Promise<T> {
    try {
      return await query();
    } catch (error) {
      this.#complain(error);
      throw unavailable();
    }
  }

  /** Runs the units that wait for a world, those that came meanwhile together. */
  async #runWaiting(name: string): Promise<void> {
    for (;;) {
      const units = this.#waiting.get(name) as Unit[];
      if (units.length === 0) break;
      await this.#runTogether(name, units.splice(0, maxTogether));
    }
    this.#waiting.delete(name);
    this.#makeRoom();
  }

  /** Runs units until the database has taken one attempt, and answers them. */
  async #runTogether(name: string, units: readonly Unit[]): Promise<void> {
    const readsJournal = units.some((unit) => unit.readsJournal);
    /** Attempts of which the database did not say whether it has stored them. */
    const uncertain: Attempt[] = [];
    let entries: StoredJournal | undefined;
    const started = performance.now();
    for (let count = 1; count <= maxAttempts && performance.now() - started < giveUpMs; count += 1) {
      let attempt: Attempt | undefined;
      const tryOnce = async (query: Query): Promise<boolean> => {
        attempt = await this.#attempt(query, name, units, entries);
        return attempt.store(query);
      };
      const tryLocked = () =>
        this.#database.transaction(async (query) => {
          await lockWorld(query, name);
          return tryOnce(query);
        });
      try {
        const stored = await firstStored(uncertain, this.#database.query);
        if (stored !== undefined) return await this.#answer(units, stored);
        if (readsJournal) entries ??= await this.#journal.read(name);
        const isStored = await (count > lockedFrom ? tryLocked() : tryOnce(this.#database.query));
        if (isStored && attempt !== undefined) {
          attempt.keep();
          return await this.#answer(units, attempt);
        }
      } catch (error) {
        if (attempt !== undefined) uncertain.push(attempt);
        this.#complain(error);
      }
      attempt?.undo();
      const copy = this.#copies.get(name);
      if (copy !== undefined) copy.isBehind = true;
      this.#repeats += 1;
    }
    const stored = await firstStored(uncertain, this.#database.query).catch(() => undefined);
    if (stored !== undefined) return await this.#answer(units, stored);
    for (const { reject } of units) reject(unavailable());
  }

  /** Lets go what an attempt recorded, and answers its units. */
  async #answer(units: readonly Unit[], { outcomes, release }: Attempt): Promise<void> {
    for (const recorded of release()) this.#observe?.(recorded);
    if (this.#journal.isUrgent) await this.#journal.store().catch((error) => this.#complain(error));
    for (const [index, unit] of units.entries()) deliver(unit, outcomes[index] as Outcome);
  }

  /** Runs units on the copy of a world, which is made, or brought up to date, if needed. */
  async #attempt(
    query: Query,
    name: string,
    units: readonly Unit[],
    entries: StoredJournal | undefined,
  ): Promise<Attempt> {
    const known = this.#copies.get(name);
    const copy = known !== undefined && !known.isBehind ? known : await this.#refresh(query, name, known);
    const work = () => {
      if (copy?.isApplied) copy.world.reload();
      copy?.world.clock.catchUp();
      if (entries !== undefined) copy?.world.journal.restore(entries.journal);
      return units.map(outcomeOf);
    };
    copy?.world.store.replication.begin();
    const [outcomes, release] = this.#collect(copy, work, entries);
    if (copy !== undefined) copy.isApplied = false;
    return { outcomes, release, ...this.#storing(name, copy) };
  }

  /** Runs work and keeps back what it records. If it throws, the change of the copy is taken back. */
  #collect<T>(copy: Copy | undefined, work: () => T, entries: StoredJournal | undefined) {
    try {
      return this.#journal.collect(work, entries?.recordings);
    } catch (error) {
      if (copy !== undefined) this.#undo(copy);
      throw error;
    }
  }

  #storing(name: string, copy: Copy | undefined): Storing {
    const world = this.worlds.peek(name);
    const never = async () => false;
    const drop = () => this.#drop(name);
    if (copy !== undefined && world === copy.world) return this.#storingChange(name, copy);
    if (copy !== undefined) {
      // The work has dropped the world. If other work has created it again, it runs again on nothing.
      this.#copies.delete(name);
      if (world !== undefined) drop();
      const store = async (query: Query) => (await removeWorld(query, copy.id, copy.version)) && world === undefined;
      return { store, keep: () => {}, undo: drop, wasStored: never };
    }
    if (world === undefined) return { store: async () => true, keep: () => {}, undo: () => {}, wasStored: never };
    let id: string | undefined;
    const snapshot = pack(world.store);
    return {
      store: async (query) => {
        id = await createWorld(query, name, snapshot, world.clock.nextDue());
        return id !== undefined;
      },
      keep: () => {
        const created = { id: id as string, world, version: 1, isBehind: false, isApplied: false };
        this.#copies.set(name, created);
        this.#wakeFor(name, world);
      },
      undo: drop,
      wasStored: (query) => hasSnapshot(query, name, snapshot),
    };
  }

  #storingChange(name: string, copy: Copy): Storing {
    const { id, world, version } = copy;
    const { replication } = world.store;
    const changeset = replication.changes();
    const dueAt = world.clock.nextDue();
    if (changeset.length === 0)
      return {
        store: (query) => isCurrent(query, id, version),
        keep: () => {
          replication.keep();
          this.#read.add(name);
          this.#use(name, copy);
        },
        undo: () => this.#undo(copy),
        wasStored: async () => false,
      };
    let isLarge = false;
    return {
      store: async (query) => {
        const stored = await appendChange(query, id, version, changeset, dueAt);
        isLarge = stored?.isLarge ?? false;
        return stored !== undefined;
      },
      keep: () => {
        replication.keep();
        copy.version += 1;
        this.#use(name, copy);
        this.#wakeFor(name, world);
        if (isLarge) this.#fold(copy);
      },
      undo: () => this.#undo(copy),
      wasStored: (query) => hasChange(query, id, version + 1, changeset),
    };
  }

  #undo(copy: Copy): void {
    copy.world.store.replication.undo();
    copy.isApplied = true;
  }

  /** The current version of a world; undefined if there is no such world. */
  async #refresh(query: Query, name: string, copy: Copy | undefined): Promise<Copy | undefined> {
    if (copy !== undefined) {
      const changesets = await changesAfter(query, copy.id, copy.version);
      if (changesets !== undefined) {
        for (const changeset of changesets) copy.world.store.replication.apply(changeset);
        copy.version += changesets.length;
        copy.isApplied ||= changesets.length > 0;
        copy.isBehind = false;
        return copy;
      }
      this.#drop(name);
    }
    const stored = await loadWorld(query, name);
    if (stored === undefined) return undefined;
    const { id, version, snapshot, changesets } = stored;
    const world = this.worlds.restore(name, (store) => {
      unpack(store, snapshot);
      for (const changeset of changesets) store.replication.apply(changeset);
      // What the world completes when it opens is part of the unit that needs it.
      store.replication.begin();
    });
    const loaded = { id, world, version, isBehind: false, isApplied: false };
    this.#copies.set(name, loaded);
    return loaded;
  }

  #drop(name: string): void {
    this.#copies.delete(name);
    this.worlds.drop(name);
  }

  #use(name: string, copy: Copy): void {
    this.#copies.delete(name);
    this.#copies.set(name, copy);
  }

  /** Drops copies that were not used for long. */
  #makeRoom(): void {
    let surplus = this.#copies.size - this.#maxCopies;
    if (surplus <= 0) return;
    for (const [name, { world }] of this.#copies) {
      if (surplus <= 0) return;
      if (this.#waiting.has(name) || world.isWatched) continue;
      this.#drop(name);
      surplus -= 1;
    }
  }

  /** Replaces the snapshot of a world by its current content. If that fails, a later change does it. */
  #fold({ id, version, world }: Copy): void {
    const snapshot = pack(world.store);
    this.#inBackground(() => foldChanges(this.#database.query, id, version, snapshot));
  }

  /** Completes the next sync of a world when it is due. */
  #wakeFor(name: string, world: World): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    const dueAt = world.clock.nextDue();
    if (dueAt === null || this.#isClosing) return;
    const wake = () => {
      this.#timers.delete(name);
      this.#inBackground(() => this.run(name, () => {}));
    };
    this.#timers.set(name, this.#host.after(Math.max(0, dueAt - this.#host.now()), wake));
  }

  /** Completes syncs whose replica is gone, and tells consoles what other replicas have changed. */
  async #lookForWork(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.#completeLate();
      await this.#followWatched();
    } finally {
      this.#isLooking = false;
    }
  }

  async #completeLate(): Promise<void> {
    const late = await claimLateWorlds(this.#database.query, this.#host.now() - lateMs, maxLate);
    await Promise.all(late.map((name) => this.run(name, () => {})));
  }

  async #followWatched(): Promise<void> {
    const watched = [...this.#copies].filter(([, { world }]) => world.isWatched).map(([name]) => name);
    if (watched.length === 0) return;
    const states = await statesOf(this.#database.query, watched);
    const changed = watched.filter((name) => this.#seen.has(name) && this.#seen.get(name) !== states.get(name));
    this.#seen = states;
    for (const name of changed) await this.run(name, () => this.worlds.peek(name)?.reload());
  }

  async #noteUse(): Promise<void> {
    const names = [...this.#read];
    this.#read.clear();
    if (names.length > 0) await noteUse(this.#database.query, names);
  }

  #inBackground(work: () => unknown): void {
    Promise.resolve()
      .then(work)
      .catch((error) => this.#complain(error));
  }

  /** Prints why the database failed, but not for each request again. */
  #complain(error: unknown): void {
    const now = performance.now();
    if (this.#isClosing || now < this.#silentUntil) return;
    this.#silentUntil = now + complainMs;
    console.error(`groups-mock: the database failed: ${messageOf(error)}`);
  }

  /** Ends after the units that wait. Syncs that are not due yet are left to the other replicas. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const repeated of this.#repeated) clearInterval(repeated);
    for (const cancel of this.#timers.values()) cancel();
    const started = performance.now();
    while (this.#waiting.size > 0 && performance.now() - started < closeMs) await setTimeout(5);
    await Promise.allSettled([this.#noteUse(), this.#journal.store()]);
    this.worlds.close();
    await this.#database.close();
  }
}

function outcomeOf({ work }: Unit): Outcome {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

/** The attempt that the database has stored, if there is one. */
async function firstStored(attempts: readonly Attempt[], query: Query): Promise<Attempt | undefined> {
  for (const attempt of attempts) if (await attempt.wasStored(query)) return attempt;
  return undefined;
}

function deliver({ resolve, reject }: Unit, outcome: Outcome): void {
  if ('error' in outcome) reject(outcome.error);
  else resolve(outcome.value as never);
}

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const pack = ({ snapshot }: Store): Buffer => zstdCompressSync(JSON.stringify(snapshot.readAll()), fast);

const unpack = ({ snapshot }: Store, packed: Uint8Array): void =>
  snapshot.replaceAll(JSON.parse(zstdDecompressSync(packed).toString()) as WholeContent);
