import type { SyncInFlight } from '../store/syncs.ts';
import type { WorldClock } from './clock.ts';

/** When an accepted sync is completed: after so much world time, after so many retrievals, or when told. */
export type Progress =
  | { readonly after: 'delay'; readonly ms: number }
  | { readonly after: 'polls'; readonly count: number }
  | { readonly after: 'manual' };

interface Entry {
  readonly sync: SyncInFlight;
  ready: boolean;
  polls: number;
}

/**
 * The syncs of one world that are in flight. Within a group they are completed strictly in the order accepted (§8.11);
 * groups do not wait for each other.
 */
export class SyncQueue {
  readonly #clock: WorldClock;
  readonly #progress: Progress;
  readonly #complete: (sync: SyncInFlight) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #byGroup = new Map<number, Entry[]>();

  constructor(clock: WorldClock, progress: Progress, complete: (sync: SyncInFlight) => void) {
    this.#clock = clock;
    this.#progress = progress;
    this.#complete = complete;
  }

  /** Takes an accepted sync, a new one or, after a restart, one that the store still holds. */
  add(sync: SyncInFlight): void {
    const entry: Entry = { sync, ready: false, polls: 0 };
    this.#entries.set(sync.id, entry);
    const line = this.#byGroup.get(sync.groupKey);
    if (line) line.push(entry);
    else this.#byGroup.set(sync.groupKey, [entry]);
    if (this.#progress.after === 'polls' && this.#progress.count === 0) this.release(sync.id);
    if (this.#progress.after === 'delay')
      this.#clock.at(Date.parse(sync.acceptedAt) + this.#progress.ms, () => this.release(sync.id));
  }

  /** Counts a retrieval that was answered, where progress goes by retrievals. */
  polled(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || this.#progress.after !== 'polls') return;
    entry.polls += 1;
    if (entry.polls >= this.#progress.count) this.release(id);
  }

  /** Lets a sync complete as soon as those before it in its group are completed. */
  release(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.ready = true;
    const { groupKey } = entry.sync;
    const line = this.#byGroup.get(groupKey) ?? [];
    for (let first = line[0]; first?.ready; first = line[0]) {
      this.#complete(first.sync);
      line.shift();
      this.#entries.delete(first.sync.id);
    }
    if (line.length === 0) this.#byGroup.delete(groupKey);
  }
}
