import type { DatabaseSync } from 'node:sqlite';
import { type Account, isFoundBy } from '../../domain/people.ts';
import type { MemberStore } from '../members.ts';
import { changeStore } from './changes.ts';
import { transaction } from './database.ts';
import { activeSubscription, personColumns, readPerson, theirSubscription } from './people.ts';

/** The people with an active subscription in a group of the organization. */
const onMemberList = `
  FROM people JOIN members ON person_key = people.key AND state = 'active'
  JOIN groups ON groups.key = group_key
  WHERE organization_id = ?`;

export function memberStore(database: DatabaseSync): MemberStore {
  const roster = database.prepare(
    `SELECT organization_id, groups.id AS group_id, reference_id, member_id, person_key AS person, plan_id
     FROM members JOIN groups ON groups.key = group_key WHERE group_key = ? AND state = 'active'
     ORDER BY reference_id`,
  );
  const knownBy = (column: 'by_email' | 'by_name') =>
    database.prepare(
      `SELECT ${personColumns} FROM people ${theirSubscription} WHERE ${column} = ? ORDER BY people.key LIMIT 1`,
    );
  const [byEmailKey, byNameKey] = [knownBy('by_email'), knownBy('by_name')];
  const listPage = database.prepare(`SELECT people.id, details ${onMemberList} ORDER BY people.key LIMIT ? OFFSET ?`);
  const listSize = database.prepare(`SELECT COUNT(*) AS total ${onMemberList}`);
  const onList = database.prepare(`SELECT people.id, details ${onMemberList} AND people.id = ?`);
  const changes = changeStore(database);

  const account = (row: Record<string, unknown>): Account => ({
    id: row.id as string,
    details: JSON.parse(row.details as string),
  });
  return {
    roster: (groupKey) => roster.all(groupKey).map(activeSubscription),
    match({ byEmail, byName }) {
      const row = byEmail === null ? byNameKey.get(byName) : byEmailKey.get(byEmail);
      return row && readPerson(row);
    },
    subscribe: (groupKey, addition, state, at) =>
      transaction(database, () => changes.apply(groupKey, [{ kind: 'subscribe', addition, state }], at)),
    unsubscribe: (person, state, at) => transaction(database, () => changes.unsubscribe([person], state, at)),
    list: (organizationId, { limit, offset }) => listPage.all(organizationId, limit, offset).map(account),
    count: (organizationId) => listSize.get(organizationId)?.total as number,
    search: (organizationId, text) =>
      listPage
        .all(organizationId, -1, 0)
        .map(account)
        .filter((one) => isFoundBy(text, one)),
    person(organizationId, id) {
      const row = onList.get(organizationId, id);
      return row && account(row);
    },
  };
}
