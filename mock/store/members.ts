import type { MemberState } from '../domain/lifecycle.ts';
import type { Account, MatchKeys } from '../domain/people.ts';
import type { ActiveSubscription, Addition, KnownPerson } from '../domain/roster.ts';

export interface MemberListPage {
  readonly limit: number;
  readonly offset: number;
}

/** People, and their subscriptions in groups. */
export interface MemberStore {
  /** The active subscriptions of the group, by reference. */
  roster(groupKey: number): ActiveSubscription[];
  /** The earliest person with the e-mail key or, if that is null, with the name key. */
  match(keys: MatchKeys): KnownPerson | undefined;
  /** Makes a person an active member of a group. Throws if they are already active, or the group uses the reference. */
  subscribe(groupKey: number, addition: Addition, state: MemberState, at: string): void;
  /** Ends the active subscription of a person, in any group; returns false if they have none. */
  unsubscribe(person: number, state: MemberState, at: string): boolean;

  /** A page of the organization's member list: the people who are active in one of its groups. */
  list(organizationId: string, page: MemberListPage): Account[];
  /** How many people are on the member list. */
  count(organizationId: string): number;
  /** All people on the member list whom a text finds. */
  search(organizationId: string, text: string): Account[];
  /** A person on the member list by account id; undefined if they are active in no group of the organization. */
  person(organizationId: string, id: string): Account | undefined;
}
