import { type Account, isFoundBy, type MatchKeys, matchKeys, type PersonalDetails } from '../domain/people.ts';
import type { ActiveSubscription, Addition, Change, Directory, KnownMember, KnownPerson } from '../domain/roster.ts';
import { atOnce, each, type Sliced } from '../domain/slices.ts';
import type { Database } from './database.ts';

interface SubscriptionRow {
  readonly key: number;
  readonly organization_id: string;
  readonly group_id: string;
  readonly reference_id: string;
  readonly member_id: string;
  readonly person_key: number;
  readonly plan_id: string;
}

/** What the tables say of a subscription, and of its group where they were asked one by one. */
const subscription = (
  row: SubscriptionRow,
  group: Pick<SubscriptionRow, 'organization_id' | 'group_id'> = row,
): ActiveSubscription => ({
  key: row.key,
  organizationId: group.organization_id,
  groupId: group.group_id,
  referenceId: row.reference_id,
  memberId: row.member_id,
  person: row.person_key,
  planId: row.plan_id,
});

/** The people with an active subscription in a group of the organization, in the order in which they became known. */
const book = `
  FROM people JOIN subscriptions ON person_key = people.key AND ended_at IS NULL
  JOIN groups ON groups.key = group_key
  WHERE organization_id = ?`;

const activeSubscriptions = `
  SELECT subscriptions.key, organization_id, groups.id AS group_id, reference_id, member_id, person_key, plan_id
  FROM subscriptions JOIN groups ON groups.key = subscriptions.group_key
  WHERE ended_at IS NULL`;

export interface BookPage {
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** People, the members that they are of groups, and their subscriptions. */
export function memberStore(database: Database) {
  // Found in the index alone; each is then a look-up by its key, so that reading the others can wait.
  const keysOf = database.prepare(
    'SELECT key FROM subscriptions WHERE ended_at IS NULL AND group_key = ? ORDER BY key',
  );
  const withKey = database.prepare(
    'SELECT key, reference_id, member_id, person_key, plan_id FROM subscriptions WHERE key = ?',
  );
  const groupOf = database.prepare('SELECT organization_id, id AS group_id FROM groups WHERE key = ?');
  const activeOf = database.prepare(`${activeSubscriptions} AND person_key = ?`);
  const byEmail = database.prepare('SELECT key, details FROM people WHERE by_email = ? ORDER BY key LIMIT 1');
  const byName = database.prepare('SELECT key, details FROM people WHERE by_name = ? ORDER BY key LIMIT 1');
  const person = database.prepare('SELECT key, details FROM people WHERE key = ?');
  const member = database.prepare(
    'SELECT state, member_id, person_key FROM members WHERE group_key = ? AND reference_id = ?',
  );
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
  const unsubscribe = database.prepare('UPDATE subscriptions SET ended_at = ? WHERE key = ?');
  const pageOfBook = database.prepare(`SELECT people.id, details ${book} ORDER BY people.key LIMIT ? OFFSET ?`);
  const sizeOfBook = database.prepare(`SELECT COUNT(*) AS total ${book}`);
  const inBook = database.prepare(`SELECT people.id, details ${book} AND people.id = ?`);
  const setState = database.prepare(
    `UPDATE members SET state = ? WHERE (group_key, reference_id) =
       (SELECT group_key, reference_id FROM subscriptions WHERE key = ?)`,
  );

  const known = (row: Record<string, unknown> | undefined): KnownPerson | undefined => {
    if (row === undefined) return undefined;
    const key = row.key as number;
    return {
      key,
      details: JSON.parse(row.details as string),
      // Looked up when asked: of a member who stays, nobody does.
      get active() {
        const active = activeOf.get(key) as unknown as SubscriptionRow | undefined;
        return active ? subscription(active) : null;
      },
    };
  };

  const savePerson = (person: Addition['person'], details: PersonalDetails): number => {
    const { byEmail, byName } = matchKeys(details);
    const text = JSON.stringify(details);
    if (typeof person !== 'number')
      return Number(insertPerson.run(person.newId, text, byEmail, byName).lastInsertRowid);
    updatePerson.run(text, byEmail, byName, person);
    return person;
  };

  const account = (row: Record<string, unknown>): Account => ({
    id: row.id as string,
    details: JSON.parse(row.details as string),
  });
  /** Everyone in the book whom the search finds. */
  const found = (organizationId: string, search: string): Account[] =>
    pageOfBook
      .all(organizationId, -1, 0)
      .map(account)
      .filter((one) => isFoundBy(search, one));

  function* readRoster(groupKey: number): Sliced<ActiveSubscription[]> {
    const roster: ActiveSubscription[] = [];
    const group = groupOf.get(groupKey) as unknown as SubscriptionRow;
    yield* each(keysOf.all(groupKey), ({ key }) => {
      roster.push(subscription(withKey.get(key as number) as unknown as SubscriptionRow, group));
    });
    return roster;
  }

  return {
    /** Who is subscribed in the group now, in the order in which they were added. */
    roster: (groupKey: number) => atOnce(readRoster(groupKey)),
    /** As `roster`, in slices. */
    readRoster,

    /** What a reconciliation of this group may ask. */
    directory: (groupKey: number): Directory => ({
      match: (keys: MatchKeys) =>
        known(
          keys.byEmail !== null
            ? byEmail.get(keys.byEmail)
            : keys.byName !== null
              ? byName.get(keys.byName)
              : undefined,
        ),
      person: (key: number) => known(person.get(key)) as KnownPerson,
      member(referenceId: string): KnownMember | undefined {
        const row = member.get(groupKey, referenceId);
        if (row === undefined) return undefined;
        const account =
          row.member_id === null ? null : { id: row.member_id as string, person: row.person_key as number };
        return { state: row.state as KnownMember['state'], account };
      },
    }),

    /** A page of the organization's book: the people active in one of its groups, perhaps only those a search finds. */
    book(organizationId: string, { search = '', limit, offset }: BookPage): Account[] {
      if (search !== '') return found(organizationId, search).slice(offset, offset + limit);
      return pageOfBook.all(organizationId, limit, offset).map(account);
    },
    /** How many people are in the book, or how many of them a search finds. */
    bookCount(organizationId: string, search = ''): number {
      if (search !== '') return found(organizationId, search).length;
      return sizeOfBook.get(organizationId)?.total as number;
    },
    /** A person of the book by their account id; undefined once they were removed from the organization's last group. */
    person(organizationId: string, id: string): Account | undefined {
      const row = inBook.get(organizationId, id);
      return row && account(row);
    },

    /** Stores one change of a reconciliation; the caller holds the transaction. `at` is an RFC 3339 timestamp. */
    apply(groupKey: number, change: Change, at: string): void {
      switch (change.kind) {
        case 'unsubscribe':
          unsubscribe.run(at, change.subscription.key);
          setState.run(change.state, change.subscription.key);
          break;
        case 'fail':
          setMember.run(groupKey, change.referenceId, change.state, null, null);
          break;
        case 'update':
          savePerson(change.person, change.details);
          break;
        case 'subscribe': {
          const { referenceId, memberId, planId, person, details } = change.addition;
          const key = savePerson(person, details);
          setMember.run(groupKey, referenceId, change.state, memberId, key);
          subscribe.run(groupKey, referenceId, memberId, key, planId, at);
        }
      }
    },
  };
}
