import { setTimeout } from 'node:timers/promises';
import { Problem } from '../domain/problems.ts';
import type { NamesFilter, UnitOptions, WorldAccess, WorldNames } from '../worlds/access.ts';
import { elsewhere } from '../worlds/folder.ts';
import type { Recorded } from '../worlds/journal.ts';
import type { Summary } from '../worlds/summary.ts';
import type { WorldSettings } from '../worlds/world.ts';
import { defaultOpenWorlds, Worlds } from '../worlds/worlds.ts';
import { Copies, type Copy } from './copies.ts';
import { type Database, endStuckTransactions, isLockTimeout, messageOf, type Query, unavailable } from './database.ts';
import { DueSyncs } from './due-syncs.ts';
import { pack } from './packed.ts';
import { SharedJournal, type StoredJournal } from './shared-journal.ts';
import { type Storing, type StoringOptions, storingOf } from './storing.ts';
import { summaryFrom, summaryText } from './summaries.ts';
import { sharedVersions, type Versions, versionsIn } from './versions.ts';
import { createWorld, foldChanges, listWorlds, lockWorld, noteUse, statesOf, type Use } from './world-rows.ts';

/** Work that waits for its turn. */
interface Unit {
  readonly work: () => unknown;
  readonly readsJournal: boolean;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Units that have run on the copy of their world, and are not stored yet. */
interface Attempt extends Storing {
  readonly outcomes: readonly Outcome[];
  /** Lets the entries of the journal go that the units have recorded, and returns them. */
  readonly release: () => readonly Recorded[];
}

/**
 * How many units share one version, and how long they may take until the others wait for the next one, in milliseconds. Nothing
 * else happens in this process meanwhile, so a flood of requests to one world would delay those to all.
 */
const maxTogether = 100;
const maxTogetherMs = 10;

/** How often units are tried: on the copy as it is, on the current version, and then with the world locked. */
const maxAttempts = 5;
const lockedFrom = 3;

/** How long units are tried, in milliseconds, unless one attempt takes longer. */
const giveUpMs = 8000;

/** How long closing waits for units that run, in milliseconds. */
const closeMs = 5000;

/** How often a replica looks for what others have left or changed, and how often it notes the use of worlds. */
const lookMs = 400;
const noteUseMs = 60_000;

/** How often the failure of the database is printed, in milliseconds. */
const complainMs = 5000;

/**
 * Worlds in a database that several replicas of a mock share. Each replica runs requests on its own copy of a world and
 * answers after the database has accepted the change as the next version, or has said that the copy is current. If the
 * copy was not, its change is taken back and the work runs again on the newer version. See docs/decisions/0013.
 */
export class SharedWorlds implements WorldAccess {
  readonly worlds: Worlds;
  readonly due: DueSyncs;
  readonly #database: Database;
  readonly #versions: Versions;
  readonly #copies: Copies;
  readonly #journal: SharedJournal;
  readonly #host: WorldSettings['host'];
  readonly #observe: WorldSettings['observe'];
  readonly #storing: StoringOptions;
  /** The worlds that units run on, with the units that wait for them. */
  readonly #waiting = new Map<string, Unit[]>();
  /** The worlds that were used since this was noted in the database; of those without a copy, what to note. */
  readonly #used = new Map<string, Use | undefined>();
  /** The states of the worlds that somebody watches in a console, as they were when they were last looked at. */
  #seen: ReadonlyMap<string, string> = new Map();
  readonly #repeated: NodeJS.Timeout[];
  #isLooking = false;
  #isClosing = false;
  #isClosed = false;
  #silentUntil = 0;
  #repeats = 0;

