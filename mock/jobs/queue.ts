import { slowBy } from '../domain/magic.ts';
import type { SyncInFlight, SyncProgress } from '../store/syncs.ts';
import type { WorldClock } from './clock.ts';

/** When an accepted sync is completed: after so much world time, after so many retrievals, or when told. */
export type Progress =
  | { readonly after: 'delay'; readonly ms: number }
  | { readonly after: 'polls'; readonly count: number }
  | { readonly after: 'manual' };

export interface QueueActions {
  readonly complete: (sync: SyncInFlight) => void;
  /** Stores what has to survive a restart: that a sync is held, released, or only waits for those before it. */
  readonly save?: (id: string, progress: SyncProgress) => void;
  /** A sync could not be completed when its time came; it is tried again later. */
  readonly failed?: (id: string, error: unknown) => void;
}

interface Entry {
  readonly sync: SyncInFlight;
  /** Its time has come, or it was told to complete. */
  isReady: boolean;
  isHeld: boolean;
  polls: number;
}

/** How long after a completion that failed it is tried again, in milliseconds of world time. */
const retryAfter = 1000;

/**
 * The syncs of one world that are in flight. Within a group they are completed strictly in the order accepted (§8.11);
 * one that is held or not due delays no other group.
 */
export class SyncQueue {
  readonly #clock: WorldClock;
  readonly #progress: Progress;
  readonly #actions: QueueActions;
  /** By id, in the order accepted. */
  readonly #entries = new Map<string, Entry>();
  readonly #byGroup = new Map<number, Entry[]>();

  constructor(clock: WorldClock, progress: Progress, actions: QueueActions) {
    this.#clock = clock;
    this.#progress = progress;
    this.#actions = actions;
  }

  /** Takes an accepted sync: a new one, or one that the store still holds after a restart. */
  add(sync: SyncInFlight): void {
    const entry = { sync, isReady: sync.progress === 'ready', isHeld: sync.progress === 'stalled', polls: 0 };
    this.#entries.set(sync.id, entry);
    const group = this.#byGroup.get(sync.groupKey);
    if (group) group.push(entry);
    else this.#byGroup.set(sync.groupKey, [entry]);
    if (this.#progress.after === 'delay') {
      const due = Date.parse(sync.acceptedAt) + this.#progress.ms + (sync.slow ? slowBy.ms : 0);
      this.#clock.at(due, () => this.#due(entry));
    }
    if (entry.isReady || this.#hasEnoughPolls(entry)) this.release(sync.id);
  }

  /** Counts a retrieval that was answered, if progress goes by retrievals. */
  polled(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || this.#progress.after !== 'polls') return;
    entry.polls += 1;
    if (this.#hasEnoughPolls(entry)) this.release(id);
  }

  /** Lets a sync complete as soon as those before it in its group are completed and nothing holds it. */
  release(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.isReady = true;
    this.#completeReady(entry.sync.groupKey);
    if (this.#entries.has(id) && !entry.isHeld && this.#progress.after !== 'delay') this.#actions.save?.(id, 'ready');
  }

  /** Completes a sync now, held or not, or as soon as those before it are; false if it is not in flight. */
  complete(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.isHeld = false;
    entry.isReady = true;
    this.#completeReady(entry.sync.groupKey);
    if (this.#entries.has(id)) this.#actions.save?.(id, 'ready');
    return true;
  }

  /** Holds a sync, so that it never finishes until it is let go; false if it is not in flight. */
  stall(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.isHeld = true;
    this.#actions.save?.(id, 'stalled');
    return true;
  }

  /** Lets a held sync go: it completes when its time comes, at once if that is past; false if it is not in flight. */
  unstall(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.isHeld = false;
    this.#actions.save?.(id, entry.isReady ? 'ready' : 'queued');
    this.#completeReady(entry.sync.groupKey);
    return true;
  }

  /** How a sync in flight stands; undefined if it is not in flight. */
  progress(id: string): SyncProgress | undefined {
    const entry = this.#entries.get(id);
    return entry && (entry.isHeld ? 'stalled' : entry.isReady ? 'ready' : 'queued');
  }

  /** Empties the queue, to be filled again from the store. */
  clear(): void {
    this.#entries.clear();
    this.#byGroup.clear();
  }

  /** The time of a sync has come. An error, such as that of a full disk, must not end the process. */
  #due(entry: Entry): void {
    try {
      entry.isReady = true;
      this.#completeReady(entry.sync.groupKey);
    } catch (error) {
      this.#actions.failed?.(entry.sync.id, error);
      this.#clock.at(this.#clock.now() + retryAfter, () => this.#due(entry));
    }
  }

  /** Completes the syncs of a group in order, up to the first that is held or not ready. */
  #completeReady(groupKey: number): void {
    const group = this.#byGroup.get(groupKey) ?? [];
    for (let [first] = group; first?.isReady && !first.isHeld; [first] = group) {
      this.#actions.complete(first.sync);
      group.shift();
      this.#entries.delete(first.sync.id);
    }
    if (group.length === 0) this.#byGroup.delete(groupKey);
  }

  #hasEnoughPolls({ sync, polls }: Entry): boolean {
    return this.#progress.after === 'polls' && polls >= this.#progress.count + (sync.slow ? slowBy.polls : 0);
  }
}
