import type { Quirks } from '../../generated/quirks.ts';
import { issueId, type RandomBytes } from '../domain/identifiers.ts';
import type { MemberRow } from '../domain/people.ts';
import { sourceOf } from '../domain/random.ts';
import { reconciling, type SyncResults } from '../domain/roster.ts';
import { atOnce, each, pauseAfter, type Sliced } from '../domain/slices.ts';
import type { Store } from '../store/store.ts';
import type { SyncInFlight } from '../store/syncs.ts';
import type { WorldClock } from './clock.ts';
import type { Rejections } from './rejections.ts';

/** What the completion of a sync needs of its world. */
export interface Workplace {
  readonly store: Store;
  readonly clock: Pick<WorldClock, 'timestamp'>;
  readonly random: RandomBytes;
  readonly quirks: Quirks;
  /** Rows that are to fail because the control plane was told so. */
  readonly rejections?: Rejections;
}

/** What a completed sync did. */
export interface Outcome {
  readonly groupId: string;
  readonly rows: number;
  readonly results: SyncResults;
  /** How many members were there before and still are; and of them, how many whose row names another plan. */
  readonly kept: number;
  readonly planChanges: number;
  /** How many of those kept have other personal fields since. */
  readonly updated: number;
  /** The rows that could not be added. */
  readonly refused: readonly MemberRow[];
}

/** Completes a sync: membership, results and `completed_at` change in one transaction (SYNC-3). */
export const completeSync = (workplace: Workplace, sync: SyncInFlight): Outcome =>
  workplace.store.transaction(() => atOnce(completing(workplace, sync)));

/** As `completeSync`, in slices; whoever goes through them holds the transaction. */
export function* completing(workplace: Workplace, { id, groupKey }: SyncInFlight): Sliced<Outcome> {
  const { store, clock, random, quirks, rejections } = workplace;
  const { id: groupId, organization_id: organizationId } = store.groups.byKey(groupKey);
  const startedAt = clock.timestamp();
  const roster = yield* store.members.readRoster(groupKey);
  yield* pauseAfter(roster);
  const rows = store.syncs.roster(id);
  // At once, so that what is issued does not depend on what else is asked for between two slices.
  const source = sourceOf(random(2 * 16 * rows.length));
  yield* pauseAfter(rows);
  const { changes, results } = yield* reconciling({
    organizationId,
    groupId,
    roster,
    rows,
    plans: new Set(store.organizations.plans(organizationId).map((plan) => plan.id)),
    directory: store.members.directory(groupKey),
    quirks,
    issueMemberId: () => issueId('grpmbr', source),
    issueAccountId: () => issueId('mbr', source),
    rejection: (referenceId, operation) => rejections?.take(groupId, referenceId, operation),
  });
  yield* each(changes, (change) => store.members.apply(groupKey, change, startedAt));
  yield* pauseAfter(changes);
  const before = new Map(roster.map(({ referenceId, planId }) => [referenceId, planId]));
  yield* pauseAfter(roster);
  const kept = rows.filter((row) => before.has(row.reference_id));
  const planChanges = kept.filter((row) => before.get(row.reference_id) !== row.plan_id).length;
  const failing = new Set(results.failures.map(({ reference_id }) => reference_id));
  yield* pauseAfter(rows);
  // In the last slice, since whoever asks what became of a sync does not wait for it.
  store.syncs.complete(id, clock.timestamp(), results);
  return {
    groupId,
    rows: rows.length,
    results,
    kept: kept.length,
    planChanges,
    updated: changes.filter(({ kind }) => kind === 'update').length,
    refused: rows.filter((row) => failing.has(row.reference_id)),
  };
}
