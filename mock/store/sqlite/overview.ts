import type { DatabaseSync } from 'node:sqlite';
import type { components } from '../../../generated/control-api.ts';
import { outsideSlug } from '../organizations.ts';
import type { OverviewStore } from '../overview.ts';
import type { SyncProgress } from '../syncs.ts';

type Schemas = components['schemas'];
type Subscription = Schemas['Subscription'];

const groups = `
  SELECT groups.key, groups.id, slug AS organization, name, external_reference_id,
    (SELECT COUNT(*) FROM members WHERE group_key = groups.key AND state = 'active') AS active_members
  FROM groups JOIN organizations ON organizations.id = organization_id`;

const syncs = `
  SELECT syncs.id AS request_id, groups.id AS group_id, slug AS organization, accepted_at, progress, completed_at, results
  FROM syncs JOIN groups ON groups.key = group_key JOIN organizations ON organizations.id = organization_id`;

/** Those that have ended, in the order in which they did, and then the active ones. */
const subscriptions = `
  SELECT person_key, group_key, groups.id AS group_id, slug AS organization, reference_id, member_id, plan_id,
    started_at, ended_at
  FROM (
    SELECT key, group_key, reference_id, member_id, person_key, plan_id, started_at, ended_at FROM ended_subscriptions
    UNION ALL
    SELECT NULL, group_key, reference_id, member_id, person_key, plan_id, subscribed_at, NULL FROM members
    WHERE state = 'active'
  ) AS subscriptions
  JOIN groups ON groups.key = group_key JOIN organizations ON organizations.id = organization_id`;

/** These statements run rarely, so each is prepared when it is needed. */
export function overviewStore(database: DatabaseSync): OverviewStore {
  const all = (sql: string, ...values: (string | number)[]) => database.prepare(sql).all(...values);

  const sync = (row: Record<string, unknown>): Schemas['Sync'] => ({
    ...(row as unknown as Schemas['Sync']),
    progress: row.completed_at === null ? (row.progress as SyncProgress) : 'completed',
    results: row.results === null ? null : JSON.parse(row.results as string),
  });

  const person = (row: Record<string, unknown>, of: ReadonlyMap<unknown, Subscription[]>): Schemas['Person'] => ({
    person: row.key as number,
    details: JSON.parse(row.details as string),
    subscriptions: of.get(row.key) ?? [],
  });

  /** Subscriptions grouped by `column`, which has only one at a time. */
  const history = (column: string, condition: string, ...values: (string | number)[]) => {
    const rows = all(`${subscriptions} WHERE ${condition} ORDER BY subscriptions.key NULLS LAST`, ...values);
    const grouped = Map.groupBy(rows, (row) => row[column]);
    return new Map(
      [...grouped].map(([key, list]) => [
        key,
        list.map(({ person_key, group_key, ...rest }) => rest as unknown as Subscription),
      ]),
    );
  };

  return {
    organizations: () =>
      all(
        `SELECT id, slug, (SELECT COUNT(*) FROM groups WHERE organization_id = organizations.id) AS groups
         FROM organizations WHERE slug <> ? ORDER BY key`,
        outsideSlug,
      ) as unknown as { readonly id: string; readonly slug: string; readonly groups: number }[],

    groups: (limit, offset) =>
      all(`${groups} WHERE slug <> ? ORDER BY groups.key DESC LIMIT ? OFFSET ?`, outsideSlug, limit, offset).map(
        ({ key, ...group }) => group as unknown as Schemas['GroupSummary'],
      ),

    roster(groupId) {
      const [found] = all(`${groups} WHERE groups.id = ?`, groupId);
      if (found === undefined) return undefined;
      const { key, ...group } = found;
      const subscribed = history('reference_id', 'group_key = ?', key as number);
      const members = all(
        'SELECT reference_id, state, member_id, person_key AS person FROM members WHERE group_key = ? ORDER BY reference_id',
        key as number,
      ).map((row) => ({ ...row, subscriptions: subscribed.get(row.reference_id as string) ?? [] }));
      return {
        group: group as unknown as Schemas['GroupSummary'],
        members: members as unknown as Schemas['Member'][],
      };
    },

    awaited: (groupId) =>
      all(
        `SELECT DISTINCT json_extract(value, '$[0]') AS reference_id
         FROM syncs JOIN groups ON groups.key = group_key, json_each(roster)
         WHERE groups.id = ? AND completed_at IS NULL`,
        groupId,
      ).map((row) => row.reference_id as string),

    people(limit, offset) {
      const rows = all('SELECT key, details FROM people ORDER BY key LIMIT ? OFFSET ?', limit, offset);
      const ofPage = 'person_key IN (SELECT key FROM people ORDER BY key LIMIT ? OFFSET ?)';
      const subscribed = history('person_key', ofPage, limit, offset);
      return rows.map((row) => person(row, subscribed));
    },

    person(key) {
      const [row] = all('SELECT key, details FROM people WHERE key = ?', key);
      return row && person(row, history('person_key', 'person_key = ?', key));
    },

    syncs: (limit, offset) => all(`${syncs} ORDER BY syncs.key DESC LIMIT ? OFFSET ?`, limit, offset).map(sync),

    sync: (id) => all(`${syncs} WHERE syncs.id = ?`, id).map(sync)[0],

    syncsInFlight(groupId) {
      const ofGroup = groupId === undefined ? '' : 'AND group_key = (SELECT key FROM groups WHERE id = ?)';
      const [counted] = all(
        `SELECT COUNT(*) AS total FROM syncs WHERE completed_at IS NULL ${ofGroup}`,
        ...(groupId === undefined ? [] : [groupId]),
      );
      return counted?.total as number;
    },
  };
}
