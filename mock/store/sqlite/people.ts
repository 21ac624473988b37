import type { PersonalDetails } from '../../domain/people.ts';
import type { ActiveSubscription, KnownPerson } from '../../domain/roster.ts';

type Row = Readonly<Record<string, unknown>>;

/** The columns to select and the tables to join for a person with their active subscription, if any. */
export const personColumns = `
  people.key AS person, details, subscriptions.key AS subscription, organization_id, groups.id AS group_id,
  subscriptions.reference_id, subscriptions.member_id, plan_id`;
export const theirSubscription = `
  LEFT JOIN subscriptions ON subscriptions.person_key = people.key AND ended_at IS NULL
  LEFT JOIN groups ON groups.key = subscriptions.group_key`;

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
  knownPerson(row.person as number, row.details as string, row.subscription === null ? null : activeSubscription(row));

export const activeSubscription = (row: Row): ActiveSubscription => ({
  key: row.subscription as number,
  organizationId: row.organization_id as string,
  groupId: row.group_id as string,
  referenceId: row.reference_id as string,
  memberId: row.member_id as string,
  person: row.person as number,
  planId: row.plan_id as string,
});
