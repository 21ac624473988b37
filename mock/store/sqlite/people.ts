import type { PersonalDetails } from '../../domain/people.ts';
import type { ActiveSubscription, KnownPerson } from '../../domain/roster.ts';

type Row = Readonly<Record<string, unknown>>;

/** The columns to select and the tables to join for a person with their active subscription, if any. */
export const personColumns = `
  people.key AS person, details, organization_id, groups.id AS group_id, held.reference_id, held.member_id, held.plan_id`;
export const theirSubscription = `
  LEFT JOIN members AS held ON held.person_key = people.key AND held.state = 'active'
  LEFT JOIN groups ON groups.key = held.group_key`;

/** The details are parsed on first use, because a sync needs those of few people. */
export function knownPerson(key: number, text: string, active: ActiveSubscription | null): KnownPerson {
  let details: PersonalDetails | undefined;
  return {
    key,
    get details() {
      details ??= JSON.parse(text) as PersonalDetails;
      return details;
    },
    active,
  };
}

export const readPerson = (row: Row): KnownPerson =>
  knownPerson(row.person as number, row.details as string, row.member_id === null ? null : activeSubscription(row));

export const activeSubscription = (row: Row): ActiveSubscription => ({
  organizationId: row.organization_id as string,
  groupId: row.group_id as string,
  referenceId: row.reference_id as string,
  memberId: row.member_id as string,
  person: row.person as number,
  planId: row.plan_id as string,
});
