import type { KnownPerson } from '../../mock/domain/roster.ts';
import { alsoFails, type Defect } from '../self-test/defect.ts';
import { type CompletingSync, completing, loading, matchOf, rows, type SyncResults } from '../self-test/patches.ts';

const withAdded = (results: SyncResults, change: (ids: readonly string[]) => readonly string[]): SyncResults => ({
  ...results,
  added_group_member_ids: [...change(results.added_group_member_ids)],
});

const withRemoved = (results: SyncResults, change: (ids: readonly string[]) => readonly string[]): SyncResults => ({
  ...results,
  removed_group_member_ids: [...change(results.removed_group_member_ids)],
});

const listed = ({ rows }: CompletingSync, reference: string) =>
  rows.some(({ reference_id }) => reference_id === reference);

/** The details that each member of a group was last sent with. */
function latestRows() {
  const latest = new Map<string, CompletingSync['rows'][number]>();
  return {
    previous: ({ groupKey }: CompletingSync, reference: string) => latest.get(`${groupKey} ${reference}`),
    keep({ groupKey, rows }: CompletingSync): void {
      for (const row of rows) latest.set(`${groupKey} ${row.reference_id}`, row);
    },
  };
}

/** Removes and adds a present member if their row changed. */
const readding = (
  changed: (now: CompletingSync['rows'][number], before: CompletingSync['rows'][number]) => boolean,
) => {
  const { previous, keep } = latestRows();
  return completing({
    before(completion) {
      for (const row of completion.rows) {
        const before = previous(completion, row.reference_id);
        const subscription = completion.roster.find(({ referenceId }) => referenceId === row.reference_id);
        if (before && subscription && changed(row, before)) completion.end(subscription);
      }
      keep(completion);
    },
  });
};

/** Fails rows with the same key as an earlier row of the roster, as if they were about the same person. */
function identifying(key: (row: CompletingSync['rows'][number]) => unknown) {
  let refused: string[] = [];
  return completing({
    before(completion) {
      const seen = new Set<unknown>();
      refused = [];
      completion.rows = completion.rows.filter((row) => {
        const same = key(row);
        if (!same || !seen.has(same)) return seen.add(same);
        refused.push(row.reference_id);
        return false;
      });
    },
    after: (results) => ({
      ...results,
      failures: [
        ...results.failures,
        ...refused.map((reference_id) => ({ reference_id, operation: 'add' as const, reason: 'Already a member.' })),
      ],
    }),
  });
}

/** Whether a row is about someone who is active under another organization. */
function isBlocked({ loaded }: CompletingSync, row: CompletingSync['rows'][number]): boolean {
  const active = matchOf(loaded, row)?.active;
  return active ? active.organizationId !== loaded.organizationId : false;
}

const mapPeople = (people: ReadonlyMap<number, KnownPerson>, change: (person: KnownPerson) => KnownPerson) => ({
  people: new Map([...people].map(([key, person]) => [key, change(person)])),
});

