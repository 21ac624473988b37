import { slowBy } from '../domain/magic.ts';
import type { Soon } from '../store/slices.ts';
import type { SyncInFlight, SyncProgress } from '../store/syncs.ts';
import type { WorldClock } from './clock.ts';

/** When an accepted sync is completed: after so much world time, after so many retrievals, or when told. */
export type Progress =
  | { readonly after: 'delay'; readonly ms: number }
  | { readonly after: 'polls'; readonly count: number }
  | { readonly after: 'manual' };

interface Entry {
  readonly sync: SyncInFlight;
  /** Its time has come, or it was told to complete. */
  ready: boolean;
  stalled: boolean;
  polls: number;
}

/** How to complete a sync while others have their turn: one at a time, and in this process. */
export interface Slowly {
  readonly soon: Soon;
  /** `ended` is called when it is completed, or, with the error, when it is not. */
  readonly begin: (sync: SyncInFlight, ended: (error?: unknown) => void) => void;
  /** Finishes at once what was begun. */
  readonly settle: () => void;
}

/** How long after a completion that failed it is tried again, in milliseconds of world time. */
const retryAfter = 1000;

/**
 * The syncs of one world that are in flight. Within a group they are completed strictly in the order accepted (§8.11);
 * one that is held or not due holds up no other group.
 */
export class SyncQueue {
  readonly #clock: WorldClock;
  readonly #progress: Progress;
  readonly #complete: (sync: SyncInFlight) => void;
  readonly #save: (id: string, progress: SyncProgress) => void;
  readonly #failed: (id: string, error: unknown) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #byGroup = new Map<number, Entry[]>();
  readonly #slowly: Slowly | undefined;
  /** Syncs whose time has come, to be completed slowly. */
  #waiting: Entry[] = [];
  #isBusy = false;

  /**
   * `save` is told what has to survive a restart: that a sync is held, released or only waits for those before it.
   * `failed` is told that `complete` threw when nobody was there to tell it to; the sync is then tried again.
   * With `slowly`, that is how a sync is completed whose end nobody waits for.
   */
  constructor(
    clock: WorldClock,
    progress: Progress,
    complete: (sync: SyncInFlight) => void,
    save: (id: string, progress: SyncProgress) => void = () => {},
    failed: (id: string, error: unknown) => void = () => {},
    slowly?: Slowly,
  ) {
    this.#clock = clock;
    this.#progress = progress;
    this.#complete = complete;
    this.#save = save;
    this.#failed = failed;
    this.#slowly = slowly;
    clock.beforeMove(() => this.finish());
  }

  /** Takes an accepted sync: a new one, or one that the store still holds after a restart. */
  add(sync: SyncInFlight): void {
    const entry = { sync, ready: sync.progress === 'ready', stalled: sync.progress === 'stalled', polls: 0 };
    this.#entries.set(sync.id, entry);
    const line = this.#byGroup.get(sync.groupKey);
    if (line) line.push(entry);
    else this.#byGroup.set(sync.groupKey, [entry]);
    if (this.#progress.after === 'delay') {
      const due = Date.parse(sync.acceptedAt) + this.#progress.ms + (sync.slow ? slowBy.ms : 0);
      this.#clock.at(due, () => this.#due(entry));
    }
    if (entry.ready || this.#enoughPolls(entry)) this.release(sync.id);
  }

  /** Counts a retrieval that was answered, where progress goes by retrievals. */
  polled(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || this.#progress.after !== 'polls') return;
    entry.polls += 1;
    if (this.#enoughPolls(entry)) this.release(id);
  }

  /** Lets a sync complete as soon as those before it in its group are completed and nothing holds it. */
  release(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.ready = true;
    this.#drain(entry.sync.groupKey);
    if (this.#entries.has(id) && !entry.stalled && this.#progress.after !== 'delay') this.#save(id, 'ready');
  }

  /** Completes a sync now, held or not, or as soon as those before it are; false where it is not in flight. */
  complete(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.stalled = false;
    entry.ready = true;
    this.#drain(entry.sync.groupKey);
    if (this.#entries.has(id)) this.#save(id, 'ready');
    return true;
  }

  /** Holds a sync, so that it never finishes until it is let go; false where it is not in flight. */
  stall(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.stalled = true;
    this.#save(id, 'stalled');
    return true;
  }

  /** Lets a held sync go: it completes when its time comes, at once if that is past; false where it is not in flight. */
  unstall(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.stalled = false;
    this.#save(id, entry.ready ? 'ready' : 'queued');
    this.#drain(entry.sync.groupKey);
    return true;
  }

  /** How a sync in flight stands; undefined where it is not in flight. */
  progress(id: string): SyncProgress | undefined {
    const entry = this.#entries.get(id);
    return entry && (entry.stalled ? 'stalled' : entry.ready ? 'ready' : 'queued');
  }

  /** Completes at once every sync whose time has come, also those that others were to have their turn before. */
  finish(): void {
    this.#slowly?.settle();
    for (const entry of this.#waiting.splice(0)) this.#releaseOrTryAgain(entry);
  }

  /** Forgets everything, to be filled again from the store, which has abandoned what was begun. */
  clear(): void {
    this.#entries.clear();
    this.#byGroup.clear();
    this.#waiting = [];
    this.#isBusy = false;
  }

  /** The time of a sync has come. An error, such as that of a full disk, must not end the process. */
  #due(entry: Entry): void {
    this.#waiting.push(entry);
    if (this.#slowly === undefined || this.#clock.isAdvancing) this.finish();
    else this.#turn(this.#slowly);
  }

  #releaseOrTryAgain(entry: Entry): void {
    try {
      this.release(entry.sync.id);
    } catch (error) {
      this.#tryAgain(entry, error);
    }
  }

  /** Releases those whose time has come, each once what could be completed before is; a small sync is so at once. */
  #turn(slowly: Slowly): void {
    while (!this.#isBusy) {
      const [entry] = this.#waiting;
      if (entry === undefined) return;
      entry.ready = true;
      const line = this.#byGroup.get(entry.sync.groupKey) ?? [];
      const [first] = line;
      if (!isComing(first)) {
        this.#waiting.shift();
        continue;
      }
      this.#isBusy = true;
      slowly.begin(first.sync, (error) => {
        this.#isBusy = false;
        if (error === undefined) this.#completed(line, first);
        else {
          this.#waiting.shift();
          this.#tryAgain(entry, error);
        }
        slowly.soon(() => this.#turn(slowly));
      });
    }
  }

  #tryAgain(entry: Entry, error: unknown): void {
    this.#failed(entry.sync.id, error);
    this.#clock.at(this.#clock.now() + retryAfter, () => this.#due(entry));
  }

  #enoughPolls({ sync, polls }: Entry): boolean {
    return this.#progress.after === 'polls' && polls >= this.#progress.count + (sync.slow ? slowBy.polls : 0);
  }

  #drain(groupKey: number): void {
    this.#slowly?.settle();
    const line = this.#byGroup.get(groupKey) ?? [];
    for (let first = line[0]; isComing(first); first = line[0]) {
      this.#complete(first.sync);
      this.#completed(line, first);
    }
  }

  #completed(line: Entry[], first: Entry): void {
    line.shift();
    this.#entries.delete(first.sync.id);
    if (line.length === 0) this.#byGroup.delete(first.sync.groupKey);
  }
}

/** Whether nothing but those before it keeps a sync from being completed. */
const isComing = (entry: Entry | undefined): entry is Entry => entry?.ready === true && !entry.stalled;
