import type { Host } from '../jobs/clock.ts';
import type { Query } from './database.ts';

/** How often a replica looks for idle worlds, in milliseconds. */
const lookMs = 60_000;

/** How many are removed with one statement, so that it does not take long. */
const maxTogether = 100;

/** Removes worlds that nobody has used for a time. A world with a sync in flight is not idle, even if its time stands still. */
export async function removeIdleWorlds(query: Query, ttlMs: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await query(
      `DELETE FROM worlds WHERE id IN (
         SELECT id FROM worlds WHERE used_at < now() - $1::float8 * interval '1 millisecond' AND NOT has_syncs
         ORDER BY used_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      [ttlMs, maxTogether],
    );
    removed += rows.length;
    if (rows.length < maxTogether) return removed;
  }
}

/** Removes idle worlds now and then, until the returned function is called. */
export function keepRemovingIdleWorlds(query: Query, ttlMs: number, host: Host): () => void {
  let cancel = () => {};
  const look = () => {
    // If the database is away, there is another time.
    removeIdleWorlds(query, ttlMs).catch(() => {});
    cancel = host.after(Math.min(lookMs, ttlMs), look);
  };
  look();
  return () => cancel();
}
