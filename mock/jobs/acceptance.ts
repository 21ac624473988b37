import type { Quirks } from '../../generated/quirks.ts';
import type { MemberRow } from '../domain/people.ts';
import { Problem } from '../domain/problems.ts';
import type { Store } from '../store/store.ts';
import type { SyncInFlight } from '../store/syncs.ts';
import type { SyncQueue } from './queue.ts';

/**
 * Stores a sync with its valid roster and queues it. Throws a Problem if another sync of the group is in flight and the
 * quirk `overlap` is `reject` (§8.27).
 */
export function acceptSync(
  { store, queue, quirks }: { readonly store: Store; readonly queue: SyncQueue; readonly quirks: Quirks },
  sync: SyncInFlight,
  rows: readonly MemberRow[],
): void {
  const other = store.syncs.accept(sync, rows, { alone: quirks.overlap === 'reject' });
  if (other !== undefined)
    throw new Problem(
      'conflict',
      'sync_in_flight',
      `The sync request ${other} of this group is in flight; expected it to be completed first. ` +
        'Retrieve it until completed_at is set, then submit again.',
    );
  queue.add(sync);
}
