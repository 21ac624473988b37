import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MemberState } from '../../domain/lifecycle.ts';
import { type MemberRow, matchKey } from '../../domain/people.ts';
import type { ActiveSubscription, KnownMember, KnownPerson, LoadedSync, SyncResults } from '../../domain/roster.ts';
import type { SyncProgress, SyncStore } from '../syncs.ts';
import { changeStore } from './changes.ts';
import { transaction } from './database.ts';
import { knownPerson, personColumns, readPerson, theirSubscription } from './people.ts';
import { readRoster, rosterOf, type SubmittedRoster, writeRoster } from './submitted-roster.ts';

export function syncStore(database: DatabaseSync): SyncStore {
  const insert = database.prepare(
    'INSERT INTO syncs (id, group_key, accepted_at, progress, slow, roster, details) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const setProgress = database.prepare('UPDATE syncs SET progress = ? WHERE id = ? AND completed_at IS NULL');
  let setPolls: StatementSync | undefined;
  const forgetPolls = database.prepare('DELETE FROM polls WHERE sync_id = ?');
  const find = database.prepare(
    `SELECT syncs.id, groups.id AS group_id, accepted_at, completed_at, results
     FROM syncs JOIN groups ON groups.key = group_key WHERE syncs.id = ? AND group_key = ?`,
  );
  const pending = database.prepare(
    `SELECT group_key, groups.id, organization_id, roster, details
     FROM syncs JOIN groups ON groups.key = group_key WHERE syncs.id = ? AND completed_at IS NULL`,
  );
  pending.setReturnArrays(true);
  // The roster is personal data, and it is not needed any more.
  const complete = database.prepare(
    `UPDATE syncs SET completed_at = ?, results = ?, roster = NULL, details = NULL
     WHERE id = ? AND completed_at IS NULL`,
  );
  const groupOf = database.prepare('SELECT group_key FROM syncs WHERE id = ?');
  const inFlight = database.prepare(
    `SELECT id, group_key, accepted_at, progress, slow, coalesce(polls, 0) AS polls
     FROM syncs LEFT JOIN polls ON sync_id = id WHERE completed_at IS NULL ORDER BY key`,
  );
  const inFlightOf = database.prepare(
    'SELECT id FROM syncs WHERE completed_at IS NULL AND group_key = ? ORDER BY key LIMIT 1',
  );
  const groupById = database.prepare('SELECT key, id, organization_id FROM groups WHERE id = ?');
  groupById.setReturnArrays(true);
  const loadPeople = peopleLoader(database);
  const changes = changeStore(database);

  const loadFor = ([key, groupId, organizationId]: GroupRow, roster: SubmittedRoster): LoadedSync => ({
    organizationId,
    groupId,
    listed: new Map(roster.references),
    ...loadPeople({ key, organizationId, groupId }, roster),
  });

  return {
    accept({ id, groupKey, acceptedAt, progress = 'queued', slow = false }, rows, { alone = false } = {}) {
      const other = alone ? inFlightOf.get(groupKey) : undefined;
      if (other !== undefined) return other.id as string;
      const { roster, details } = writeRoster(rosterOf(rows));
      insert.run(id, groupKey, acceptedAt, progress, Number(slow), roster, details);
      return undefined;
    },
    setProgress(id, progress) {
      setProgress.run(progress, id);
    },
    setPolls(id, polls) {
      setPolls ??= database.prepare('INSERT OR REPLACE INTO polls (sync_id, polls) VALUES (?, ?)');
      setPolls.run(id, polls);
    },
    find(groupKey, id) {
      const row = find.get(id, groupKey);
      return (
        row && {
          request_id: row.id as string,
          group_id: row.group_id as string,
          accepted_at: row.accepted_at as string,
          completed_at: row.completed_at as string | null,
          results: row.results === null ? null : (JSON.parse(row.results as string) as SyncResults),
        }
      );
    },
    inFlight: () =>
      inFlight.all().map((row) => ({
        id: row.id as string,
        groupKey: row.group_key as number,
        acceptedAt: row.accepted_at as string,
        progress: row.progress as SyncProgress,
        slow: row.slow === 1,
        polls: row.polls as number,
      })),
    load(id) {
      const sync = pending.get(id) as unknown as PendingRow | undefined;
      if (sync === undefined) throw new Error(`the sync ${id} is not in flight`);
      const [key, groupId, organizationId, roster, details] = sync;
      return loadFor([key, groupId, organizationId], readRoster({ roster, details }));
    },
    loadRoster(groupId, rows) {
      const group = groupById.get(groupId) as unknown as GroupRow | undefined;
      return group && loadFor(group, rosterOf(rows));
    },
    complete(id, { changes: list, results }, at) {
      transaction(database, () => {
        const { changes: completed } = complete.run(at, JSON.stringify(results), id);
        if (completed === 0) throw new Error(`the sync ${id} is not in flight, so it cannot be completed`);
        forgetPolls.run(id);
        if (list.length > 0) changes.apply(groupOf.get(id)?.group_key as number, list, at);
      });
    },
  };
}

type GroupRow = [key: number, id: string, organizationId: string];
type PendingRow = [...GroupRow, roster: string, details: string];

/** A member of the group, as an array, because 5,000 of these are read in two thirds of the time of objects. */
type SubscribedRow = [referenceId: string, memberId: string, person: number, planId: string, details: string];

/** Loads the people and members for a sync, in at most five statements regardless of its number of rows. */
function peopleLoader(database: DatabaseSync) {
  const subscribed = database.prepare(
    `SELECT reference_id, member_id, person_key, plan_id, details
     FROM members JOIN people ON people.key = person_key WHERE group_key = ? AND state = 'active'
     ORDER BY reference_id`,
  );
  subscribed.setReturnArrays(true);
  const planIds = database.prepare('SELECT id FROM plans WHERE organization_id = ?');
  const listed = database.prepare(
    `SELECT value AS listed, members.state, members.member_id AS account, ${personColumns}
     FROM json_each(?) CROSS JOIN members ON members.group_key = ? AND members.reference_id = value
     LEFT JOIN people ON people.key = members.person_key ${theirSubscription}`,
  );
  /** The people with each of the wanted keys; `wanted` is its place in the list. */
  const peopleBy = (column: 'by_email' | 'by_name') =>
    database.prepare(
      `SELECT wanted.key AS wanted, ${personColumns} FROM json_each(?) AS wanted
       CROSS JOIN people ON ${column} = wanted.value ${theirSubscription} ORDER BY people.key`,
    );
  const [peopleByEmail, peopleByName] = [peopleBy('by_email'), peopleBy('by_name')];

  return (
    group: { readonly key: number; readonly organizationId: string; readonly groupId: string },
    { references, details, row }: SubmittedRoster,
  ): Omit<LoadedSync, 'organizationId' | 'groupId' | 'listed'> => {
    const { organizationId, groupId } = group;
    const members = new Map<string, KnownMember>();
    const people = new Map<number, KnownPerson>();
    const matches = new Map<string, number[]>();

    const subscriptions = subscribed.all(group.key) as unknown as SubscribedRow[];
    const roster = subscriptions.map(
      ([referenceId, memberId, person, planId]): ActiveSubscription => ({
        organizationId,
        groupId,
        referenceId,
        memberId,
        person,
        planId,
      }),
    );
    const places = new Map(roster.map(({ referenceId }, place) => [referenceId, place]));

    const rows: MemberRow[] = [];
    for (const [index, [reference_id]] of references.entries()) {
      const text = details[index] as string;
      const place = places.get(reference_id);
      const known = place === undefined ? undefined : subscriptions[place]?.[4];
      // The same text means no change. Comparing texts is faster than parsing and comparing 5,000 people.
      if (text === known) continue;
      rows.push(row(index));
      const active = place === undefined ? undefined : roster[place];
      if (active && known) people.set(active.person, knownPerson(active.person, known, active));
    }
    const added = rows.filter((row) => !places.has(row.reference_id));
    if (added.length === 0) return { roster, rows, members, people, matches, plans: new Set() };

    for (const row of listed.all(JSON.stringify(added.map((each) => each.reference_id)), group.key)) {
      const account = row.account === null ? null : { id: row.account as string, person: row.person as number };
      members.set(row.listed as string, { state: row.state as MemberState, account });
      if (account !== null) people.set(account.person, readPerson(row));
    }
    const findMatches = (statement: StatementSync, wanting: readonly MemberRow[]): void => {
      if (wanting.length === 0) return;
      for (const row of statement.all(JSON.stringify(wanting.map(matchKey)))) {
        const { reference_id } = wanting[row.wanted as number] as MemberRow;
        const known = matches.get(reference_id);
        if (known) known.push(row.person as number);
        else matches.set(reference_id, [row.person as number]);
        people.set(row.person as number, readPerson(row));
      }
    };
    findMatches(
      peopleByEmail,
      added.filter(({ email }) => email),
    );
    findMatches(
      peopleByName,
      added.filter(({ email }) => !email),
    );
    const plans = new Set(planIds.all(organizationId).map(({ id }) => id as string));
    return { roster, rows, members, people, matches, plans };
  };
}
