import type { components } from '../../generated/api.ts';
import type { MemberState } from './lifecycle.ts';
import type { MatchKeys, MemberRow, PersonalDetails } from './people.ts';

export type SyncResults = components['schemas']['GroupMemberSyncResults'];
export type SyncFailure = components['schemas']['GroupMemberSyncFailure'];

/** A subscription that has not ended; a person has at most one. */
export interface ActiveSubscription {
  readonly organizationId: string;
  readonly groupId: string;
  readonly referenceId: string;
  readonly memberId: string;
  readonly person: number;
  readonly planId?: string;
}

/** A person whom the world already knows, in any organization. */
export interface KnownPerson {
  readonly key: number;
  readonly details: PersonalDetails;
  readonly active: ActiveSubscription | null;
}

/** A `reference_id` that the group already knows: its state, and its account if it ever had one. */
export interface KnownMember {
  readonly state: MemberState;
  readonly account: { readonly id: string; readonly person: number } | null;
}

/** Everything that the reconciliation of one sync needs, loaded at once. */
export interface LoadedSync {
  readonly organizationId: string;
  readonly groupId: string;
  /** The plan of every reference in the new roster; each reference occurs once. */
  readonly listed: ReadonlyMap<string, string>;
  /** The rows about new members, and those about present members that may have changed. */
  readonly rows: readonly MemberRow[];
  /** Who is subscribed in the group now. */
  readonly roster: readonly ActiveSubscription[];
  /** What the group knows of the listed references that are not on its roster. */
  readonly members: ReadonlyMap<string, KnownMember>;
  /** Everyone on the roster who has a row, everyone who had a listed reference before, and everyone whom a row about a new member matches. */
  readonly people: ReadonlyMap<number, KnownPerson>;
  /** By reference of a row about a new member, those known by its details, the earliest first. */
  readonly matches: ReadonlyMap<string, readonly number[]>;
  /** The ids of the organization's plans; empty if no row is about a new member. */
  readonly plans: ReadonlySet<string>;
}

/** A change that a sync makes. Changes are stored in their order. */
export type RosterChange =
  | { readonly kind: 'unsubscribe'; readonly subscription: ActiveSubscription; readonly state: MemberState }
  | { readonly kind: 'subscribe'; readonly addition: Addition; readonly state: MemberState }
  | { readonly kind: 'fail'; readonly referenceId: string; readonly state: MemberState }
  | { readonly kind: 'update'; readonly person: number; readonly details: PersonalDetails; readonly keys: MatchKeys };

type ChangeOf<Kind extends RosterChange['kind']> = Extract<RosterChange, { readonly kind: Kind }>;

/** The changes of one kind, in their order. */
export const ofKind = <Kind extends RosterChange['kind']>(
  changes: readonly RosterChange[],
  kind: Kind,
): ChangeOf<Kind>[] => changes.filter((change): change is ChangeOf<Kind> => change.kind === kind);

/** A new subscription, of a known person or of a new one with a new account id. */
export interface Addition {
  readonly referenceId: string;
  readonly memberId: string;
  readonly planId: string;
  readonly person: number | { readonly newId: string };
  readonly details: PersonalDetails;
  /** The keys that identify the person from now on. */
  readonly keys: MatchKeys;
}

/** The changes that turn one roster into another, and the results to report. */
export interface Reconciled {
  readonly changes: readonly RosterChange[];
  readonly results: SyncResults;
}
