import type { components } from '../../generated/api.ts';
import type { MemberRow } from '../domain/people.ts';
import type { LoadedSync, Reconciled } from '../domain/roster.ts';

export type Sync = components['schemas']['GroupMemberSyncRequest'];

/** An accepted sync that is not completed. */
export interface SyncInFlight {
  readonly id: string;
  readonly groupKey: number;
  readonly acceptedAt: string;
  /** Waiting for its time (`queued`, the default), held (`stalled`), or waiting only for earlier syncs of its group (`ready`). */
  readonly progress?: SyncProgress;
  /** Whether a row selected a longer duration. */
  readonly slow?: boolean;
  /** How often it was retrieved, if syncs complete after a number of retrievals; 0 by default. */
  readonly polls?: number;
}

export type SyncProgress = 'queued' | 'ready' | 'stalled';

/** Sync requests. They are accepted with their roster and completed with their results. */
export interface SyncStore {
  /**
   * Stores a sync with its roster. With `alone`, if another sync of the group is in flight, stores nothing and returns
   * the id of that sync (§8.27).
   */
  accept(sync: SyncInFlight, rows: readonly MemberRow[], options?: { readonly alone?: boolean }): string | undefined;
  setProgress(id: string, progress: SyncProgress): void;
  /** Stores how often a sync in flight was retrieved. */
  setPolls(id: string, polls: number): void;
  find(groupKey: number, id: string): Sync | undefined;
  /** Every sync that is not completed, in the order in which they were accepted. */
  inFlight(): SyncInFlight[];
  /** Loads everything that the reconciliation of a sync needs. Throws if the sync is not in flight. */
  load(id: string): LoadedSync;
  /** Loads the same for a roster that is not submitted. Returns undefined if there is no group with this id. */
  loadRoster(groupId: string, rows: readonly MemberRow[]): LoadedSync | undefined;
  /** Stores the changes, the results and the completion of a sync. Throws if the sync is not in flight. */
  complete(id: string, reconciled: Reconciled, at: string): void;
}
