import type { Host } from '../jobs/clock.ts';
import type { Query } from './database.ts';
import { claimLateWorlds, countLateWorlds, type DueAt } from './world-rows.ts';

/** How late a sync must be until a replica that did not accept it completes it, in milliseconds. */
const lateMs = 300;

/** How many late worlds are taken at once. */
const maxLate = 20;

/**
 * Completes syncs when they are due. The replica that changed a world last has a timer; the syncs of one that is gone
 * are found in the database.
 */
export class DueSyncs {
  readonly #query: Query;
  readonly #host: Host;
  readonly #complete: (world: string) => unknown;
  /** By world, how to cancel its timer. */
  readonly #timers = new Map<string, () => void>();
  #isStopped = false;

  /** `complete` completes what is due in a world. */
  constructor(query: Query, host: Host, complete: (world: string) => unknown) {
    this.#query = query;
    this.#host = host;
    this.#complete = complete;
  }

  /** Notes when the next sync of a world is due. */
  schedule(world: string, dueAt: DueAt): void {
    this.#timers.get(world)?.();
    this.#timers.delete(world);
    if (dueAt === null || this.#isStopped) return;
    const wake = () => {
      this.#timers.delete(world);
      void this.#complete(world);
    };
    this.#timers.set(world, this.#host.after(Math.max(0, dueAt - this.#host.now()), wake));
  }

  /** Completes syncs that nobody has completed in time. */
  async completeLate(): Promise<void> {
    const worlds = await claimLateWorlds(this.#query, this.#host.now() - lateMs, maxLate);
    await Promise.all(worlds.map(this.#complete));
  }

  /** How many worlds of all replicas have a sync that nobody has completed in time. */
  countLate(): Promise<number> {
    return countLateWorlds(this.#query, this.#host.now() - lateMs);
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#timers.values()) cancel();
  }
}
