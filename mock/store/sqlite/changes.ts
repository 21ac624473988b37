import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { MemberState } from '../../domain/lifecycle.ts';
import type { RosterChange } from '../../domain/roster.ts';
import { bulkInsert } from './bulk-insert.ts';

/** Stores changes of people, members and subscriptions within the open transaction. */
export function changeStore(database: DatabaseSync) {
  const lastPerson = database.prepare('SELECT coalesce(max(key), 0) AS key FROM people');
  const insertPeople = bulkInsert(database, 'people', ['key', 'id', 'details', 'by_email', 'by_name']);
  const updatePerson = database.prepare('UPDATE people SET details = ?, by_email = ?, by_name = ? WHERE key = ?');
  const setMembers = bulkInsert(
    database,
    'members',
    ['group_key', 'reference_id', 'state', 'member_id', 'person_key'],
    `ON CONFLICT DO UPDATE SET
       state = excluded.state,
       member_id = coalesce(excluded.member_id, member_id),
       person_key = coalesce(excluded.person_key, person_key)`,
  );
  const subscribe = bulkInsert(database, 'subscriptions', [
    'group_key',
    'reference_id',
    'member_id',
    'person_key',
    'plan_id',
    'started_at',
  ]);
  const end = database.prepare('UPDATE subscriptions SET ended_at = ? WHERE key = ?');
  const setState = database.prepare(
    `UPDATE members SET state = ? WHERE (group_key, reference_id) =
       (SELECT group_key, reference_id FROM subscriptions WHERE key = ?)`,
  );

  const unsubscribe = (subscription: number, state: MemberState, at: string): void => {
    end.run(at, subscription);
    setState.run(state, subscription);
  };

  /** Subscriptions end before others start, so that nobody is active twice. */
  const apply = (groupKey: number, changes: readonly RosterChange[], at: string): void => {
    const people: SQLInputValue[] = [];
    const members: SQLInputValue[] = [];
    const subscriptions: SQLInputValue[] = [];
    let last: number | undefined;
    for (const change of changes)
      switch (change.kind) {
        case 'unsubscribe':
          unsubscribe(change.subscription.key, change.state, at);
          break;
        case 'fail':
          members.push(groupKey, change.referenceId, change.state, null, null);
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
            people.push(++last, key.newId, text, keys.byEmail, keys.byName);
            key = last;
          }
          members.push(groupKey, referenceId, change.state, memberId, key);
          subscriptions.push(groupKey, referenceId, memberId, key, planId, at);
        }
      }
    insertPeople(people);
    setMembers(members);
    subscribe(subscriptions);
  };

  return { apply, unsubscribe };
}
