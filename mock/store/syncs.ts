import type { components } from '../../generated/api.ts';
import type { MemberRow } from '../domain/people.ts';
import type { LoadedSync, Reconciled } from '../domain/roster.ts';

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

/** Sync requests: accepted with their roster, later completed with their results. */
export interface SyncStore {
  /**
   * Stores a sync with its roster. With `alone`, only if no other of the group is in flight; otherwise returns the id
   * of that one and stores nothing (§8.27).
   */
  accept(sync: SyncInFlight, rows: readonly MemberRow[], options?: { readonly alone?: boolean }): string | undefined;
  setProgress(id: string, progress: SyncProgress): void;
  find(groupKey: number, id: string): Sync | undefined;
  /** Every sync that is not completed, in the order accepted. */
  inFlight(): SyncInFlight[];
  /** Everything that it takes to reconcile a sync in flight. */
  load(id: string): LoadedSync;
  /** Stores the changes of a sync, its results and its completion. Throws if it is not in flight: it completes once. */
  complete(id: string, reconciled: Reconciled, at: string): void;
}
