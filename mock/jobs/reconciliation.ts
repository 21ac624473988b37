import type { Quirks } from '../../generated/quirks.ts';
import { issueId, type RandomBytes } from '../domain/identifiers.ts';
import { reconcile } from '../domain/roster.ts';
import type { Store } from '../store/store.ts';
import type { SyncInFlight } from '../store/syncs.ts';
import type { WorldClock } from './clock.ts';

/** What the completion of a sync needs of its world. */
export interface Workplace {
  readonly store: Store;
  readonly clock: WorldClock;
  readonly random: RandomBytes;
  readonly quirks: Quirks;
}

/** Completes a sync: membership, results and `completed_at` change in one transaction (SYNC-3). */
export function completeSync({ store, clock, random, quirks }: Workplace, { id, groupKey }: SyncInFlight): void {
  store.transaction(() => {
    const { id: groupId, organization_id: organizationId } = store.groups.byKey(groupKey);
    const completedAt = clock.timestamp();
    const { changes, results } = reconcile({
      organizationId,
      groupId,
      roster: store.members.roster(groupKey),
      rows: store.syncs.roster(id),
      plans: new Set(store.organizations.plans(organizationId).map((plan) => plan.id)),
      directory: store.members.directory(groupKey),
      quirks,
      issueMemberId: () => issueId('grpm', random),
    });
    for (const change of changes) store.members.apply(groupKey, change, completedAt);
    store.syncs.complete(id, completedAt, results);
  });
}
