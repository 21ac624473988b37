import type { ClockStore } from './clock.ts';
import type { GroupStore } from './groups.ts';
import type { MemberStore } from './members.ts';
import type { OrganizationStore } from './organizations.ts';
import type { OverviewStore } from './overview.ts';
import type { SnapshotStore } from './snapshots.ts';
import type { SyncStore } from './syncs.ts';
import type { TokenStore } from './tokens.ts';

/** The storage of one world. Every operation is atomic: it is stored as a whole, or, if it throws, not at all. */
export interface Store {
  readonly organizations: OrganizationStore;
  readonly groups: GroupStore;
  readonly members: MemberStore;
  readonly syncs: SyncStore;
  readonly tokens: TokenStore;
  readonly clock: ClockStore;
  readonly overview: OverviewStore;
  readonly snapshot: SnapshotStore;
  /** Makes several operations one: all of them are stored, or, if the work throws, none. */
  transaction<T>(work: () => T): T;
  close(): void;
}
