import type { DatabaseSync } from 'node:sqlite';
import type { MemberState } from '../../domain/lifecycle.ts';
import type { MatchKeys, PersonalDetails } from '../../domain/people.ts';
import type { Addition, RosterChange } from '../../domain/roster.ts';

/** Stores changes of people, members and subscriptions within the open transaction. */
export function changeStore(database: DatabaseSync) {
  const insertPerson = database.prepare('INSERT INTO people (id, details, by_email, by_name) VALUES (?, ?, ?, ?)');
  const updatePerson = database.prepare('UPDATE people SET details = ?, by_email = ?, by_name = ? WHERE key = ?');
  const setMember = database.prepare(
    `INSERT INTO members (group_key, reference_id, state, member_id, person_key) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       state = excluded.state,
       member_id = coalesce(excluded.member_id, member_id),
       person_key = coalesce(excluded.person_key, person_key)`,
  );
  const subscribe = database.prepare(
    `INSERT INTO subscriptions (group_key, reference_id, member_id, person_key, plan_id, started_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const end = database.prepare('UPDATE subscriptions SET ended_at = ? WHERE key = ?');
  const setState = database.prepare(
    `UPDATE members SET state = ? WHERE (group_key, reference_id) =
       (SELECT group_key, reference_id FROM subscriptions WHERE key = ?)`,
  );

  const savePerson = (person: Addition['person'], details: PersonalDetails, { byEmail, byName }: MatchKeys): number => {
    const text = JSON.stringify(details);
    if (typeof person !== 'number')
      return Number(insertPerson.run(person.newId, text, byEmail, byName).lastInsertRowid);
    updatePerson.run(text, byEmail, byName, person);
    return person;
  };

  const unsubscribe = (subscription: number, state: MemberState, at: string): void => {
    end.run(at, subscription);
    setState.run(state, subscription);
  };

  const apply = (groupKey: number, change: RosterChange, at: string): void => {
    switch (change.kind) {
      case 'unsubscribe':
        unsubscribe(change.subscription.key, change.state, at);
        break;
      case 'fail':
        setMember.run(groupKey, change.referenceId, change.state, null, null);
        break;
      case 'update':
        savePerson(change.person, change.details, change.keys);
        break;
      case 'subscribe': {
        const { referenceId, memberId, planId, person, details, keys } = change.addition;
        const key = savePerson(person, details, keys);
        setMember.run(groupKey, referenceId, change.state, memberId, key);
        subscribe.run(groupKey, referenceId, memberId, key, planId, at);
      }
    }
  };

  return { apply, unsubscribe };
}