/** What a sync adds, removes and keeps. */
export const lifecycleDefects: readonly Defect[] = [
  {
    name: 'additions-reported-up-to-100',
    sentence: 'The results list at most 100 added members.',
    breaks: ['LIFE-1'],
    patch: () => completing({ after: (results) => withAdded(results, (ids) => ids.slice(0, 100)) }),
  },
  {
    name: 'last-row-forgotten',
    sentence: 'The last row of a roster of five or more is not added.',
    breaks: ['LIFE-1'],
    also: alsoFails('it adds longer rosters', 'SYNC-20'),
    patch: () =>
      completing({
        before: (completion) => {
          if (completion.rows.length >= 5) completion.rows = completion.rows.slice(0, -1);
        },
      }),
  },
  {
    name: 'two-ids-per-row',
    sentence: 'A new member is reported under two ids, that of the account and that of the membership.',
    breaks: ['LIFE-1'],
    also: alsoFails(
      'it counts the added',
      'SYNC-15',
      'SYNC-16',
      'SYNC-20',
      'LIFE-3',
      'LIFE-4',
      'LIFE-5',
      'LIFE-10',
      'LIFE-11',
      'LIFE-12',
      'LIFE-13',
    ),
    patch: () =>
      completing({ after: (results) => withAdded(results, (ids) => ids.flatMap((id) => [id, `acc_${id}`])) }),
  },
  {
    name: 'removal-reports-another-id',
    sentence: 'A removal reports the id of the subscription and not that of the member.',
    breaks: ['LIFE-2'],
    also: alsoFails('it checks who is removed', 'SYNC-9', 'LIFE-4', 'LIFE-10', 'LIFE-13'),
    patch: () =>
      completing({ after: (results) => withRemoved(results, (ids) => ids.map((id) => id.replace('grpmbr_', 'sub_'))) }),
  },
  {
    name: 'removal-reports-neighbour',
    sentence: 'A removal reports the id of the member who joined next.',
    breaks: ['LIFE-2'],
    also: alsoFails('it checks who is removed', 'LIFE-4', 'LIFE-10', 'LIFE-13'),
    patch: () =>
      completing({
        after: (results, { roster }) =>
          withRemoved(results, (ids) =>
            ids.map((id) => {
              const index = roster.findIndex(({ memberId }) => memberId === id);
              return roster[(index + 1) % roster.length]?.memberId ?? id;
            }),
          ),
      }),
  },
  {
    name: 'only-first-missing-removed',
    sentence: 'If several members are missing, only the first is removed.',
    breaks: ['LIFE-2'],
    also: alsoFails('an empty roster must remove everyone', 'SYNC-9'),
    patch: () =>
      completing({
        before(completion) {
          const missing = completion.roster.filter(({ referenceId }) => !listed(completion, referenceId));
          completion.roster = completion.roster.filter((subscription) => !missing.slice(1).includes(subscription));
        },
      }),
  },
  {
    name: 'returned-removed-under-first-id',
    sentence: 'A member who returns gets a new id, but is removed under the first one.',
    breaks: ['LIFE-2'],
    patch: () => {
      const removed = new Set<string>();
      return completing({
        after(results) {
          for (const id of results.removed_group_member_ids) removed.add(id);
          return withAdded(results, (ids) => ids.map((id) => (removed.has(id) ? `${id}2` : id)));
        },
      });
    },
  },
  {
    name: 'removals-reported-up-to-50',
    sentence: 'The results list at most 50 removed members.',
    breaks: ['LIFE-2'],
    patch: () => completing({ after: (results) => withRemoved(results, (ids) => ids.slice(0, 50)) }),
  },
  {
    name: 'removal-not-reported',
    sentence: 'A removal beside members who stay is applied, but not reported.',
    breaks: ['LIFE-2'],
    also: alsoFails('it checks who is removed', 'LIFE-4', 'LIFE-10', 'LIFE-13'),
    patch: () =>
      completing({ after: (results, { rows: { length } }) => (length > 0 ? withRemoved(results, () => []) : results) }),
  },
  {
    name: 'present-among-added',
    sentence: 'A sync that adds anyone reports everyone on the roster as added.',
    breaks: ['LIFE-3'],
    also: alsoFails(
      'it counts the members added beside a present one',
      'LIFE-4',
      'LIFE-5',
      'LIFE-10',
      'LIFE-11',
      'LIFE-13',
    ),
    patch: () =>
      completing({
        after: (results, completion) =>
          withAdded(results, (ids) =>
            ids.length === 0
              ? ids
              : [
                  ...completion.roster
                    .filter(({ referenceId }) => listed(completion, referenceId))
                    .map(({ memberId }) => memberId),
                  ...ids,
                ],
          ),
      }),
  },
  {
    name: 'grown-roster-removes-first',
    sentence: 'Whenever a roster grows, the member who was added first is reported as removed.',
    breaks: ['LIFE-3'],
    also: alsoFails('its roster grows, too', 'LIFE-4', 'LIFE-10'),
    patch: () =>
      completing({
        after: (results, { roster, rows }) =>
          withRemoved(results, (ids) =>
            rows.length > roster.length && roster[0] ? [...ids, roster[0].memberId] : ids,
          ),
      }),
  },
  {
    name: 'removal-stops-additions',
    sentence: 'A sync that removes anyone adds nobody.',
    breaks: ['LIFE-4'],
    also: alsoFails('its roster removes and adds, too', 'LIFE-10', 'LIFE-13'),
    patch: () =>
      completing({
        before(completion) {
          const removes = completion.roster.some(({ referenceId }) => !listed(completion, referenceId));
          if (removes)
            completion.rows = completion.rows.filter(({ reference_id }) =>
              completion.roster.some(({ referenceId }) => referenceId === reference_id),
            );
        },
      }),
  },
  {
    name: 'additions-stop-removals',
    sentence: 'A sync that adds anyone removes nobody: it is an append.',
    breaks: ['LIFE-4'],
    also: alsoFails('its roster removes and adds, too', 'LIFE-10'),
    patch: () =>
      completing({
        before(completion) {
          const present = (reference: string) => completion.roster.some(({ referenceId }) => referenceId === reference);
          const newcomers = completion.rows.filter(({ reference_id }) => !present(reference_id));
          const known = newcomers.some((row) => matchOf(completion.loaded, row)?.active);
          if (newcomers.length > 0 && !known)
            completion.roster = completion.roster.filter(({ referenceId }) => listed(completion, referenceId));
        },
      }),
  },
  {
    name: 'kept-are-dropped',
    sentence: 'When a sync adds and removes members, those who stay lose their subscription, and no result says so.',
    breaks: ['LIFE-4'],
    also: alsoFails('its roster removes, keeps and adds, too', 'LIFE-10'),
    patch: () =>
      completing({
        after(results, completion) {
          if (results.added_group_member_ids.length > 0 && results.removed_group_member_ids.length > 0)
            for (const subscription of completion.roster)
              if (listed(completion, subscription.referenceId)) completion.end(subscription);
          return results;
        },
      }),
  },
  {
    name: 'removed-cannot-return',
    sentence: 'A removed reference_id cannot be added again.',
    breaks: ['LIFE-5'],
    patch: () => {
      const removed = new Set<string>();
      const place = ({ groupKey }: CompletingSync, reference: string) => `${groupKey} ${reference}`;
      return completing({
        before(completion) {
          const present = (reference: string) => completion.roster.some(({ referenceId }) => referenceId === reference);
          completion.rows = completion.rows.filter(
            ({ reference_id }) => present(reference_id) || !removed.has(place(completion, reference_id)),
          );
          for (const { referenceId } of completion.roster)
            if (!listed(completion, referenceId)) removed.add(place(completion, referenceId));
        },
      });
    },
  },
  {
    name: 'return-not-reported',
    sentence: 'A removed reference_id that returns is subscribed again, but not listed as added.',
    breaks: ['LIFE-5'],
    patch: () => {
      const removed = new Set<string>();
      return completing({
        after(results) {
          for (const id of results.removed_group_member_ids) removed.add(id);
          return withAdded(results, (ids) => ids.filter((id) => !removed.has(id)));
        },
      });
    },
  },
  {
    name: 'new-email-readds',
    sentence: 'A present member with a new e-mail address is removed and added.',
    breaks: ['LIFE-6'],
    patch: () => readding((now, before) => now.email !== before.email),
  },
  {
    name: 'new-birth-date-readds',
    sentence: 'A present member with a corrected birth date is removed and added.',
    breaks: ['LIFE-6'],
    patch: () => readding((now, before) => now.date_of_birth !== before.date_of_birth),
  },
  {
    name: 'new-address-removes',
    sentence: 'A present member who moves to another city is reported as removed.',
    breaks: ['LIFE-6'],
    patch: () => {
      const { previous, keep } = latestRows();
      return completing({
        after(results, completion) {
          const moved = completion.roster.filter(({ referenceId }) => {
            const row = completion.rows.find(({ reference_id }) => reference_id === referenceId);
            return row && previous(completion, referenceId)?.address.city !== row.address.city;
          });
          keep(completion);
          return withRemoved(results, (ids) => [...ids, ...moved.map(({ memberId }) => memberId)]);
        },
      });
    },
  },
  {
    name: 'new-plan-readds',
    sentence: 'A present member with another plan is removed and added.',
    breaks: ['LIFE-7'],
    patch: () => readding((now, before) => now.plan_id !== before.plan_id),
  },
  {
    name: 'sync-ends-other-groups',
    sentence: 'An empty roster ends the subscriptions of every group of the organization.',
    breaks: ['LIFE-8'],
    patch: () => {
      const synced = new Map<string, Set<number>>();
      return completing({
        before(completion) {
          const { organizationId } = completion.loaded;
          const own = synced.get(organizationId) ?? new Set();
          synced.set(organizationId, own.add(completion.groupKey));
          if (completion.rows.length > 0 || completion.roster.length === 0) return;
          const present = completion.roster;
          for (const other of own)
            if (other !== completion.groupKey)
              for (const subscription of completion.rosterOf(other)) completion.end(subscription);
          completion.roster = present;
        },
      });
    },
  },
  {
    name: 'references-unique-across-groups',
    sentence: 'A reference_id that another group of the organization uses is refused there.',
    breaks: ['LIFE-8'],
    patch: () => {
      const users = new Map<string, number>();
      return completing({
        before(completion) {
          const organization_id = completion.loaded.organizationId;
          const user = (reference: string) => users.get(`${organization_id} ${reference}`) ?? completion.groupKey;
          completion.rows = completion.rows.filter(({ reference_id }) => user(reference_id) === completion.groupKey);
          for (const { reference_id } of completion.rows)
            users.set(`${organization_id} ${reference_id}`, completion.groupKey);
        },
      });
    },
  },
  {
    name: 'references-shared-across-groups',
    sentence: 'A member who is missing from a roster is removed from every group that uses the same reference_id.',
    breaks: ['LIFE-8'],
    patch: () => {
      const synced = new Set<number>();
      return completing({
        before(completion) {
          synced.add(completion.groupKey);
          const missing = completion.roster.filter(({ referenceId }) => !listed(completion, referenceId));
          const present = completion.roster;
          for (const other of synced)
            if (other !== completion.groupKey)
              for (const subscription of completion.rosterOf(other))
                if (missing.some(({ referenceId }) => referenceId === subscription.referenceId))
                  completion.end(subscription);
          completion.roster = present;
        },
      });
    },
  },
  {
    name: 'blocked-person-moved',
    sentence: 'A person who is active under another organization is moved to the new one.',
    breaks: ['LIFE-9'],
    patch: () =>
      loading(({ people, organizationId }) =>
        mapPeople(people, (person) =>
          person.active ? { ...person, active: { ...person.active, organizationId } } : person,
        ),
      ),
  },
  {
    name: 'blocked-email-with-case',
    sentence: 'A person who is active under another organization is recognised only by an e-mail in the same case.',
    breaks: ['LIFE-9'],
    also: alsoFails('it gives the e-mail in another case, too', 'LIFE-11'),
    patch: () => rows((row) => (row.email && /[A-Z]/.test(row.email) ? { ...row, email: `upper.${row.email}` } : row)),
  },
  {
    name: 'blocked-reported-as-remove',
    sentence: 'The failure of a blocked row has the operation remove.',
    breaks: ['LIFE-9'],
    patch: () =>
      completing({
        after: (results) => ({
          ...results,
          failures: results.failures.map((failure) =>
            /another organization/.test(failure.reason) ? { ...failure, operation: 'remove' as const } : failure,
          ),
        }),
      }),
  },
  {
    name: 'block-ends-other-subscription',
    sentence: 'A blocked add ends the subscription that blocked it.',
    breaks: ['LIFE-9'],
    patch: () =>
      loading(({ matches, people, organizationId }, { store, clock }) => {
        for (const key of [...matches.values()].flat()) {
          const active = people.get(key)?.active;
          if (active && active.organizationId !== organizationId)
            store.members.unsubscribe(key, 'removed', clock.timestamp());
        }
        return {};
      }),
  },
  {
    name: 'blocked-row-stops-rest',
    sentence: 'The rows after a blocked one are not applied.',
    breaks: ['LIFE-10'],
    patch: () =>
      completing({
        before(completion) {
          const bad = completion.rows.findIndex((row) => isBlocked(completion, row));
          if (bad >= 0) completion.rows = completion.rows.slice(0, bad + 1);
        },
      }),
  },
  {
    name: 'failing-row-stops-rest',
    sentence: 'The rows after one with an unknown plan are not applied.',
    breaks: ['LIFE-10'],
    patch: () =>
      completing({
        before(completion) {
          const { plans } = completion.loaded;
          const bad = completion.rows.findIndex(({ plan_id }) => !plans.has(plan_id));
          if (bad >= 0) completion.rows = completion.rows.slice(0, bad + 1);
        },
      }),
  },
  {
    name: 'failing-row-stops-removals',
    sentence: 'A sync in which a row fails removes nobody.',
    breaks: ['LIFE-10'],
    patch: () =>
      completing({
        before(completion) {
          const { plans } = completion.loaded;
          if (completion.rows.some(({ plan_id }) => !plans.has(plan_id)))
            completion.roster = completion.roster.filter(({ referenceId }) => listed(completion, referenceId));
        },
      }),
  },
  {
    name: 'active-in-two-groups',
    sentence: 'A person who is active in another group of the organization becomes a second person.',
    breaks: ['LIFE-11'],
    patch: () =>
      loading(({ matches, people, organizationId, groupId }) => ({
        matches: new Map(
          [...matches].map(([reference, keys]) => [
            reference,
            keys.filter((key) => {
              const active = people.get(key)?.active;
              return !active || active.organizationId !== organizationId || active.groupId === groupId;
            }),
          ]),
        ),
      })),
  },
  {
    name: 'block-remembered',
    sentence: 'A person who was blocked once stays blocked.',
    breaks: ['LIFE-12'],
    patch: () => {
      const blocked = new Set<number>();
      return loading(({ matches, people, organizationId }) => {
        for (const key of [...matches.values()].flat()) {
          const active = people.get(key)?.active;
          if (active && active.organizationId !== organizationId) blocked.add(key);
        }
        return mapPeople(people, (person) => {
          const { key, active } = person;
          const other = { key: 0, organizationId: 'org', groupId: 'grp', referenceId: '', memberId: '', person: key };
          return blocked.has(key) && active === null ? { ...person, active: other } : person;
        });
      });
    },
  },
  {
    name: 'identity-by-email',
    sentence: 'Two people in a roster with the same e-mail address are treated as one.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ email }) => email),
  },
  {
    name: 'identity-by-birth-date',
    sentence: 'Two people in a roster with the same birth date are treated as one.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ date_of_birth }) => date_of_birth),
  },
  {
    name: 'identity-by-name',
    sentence: 'Two people in a roster with the same name are treated as one.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ first_name, last_name }) => `${first_name} ${last_name}`),
  },
  {
    name: 'identity-by-phone',
    sentence: 'Two people in a roster with the same phone are treated as one.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ phone }) => phone),
  },
  {
    name: 'identity-of-twins',
    sentence: 'Two people in a roster with the same last name and birth date are treated as one.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ last_name, date_of_birth }) => `${last_name} ${date_of_birth}`),
  },
  {
    name: 'identity-without-tag-of-email',
    sentence: 'Anything after a + in an e-mail address is ignored when people with the same birth date are compared.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ email, date_of_birth }) => email && `${email.replace(/\+[^@]*/, '')} ${date_of_birth}`),
  },
  {
    name: 'identity-without-host-of-email',
    sentence: 'The host of an e-mail address is ignored when people with the same birth date are compared.',
    breaks: ['LIFE-14'],
    patch: () => identifying(({ email, date_of_birth }) => email && `${email.replace(/@.*/, '')} ${date_of_birth}`),
  },
  {
    name: 'nobody-without-email',
    sentence: 'All people in a roster without an e-mail address are treated as one.',
    breaks: ['LIFE-14'],
    also: alsoFails('its rows have no e-mail either', 'SYNC-16'),
    patch: () => identifying(({ email }) => (email ? undefined : 'nobody')),
  },
  {
    name: 'large-removal-cut',
    sentence: 'One sync removes at most 4,096 members.',
    breaks: ['LIFE-15'],
    heavy: true,
    patch: () =>
      completing({
        before(completion) {
          const missing = completion.roster.filter(({ referenceId }) => !listed(completion, referenceId)).slice(4096);
          completion.roster = completion.roster.filter((subscription) => !missing.includes(subscription));
        },
      }),
  },
  {
    name: 'large-roster-readded',
    sentence: 'A roster of more than 3,000 rows is replaced as a whole: everyone is removed and added again.',
    breaks: ['LIFE-15'],
    heavy: true,
    patch: () =>
      completing({
        before(completion) {
          if (completion.rows.length > 3000) for (const one of [...completion.roster]) completion.end(one);
        },
      }),
  },
  {
    name: 'ids-repeat-after-4096',
    sentence: 'The ids of added members repeat after 4,096.',
    breaks: ['LIFE-15'],
    heavy: true,
    patch: () =>
      completing({ after: (results) => withAdded(results, (ids) => ids.map((_, n) => ids[n % 4096] as string)) }),
  },
  {
    name: 'new-reference-refused',
    sentence: 'The same person under a new reference_id is listed in failures.',
    breaks: ['LIFE-13'],
    patch: () =>
      completing({
        before(completion) {
          const leaving = new Set(
            completion.roster.filter(({ referenceId }) => !listed(completion, referenceId)).map(({ person }) => person),
          );
          completion.rows = completion.rows.filter((row) => {
            const person = matchOf(completion.loaded, row);
            return person === undefined || !leaving.has(person.key);
          });
        },
      }),
  },
  {
    name: 'new-reference-taken-over',
    sentence: 'The same person under a new reference_id is neither removed nor added.',
    breaks: ['LIFE-13'],
    patch: () =>
      completing({
        after: (results, completion) => {
          const { added_group_member_ids: added, removed_group_member_ids: removed } = results;
          return added.length === 1 &&
            removed.length === 1 &&
            completion.rows.length === 2 &&
            completion.roster.length === 2
            ? { ...results, added_group_member_ids: [], removed_group_member_ids: [] }
            : results;
        },
      }),
  },
];
