import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { MemberState } from '../../domain/lifecycle.ts';
import { ofKind, type RosterChange } from '../../domain/roster.ts';
import { bulkInsert } from './bulk-insert.ts';

/** Stores changes of people, members and subscriptions within the open transaction. */
export function changeStore(database: DatabaseSync) {
  const lastPerson = database.prepare('SELECT coalesce(max(key), 0) AS key FROM people');
  const insertPeople = bulkInsert(database, 'people', ['key', 'id', 'details', 'by_email', 'by_name']);
  const updatePerson = database.prepare('UPDATE people SET details = ?, by_email = ?, by_name = ? WHERE key = ?');
  const setMembers = bulkInsert(
    database,
    'members',
    ['group_key', 'reference_id', 'state', 'member_id', 'person_key', 'plan_id', 'subscribed_at'],
    `ON CONFLICT DO UPDATE SET
       state = excluded.state,
       member_id = coalesce(excluded.member_id, member_id),
       person_key = coalesce(excluded.person_key, person_key),
       plan_id = coalesce(excluded.plan_id, plan_id),
       subscribed_at = coalesce(excluded.subscribed_at, subscribed_at)
     WHERE members.state <> 'active'`,
  );
  const theirs = "state = 'active' AND person_key IN (SELECT value FROM json_each(?))";
  const keepEnded = database.prepare(
    `INSERT INTO ended_subscriptions (group_key, reference_id, member_id, person_key, plan_id, started_at, ended_at)
     SELECT group_key, reference_id, member_id, person_key, plan_id, subscribed_at, ? FROM members WHERE ${theirs}`,
  );
  const setState = database.prepare(`UPDATE members SET state = ? WHERE ${theirs}`);

  /** Ends the active subscriptions of people. Returns whether there were any. */
  const unsubscribe = (people: readonly number[], state: MemberState, at: string): boolean => {
    const keys = JSON.stringify(people);
    keepEnded.run(at, keys);
    return setState.run(state, keys).changes !== 0;
  };

  /** Subscriptions end before others start, so that nobody is active twice. */
  const apply = (groupKey: number, changes: readonly RosterChange[], at: string): void => {
    for (const [state, ended] of Map.groupBy(ofKind(changes, 'unsubscribe'), (change) => change.state))
      unsubscribe(
        ended.map(({ subscription }) => subscription.person),
        state,
        at,
      );
    const people: SQLInputValue[][] = [];
    const members: SQLInputValue[][] = [];
    let last: number | undefined;
    for (const change of changes)
      switch (change.kind) {
        case 'fail':
          members.push([groupKey, change.referenceId, change.state, null, null, null, null]);
          break;
        case 'update':
          updatePerson.run(JSON.stringify(change.details), change.keys.byEmail, change.keys.byName, change.person);
          break;
        case 'subscribe': {
          const { referenceId, memberId, planId, person, details, keys } = change.addition;
          const text = JSON.stringify(details);
          let key = person;
          if (typeof key === 'number') updatePerson.run(text, keys.byEmail, keys.byName, key);
          else {
            last ??= lastPerson.get()?.key as number;
            people.push([++last, key.newId, text, keys.byEmail, keys.byName]);
            key = last;
          }
          members.push([groupKey, referenceId, change.state, memberId, key, planId, at]);
        }
      }
    insertPeople(people);
    if (setMembers(members) < members.length) throw new Error('a reference would be subscribed twice');
  };

  return { apply, unsubscribe };
}
