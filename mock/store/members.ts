import type { MemberState } from '../domain/lifecycle.ts';
import type { Account, MatchKeys } from '../domain/people.ts';
import type { ActiveSubscription, Addition, KnownPerson } from '../domain/roster.ts';

export interface BookPage {
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** People, and their subscriptions in groups. */
export interface MemberStore {
  /** Who is subscribed in the group now, in the order in which they were added. */
  roster(groupKey: number): ActiveSubscription[];
  /** The earliest person known by the e-mail key, or, if that is null, by the name key. */
  match(keys: MatchKeys): KnownPerson | undefined;
  /** Makes a person an active member of a group. Throws if they are active somewhere, or the reference is in use there. */
  subscribe(groupKey: number, addition: Addition, state: MemberState, at: string): void;
  /** Ends the active subscription of a person, wherever it is; false if they have none. */
  unsubscribe(person: number, state: MemberState, at: string): boolean;

  /** A page of the organization's book: the people active in one of its groups, perhaps only those a search finds. */
  book(organizationId: string, page: BookPage): Account[];
  /** How many people are in the book, or how many of them a search finds. */
  bookCount(organizationId: string, search?: string): number;
  /** A person of the book by their account id; undefined once they were removed from the organization's last group. */
  person(organizationId: string, id: string): Account | undefined;
}
