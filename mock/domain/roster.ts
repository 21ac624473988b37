import type { components } from '../../generated/api.ts';
import type { MemberState } from './lifecycle.ts';
import type { MatchKeys, MemberRow, PersonalDetails } from './people.ts';
import { Problem } from './problems.ts';

export type SyncResults = components['schemas']['GroupMemberSyncResults'];
export type Failure = components['schemas']['GroupMemberSyncFailure'];

/** A subscription that has not ended: who holds it, where. */
export interface ActiveSubscription {
  readonly key: number;
  readonly organizationId: string;
  readonly groupId: string;
  readonly referenceId: string;
  readonly memberId: string;
  readonly person: number;
  readonly planId?: string;
}

/** Someone already known in the world, in whichever organization. */
export interface KnownPerson {
  readonly key: number;
  readonly details: PersonalDetails;
  readonly active: ActiveSubscription | null;
}

/** A `reference_id` that the group has seen before: its state, and its account if it ever had one. */
export interface KnownMember {
  readonly state: MemberState;
  readonly account: { readonly id: string; readonly person: number } | null;
}

/** What the reconciliation of one sync needs to know, loaded at once. */
export interface LoadedSync {
  readonly organizationId: string;
  readonly groupId: string;
  /** Every reference of the new roster, none of them twice, with its plan. */
  readonly listed: ReadonlyMap<string, string>;
  /** The rows about new members, and those about present ones that may say something new. */
  readonly rows: readonly MemberRow[];
  /** Who is subscribed in the group now. */
  readonly roster: readonly ActiveSubscription[];
  /** What the group knows of the listed references that are not on its roster. */
  readonly members: ReadonlyMap<string, KnownMember>;
  /** Everyone on the roster, everyone who was a listed member, and everyone whom a row about a new member matches. */
  readonly people: ReadonlyMap<number, KnownPerson>;
  /** By reference of a row about a new member, those known by its details, the earliest first. */
  readonly matches: ReadonlyMap<string, readonly number[]>;
  /** The plans of the organization, by id. */
  readonly plans: ReadonlySet<string>;
}

/** A change that a sync makes, in the order in which it is to be stored. */
export type Change =
  | { readonly kind: 'unsubscribe'; readonly subscription: ActiveSubscription; readonly state: MemberState }
  | { readonly kind: 'subscribe'; readonly addition: Addition; readonly state: MemberState }
  | { readonly kind: 'fail'; readonly referenceId: string; readonly state: MemberState }
  | { readonly kind: 'update'; readonly person: number; readonly details: PersonalDetails; readonly keys: MatchKeys };

/** A new subscription: of a known person, or of one who becomes known by it under a new account id. */
export interface Addition {
  readonly referenceId: string;
  readonly memberId: string;
  readonly planId: string;
  readonly person: number | { readonly newId: string };
  readonly details: PersonalDetails;
  /** By what the person is known from now on. */
  readonly keys: MatchKeys;
}

/** What it takes to turn one roster into another, and the results to report. */
export interface Reconciled {
  readonly changes: readonly Change[];
  readonly results: SyncResults;
}

/**
 * Refuses a roster in which a `reference_id` occurs twice, however far apart (SYNC-8).
 * Throws a Problem that names both rows.
 */
export function refuseDuplicates(rows: readonly MemberRow[]): void {
  const seen = new Map<string, number>();
  rows.forEach(({ reference_id: id }, index) => {
    const first = seen.get(id);
    if (first !== undefined)
      throw new Problem(
        'malformed',
        'duplicate_reference_id',
        `members[${index}].reference_id: ${JSON.stringify(id)} is already used by members[${first}]; ` +
          'a reference_id may occur once in a roster.',
        'SYNC-8',
      );
    seen.set(id, index);
  });
}
