import type { ClockStore } from './clock.ts';
import type { FaultStore } from './faults.ts';
import type { GroupStore } from './groups.ts';
import type { JournalStore } from './journal.ts';
import type { MemberStore } from './members.ts';
import type { OrganizationStore } from './organizations.ts';
import type { OverviewStore } from './overview.ts';
import type { RejectionStore } from './rejections.ts';
import type { ReplicationStore } from './replication.ts';
import type { SettingsStore } from './settings.ts';
import type { SnapshotStore } from './snapshots.ts';
import type { SyncStore } from './syncs.ts';
import type { TokenStore } from './tokens.ts';

/** The storage of one world. Every operation is atomic: if it throws, nothing of it is stored. */
export interface Store {
  readonly organizations: OrganizationStore;
  readonly groups: GroupStore;
  readonly members: MemberStore;
  readonly syncs: SyncStore;
  readonly tokens: TokenStore;
  readonly clock: ClockStore;
  readonly settings: SettingsStore;
  readonly faults: FaultStore;
  readonly rejections: RejectionStore;
  readonly journal: JournalStore;
  readonly overview: OverviewStore;
  readonly snapshot: SnapshotStore;
  readonly replication: ReplicationStore;
  /** Runs several operations as one: if the work throws, none of them is stored. */
  transaction<T>(work: () => T): T;
  /** Drops what is cached, because the content was changed by something else than this store. */
  dropCaches(): void;
  close(): void;
}
