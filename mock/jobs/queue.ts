import { slowBy } from '../domain/magic.ts';
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

/** How long after a completion that failed it is tried again, in milliseconds of world time. */
const retryAfter = 1000;

/**
 * The syncs of one world that are in flight. Within a group they are completed strictly in the order accepted (§8.11);
 * groups do not wait for each other.
 */
export class SyncQueue {
  readonly #clock: WorldClock;
  readonly #progress: Progress;
  readonly #complete: (sync: SyncInFlight) => void;
  readonly #save: (id: string, progress: SyncProgress) => void;
  readonly #failed: (id: string, error: unknown) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #byGroup = new Map<number, Entry[]>();

  /**
   * `save` is told what has to survive a restart: that a sync is held, released or only waits for those before it.
   * `failed` is told that `complete` threw when nobody was there to tell it to; the sync is then tried again.
   */
  constructor(
    clock: WorldClock,
    progress: Progress,
    complete: (sync: SyncInFlight) => void,
    save: (id: string, progress: SyncProgress) => void = () => {},
    failed: (id: string, error: unknown) => void = () => {},
  ) {
    this.#clock = clock;
    this.#progress = progress;
    this.#complete = complete;
    this.#save = save;
    this.#failed = failed;
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
      this.#clock.at(due, () => this.#due(sync.id));
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

  /** The time of a sync has come. An error, such as that of a full disk, must not end the process. */
  #due(id: string): void {
    try {
      this.release(id);
    } catch (error) {
      this.#failed(id, error);
      this.#clock.at(this.#clock.now() + retryAfter, () => this.#due(id));
    }
  }

  /** Forgets everything, to be filled again from the store. */
  clear(): void {
    this.#entries.clear();
    this.#byGroup.clear();
  }

  #enoughPolls({ sync, polls }: Entry): boolean {
    return this.#progress.after === 'polls' && polls >= this.#progress.count + (sync.slow ? slowBy.polls : 0);
  }

  #drain(groupKey: number): void {
    const line = this.#byGroup.get(groupKey) ?? [];
    for (let first = line[0]; first?.ready && !first.stalled; first = line[0]) {
      this.#complete(first.sync);
      line.shift();
      this.#entries.delete(first.sync.id);
    }
    if (line.length === 0) this.#byGroup.delete(groupKey);
  }
}