  /** `create` creates a world that is one more; it may throw a Problem. */
  constructor(
    database: Database,
    settings: WorldSettings,
    maxCopies: number = defaultOpenWorlds.inDatabase,
    create = createWorld,
  ) {
    this.#database = database;
    this.#versions = sharedVersions(database.query);
    this.#storing = { create, grown: (copy) => this.#fold(copy) };
    this.#journal = new SharedJournal(database);
    this.#host = settings.host;
    this.#observe = settings.observe;
    this.worlds = new Worlds(
      {
        ...settings,
        // Due syncs are completed in units, so the clock of a world needs no timers.
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
    this.#copies = new Copies(this.worlds, maxCopies);
    this.due = new DueSyncs(database.query, settings.host, (world) =>
      this.#inBackground(() => this.run(world, () => {})),
    );
    this.#repeated = [
      setInterval(() => this.#inBackground(() => this.#lookAround()), lookMs).unref(),
      setInterval(() => this.#inBackground(() => this.#noteUse()), noteUseMs).unref(),
    ];
  }

  /** How often units ran again since the start, because another replica had changed their world. */
  get repeats(): number {
    return this.#repeats;
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

  async names(filter: NamesFilter): Promise<WorldNames> {
    try {
      const now = this.#host.now();
      const { worlds, total } = await listWorlds(this.#database.query, filter, now);
      const summaries = new Map<string, Summary>();
      for (const { name, summary } of worlds) if (summary !== null) summaries.set(name, summaryFrom(summary, now));
      return { names: worlds.map(({ name }) => name), summaries, total };
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
      const together = units.splice(0, maxTogether);
      const answered = await this.#runTogether(name, together);
      units.unshift(...together.slice(answered));
    }
    this.#waiting.delete(name);
    this.#copies.makeRoom(
      (other) => this.#waiting.has(other),
      (other, copy) => {
        if (this.#used.has(other)) this.#used.set(other, useOf(copy));
      },
    );
  }

  /** Runs units until the database has taken an attempt, and answers them. Returns how many, from the first on. */
  async #runTogether(name: string, units: readonly Unit[]): Promise<number> {
    const readsJournal = units.some((unit) => unit.readsJournal);
    /** Attempts of which the database did not say whether it has stored them. */
    const uncertain: Attempt[] = [];
    let entries: StoredJournal | undefined;
    const started = performance.now();
    for (let count = 1; count <= maxAttempts && performance.now() - started < giveUpMs; count += 1) {
      let attempt: Attempt | undefined;
      const tryOnce = async (query: Query, versions: Versions): Promise<boolean> => {
        attempt = await this.#attempt(query, name, units, entries);
        return attempt.store(query, versions);
      };
      const tryLocked = () =>
        this.#database.transaction(async (query) => {
          await lockWorld(query, name);
          return tryOnce(query, versionsIn(query));
        });
      try {
        const stored = await firstStored(uncertain, this.#database.query);
        if (stored !== undefined) return await this.#answer(units, stored);
        if (readsJournal) entries ??= await this.#journal.read(name);
        const isStored = await (count < lockedFrom ? tryOnce(this.#database.query, this.#versions) : tryLocked());
        if (isStored && attempt !== undefined) {
          attempt.keep();
          this.#noteKept(name);
          return await this.#answer(units, attempt);
        }
      } catch (error) {
        if (error instanceof Problem) {
          attempt?.undo();
          for (const { reject } of units) reject(error);
          return units.length;
        }
        if (attempt !== undefined) uncertain.push(attempt);
        this.#complain(error);
        if (isLockTimeout(error)) await endStuckTransactions(this.#database.query).catch(() => {});
      }
      if (this.#isClosed) break;
      attempt?.undo();
      this.#copies.markBehind(name);
      this.#repeats += 1;
    }
    const stored = await firstStored(uncertain, this.#database.query).catch(() => undefined);
    if (stored !== undefined) return this.#answer(units, stored);
    for (const { reject } of units) reject(unavailable());
    return units.length;
  }

  /** Runs units on the copy of a world: as many as there is time for. */
  async #attempt(
    query: Query,
    name: string,
    units: readonly Unit[],
    entries: StoredJournal | undefined,
  ): Promise<Attempt> {
    const copy = await this.#copies.current(query, name);
    copy?.world.store.replication.begin();
    try {
      const [outcomes, release] = this.#journal.collect(() => {
        if (copy?.isUnread) copy.world.reload();
        copy?.world.clock.catchUp();
        if (entries !== undefined) copy?.world.journal.restore(entries.journal);
        const until = performance.now() + maxTogetherMs;
        const finished: Outcome[] = [];
        for (const unit of units) {
          finished.push(outcomeOf(unit));
          if (performance.now() > until) break;
        }
        return finished;
      }, entries?.recordings);
      if (copy !== undefined) copy.isUnread = false;
      return { outcomes, release, ...storingOf(this.#copies, name, copy, this.#storing) };
    } catch (error) {
      if (copy !== undefined) this.#copies.undo(copy);
      throw error;
    }
  }

  /** Lets go what an attempt recorded, and answers its units. Returns how many. */
  async #answer(units: readonly Unit[], { outcomes, release }: Attempt): Promise<number> {
    for (const recorded of release()) this.#observe?.(recorded);
    if (this.#journal.isUrgent) await this.#journal.store().catch((error) => this.#complain(error));
    for (const [index, outcome] of outcomes.entries()) deliver(units[index] as Unit, outcome);
    return outcomes.length;
  }

  #noteKept(name: string): void {
    this.#used.set(name, undefined);
    this.due.schedule(name, this.worlds.peek(name)?.clock.nextDue() ?? null);
  }

  /** Replaces the snapshot of a world by its current content. If that fails, a later change does it. */
  #fold({ id, version, world }: Copy): void {
    const snapshot = pack(world.store);
    void this.#inBackground(() => foldChanges(this.#database.query, id, version, snapshot));
  }

  /** Completes syncs whose replica is gone, and tells consoles what other replicas have changed. */
  async #lookAround(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.due.completeLate();
      await this.#followWatched();
    } finally {
      this.#isLooking = false;
    }
  }

  async #followWatched(): Promise<void> {
    const watched = this.#copies.watched();
    if (watched.length === 0) return;
    const states = await statesOf(this.#database.query, watched);
    const changed = watched.filter((name) => this.#seen.has(name) && this.#seen.get(name) !== states.get(name));
    this.#seen = states;
    for (const name of changed) await this.run(name, () => this.worlds.peek(name)?.reload());
  }

  async #noteUse(): Promise<void> {
    const uses: Use[] = [];
    for (const [name, known] of this.#used) {
      // A unit that runs may not be stored.
      if (this.#waiting.has(name)) continue;
      this.#used.delete(name);
      const copy = this.#copies.peek(name);
      const use = known ?? (copy && useOf(copy));
      if (use !== undefined) uses.push(use);
    }
    if (uses.length > 0) await noteUse(this.#database.query, uses);
  }

  async #inBackground(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The refusal of a request that ran together with this work, such as one of a removed tenant, is no failure.
      if (!(error instanceof Problem)) this.#complain(error);
    }
  }

  /** Prints why the database failed, but not for each request again. */
  #complain(error: unknown): void {
    const now = performance.now();
    if (this.#isClosing || now < this.#silentUntil) return;
    this.#silentUntil = now + complainMs;
    console.error(`groups-mock: the database failed: ${messageOf(error)}`);
  }

  /** Ends after the units that run. Syncs that are not due yet are left to the other replicas. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const repeated of this.#repeated) clearInterval(repeated);
    this.due.stop();
    const started = performance.now();
    while (this.#waiting.size > 0 && performance.now() - started < closeMs) await setTimeout(5);
    await Promise.allSettled([this.#noteUse(), this.#journal.store()]);
    this.#isClosed = true;
    this.worlds.close();
    await this.#database.close();
  }
}

const useOf = ({ id, version, world }: Copy): Use => ({ id, version, summary: summaryText(world) });

function outcomeOf({ work }: Unit): Outcome {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

function deliver({ resolve, reject }: Unit, outcome: Outcome): void {
  if ('error' in outcome) reject(outcome.error);
  else resolve(outcome.value as never);
}

/** The attempt that the database has stored, if there is one. */
async function firstStored(attempts: readonly Attempt[], query: Query): Promise<Attempt | undefined> {
  for (const attempt of attempts) if (await attempt.wasStored(query)) return attempt;
  return undefined;
}
