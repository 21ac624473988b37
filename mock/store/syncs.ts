import type { components } from '../../generated/api.ts';
import type { MemberRow } from '../domain/people.ts';
import type { SyncResults } from '../domain/roster.ts';
import type { Database } from './database.ts';

export type Sync = components['schemas']['GroupMemberSyncRequest'];

/** An accepted sync that is not completed, and where it is queued. */
export interface SyncInFlight {
  readonly id: string;
  readonly groupKey: number;
  readonly acceptedAt: string;
  /** Whether it waits its time (the default), is held for good, or only waits for those before it in its group. */
  readonly progress?: SyncProgress;
  /** Whether it takes longer than others. */
  readonly slow?: boolean;
}

export type SyncProgress = 'queued' | 'ready' | 'stalled';

/** How many completed syncs are remembered at once, those that clients poll, and how long the results of one may be. */
const mostRemembered = 100;
const mostCharacters = 16_384;

/**
 * Sync requests: accepted with their roster, later completed with their results. Those that were read when they were
 * completed, and never change, are remembered until `forget`: after a transaction that was rolled back, and where the
 * tables change otherwise.
 */
export function syncStore(database: Database) {
  const insert = database.prepare(
    'INSERT INTO syncs (id, group_key, accepted_at, progress, slow, roster) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const setProgress = database.prepare('UPDATE syncs SET progress = ? WHERE id = ? AND completed_at IS NULL');
  const find = database.prepare(
    `SELECT syncs.id, groups.id AS group_id, accepted_at, completed_at, results
     FROM syncs JOIN groups ON groups.key = group_key WHERE syncs.id = ? AND group_key = ?`,
  );
  const roster = database.prepare('SELECT roster FROM syncs WHERE id = ?');
  // The roster is personal data that nothing needs any more.
  const complete = database.prepare(
    'UPDATE syncs SET completed_at = ?, results = ?, roster = NULL WHERE id = ? AND completed_at IS NULL',
  );
  const inFlight = database.prepare(
    'SELECT id, group_key, accepted_at, progress, slow FROM syncs WHERE completed_at IS NULL ORDER BY key',
  );

  const inFlightOf = database.prepare(
    'SELECT id FROM syncs WHERE completed_at IS NULL AND group_key = ? ORDER BY key LIMIT 1',
  );

  const completed = new Map<string, { readonly groupKey: number; readonly sync: Sync }>();

  return {
    /**
     * Stores a sync with its roster. With `alone`, only if no other of the group is in flight; otherwise returns the id
     * of that one and stores nothing.
     */
    accept(sync: SyncInFlight, rows: readonly MemberRow[], { alone = false } = {}): string | undefined {
      const { id, groupKey, acceptedAt, progress = 'queued', slow = false } = sync;
      const other = alone ? inFlightOf.get(groupKey) : undefined;
      if (other !== undefined) return other.id as string;
      insert.run(id, groupKey, acceptedAt, progress, Number(slow), JSON.stringify(rows));
      return undefined;
    },
    setProgress(id: string, progress: SyncProgress): void {
      setProgress.run(progress, id);
    },
    find(groupKey: number, id: string): Sync | undefined {
      const known = completed.get(id);
      if (known !== undefined) return known.groupKey === groupKey ? known.sync : undefined;
      const row = find.get(id, groupKey);
      if (row === undefined) return undefined;
      const sync: Sync = {
        request_id: row.id as string,
        group_id: row.group_id as string,
        accepted_at: row.accepted_at as string,
        completed_at: row.completed_at as string | null,
        results: row.results === null ? null : (JSON.parse(row.results as string) as SyncResults),
      };
      if (sync.completed_at === null || (row.results as string).length > mostCharacters) return sync;
      if (completed.size >= mostRemembered) completed.clear();
      completed.set(id, { groupKey, sync: Object.freeze(sync) });
      return sync;
    },
    /** The roster of a sync in flight. */
    roster: (id: string) => JSON.parse(roster.get(id)?.roster as string) as MemberRow[],
    /** Throws where the sync is not in flight: it completes exactly once. */
    complete(id: string, completedAt: string, results: SyncResults): void {
      const { changes } = complete.run(completedAt, JSON.stringify(results), id);
      if (changes !== 1) throw new Error(`the sync ${id} is not in flight, so it cannot be completed`);
    },
    /** Every sync that is not completed, in the order accepted. */
    inFlight: (): SyncInFlight[] =>
      inFlight.all().map((row) => ({
        id: row.id as string,
        groupKey: row.group_key as number,
        acceptedAt: row.accepted_at as string,
        progress: row.progress as SyncProgress,
        slow: row.slow === 1,
      })),
    forget: () => completed.clear(),
  };
}
