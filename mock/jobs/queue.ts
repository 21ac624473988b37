import { slowBy } from '../domain/magic.ts';
import type { SyncInFlight, SyncProgress } from '../store/syncs.ts';
import type { WorldClock } from './clock.ts';

/** When an accepted sync is completed: after a delay in world time, after a number of retrievals, or on request. */
export type Progress =
  | { readonly after: 'delay'; readonly ms: number }
  | { readonly after: 'polls'; readonly count: number }
  | { readonly after: 'manual' };

export interface QueueActions {
  readonly complete: (sync: SyncInFlight) => void;
  /** Stores the progress of a sync that must survive a restart. */
  readonly save?: (id: string, progress: SyncProgress) => void;
  /** Stores how often a sync was retrieved. */
  readonly savePolls?: (id: string, polls: number) => void;
  /** Called if a sync could not be completed when its time came. It is retried later. */
  readonly failed?: (id: string, error: unknown) => void;
}

interface Entry {
  readonly sync: SyncInFlight;
  /** Its time has come, or somebody asked to complete it. */
  isReady: boolean;
  isHeld: boolean;
  polls: number;
}

/** The wait before a failed completion is retried, in milliseconds of world time. */
const retryAfterMs = 1000;

/**
 * The syncs of one world that are in flight. The syncs of a group are completed strictly in the order accepted (§8.11).
 * A sync that is held or not due does not delay other groups.
 */
export class SyncQueue {
  readonly #clock: WorldClock;
  #progress: Progress;
  readonly #actions: QueueActions;
  /** By id, in the order accepted. */
  readonly #entries = new Map<string, Entry>();
  readonly #byGroup = new Map<number, Entry[]>();

  constructor(clock: WorldClock, progress: Progress, actions: QueueActions) {
    this.#clock = clock;
    this.#progress = progress;
    this.#actions = actions;
  }

  /** Adds an accepted sync: a new one, or one from the store. */
  add(sync: SyncInFlight): void {
    const { progress, polls = 0 } = sync;
    const entry = { sync, isReady: progress === 'ready', isHeld: progress === 'stalled', polls };
    this.#entries.set(sync.id, entry);
    const group = this.#byGroup.get(sync.groupKey);
    if (group) group.push(entry);
    else this.#byGroup.set(sync.groupKey, [entry]);
    if (this.#progress.after === 'delay') {
      const due = Date.parse(sync.acceptedAt) + this.#progress.ms + (sync.slow ? slowBy.ms : 0);
      this.#clock.at(due, () => this.#completeDue(entry));
    }
    if (entry.isReady) this.#completeReady(sync.groupKey);
    else if (this.#hasEnoughPolls(entry)) this.release(sync.id);
  }

  /** Counts a successful retrieval, if syncs complete after a number of retrievals. */
  countPoll(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || this.#progress.after !== 'polls') return;
    entry.polls += 1;
    this.#actions.savePolls?.(id, entry.polls);
    if (this.#hasEnoughPolls(entry)) this.release(id);
  }

  /** Marks a sync as ready: it completes once the earlier syncs of its group have and it is not held. */
  release(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.isReady = true;
    this.#completeReady(entry.sync.groupKey);
    if (this.#entries.has(id) && !entry.isHeld && this.#progress.after !== 'delay') this.#actions.save?.(id, 'ready');
  }

  /** Completes a sync, held or not, once the earlier syncs of its group have completed; returns false if it is not in flight. */
  complete(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.isHeld = false;
    entry.isReady = true;
    this.#completeReady(entry.sync.groupKey);
    if (this.#entries.has(id)) this.#actions.save?.(id, 'ready');
    return true;
  }

  /** Holds a sync until it is released or completed; returns false if it is not in flight. */
  stall(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.isHeld = true;
    this.#actions.save?.(id, 'stalled');
    return true;
  }

  /** Stops holding a sync, which completes at once if it is due; returns false if it is not in flight. */
  unstall(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.isHeld = false;
    this.#actions.save?.(id, entry.isReady ? 'ready' : 'queued');
    this.#completeReady(entry.sync.groupKey);
    return true;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** The progress of a sync; undefined if it is not in flight. */
  progress(id: string): SyncProgress | undefined {
    const entry = this.#entries.get(id);
    return entry && (entry.isHeld ? 'stalled' : entry.isReady ? 'ready' : 'queued');
  }

  /** Empties the queue, so that it can be filled again from the store. Syncs then complete as `progress` says. */
  restart(progress: Progress): void {
    this.#progress = progress;
    this.#entries.clear();
    this.#byGroup.clear();
  }

  /** Completes a sync whose time has come. An error, such as a full disk, must not end the process. */
  #completeDue(entry: Entry): void {
    try {
      entry.isReady = true;
      this.#completeReady(entry.sync.groupKey);
    } catch (error) {
      this.#actions.failed?.(entry.sync.id, error);
      this.#clock.at(this.#clock.now() + retryAfterMs, () => this.#completeDue(entry));
    }
  }

  /** Completes the syncs of a group in order, up to the first one that is held or not ready. */
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
