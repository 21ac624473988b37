import type { Defect } from '../self-test/defect.ts';
import { combined, type Patch } from '../self-test/patched-mock.ts';
import { answers, asks, type CompletingSync, completing, on, refusalReply, rows } from '../self-test/patches.ts';

type Row = CompletingSync['rows'][number];

/** Ends subscriptions in other groups whose row has the same key as a new row, as if it were the same person. */
export function movingBy(key: (row: Row) => unknown): Patch {
  const people = new Map<string, Row>();
  const synced = new Map<number, string>();
  return completing({
    before(completion) {
      const { groupKey, loaded, rows, roster } = completion;
      const present = new Set(roster.map(({ referenceId }) => referenceId));
      const keys = new Set(rows.filter(({ reference_id }) => !present.has(reference_id)).map(key));
      for (const [other, organization] of synced)
        if (other !== groupKey && organization === loaded.organizationId)
          for (const subscription of completion.rosterOf(other)) {
            const row = people.get(`${other} ${subscription.referenceId}`);
            const isListed = rows.some(({ reference_id }) => reference_id === subscription.referenceId);
            if (row && !isListed && keys.has(key(row))) completion.end(subscription);
          }
      completion.roster = roster;
      synced.set(groupKey, loaded.organizationId);
      for (const row of rows) people.set(`${groupKey} ${row.reference_id}`, row);
    },
  });
}

/** Treats a reference_id as that of a present member if both have the same normalized spelling. */
const sameReferences = (spelling: (reference: string) => string): Patch =>
  completing({
    before(completion) {
      const present = new Map(completion.roster.map(({ referenceId }) => [spelling(referenceId), referenceId]));
      const exact = new Set(completion.rows.map(({ reference_id }) => reference_id));
      completion.rows = completion.rows.map((row) => {
        const same = present.get(spelling(row.reference_id));
        return same === undefined || exact.has(same) ? row : { ...row, reference_id: same };
      });
    },
  });

/** Applies the later of two overlapping syncs first, if a condition holds for their rosters. */
function overtaking(when: (earlier: readonly Row[], later: readonly Row[]) => boolean): Patch {
  const waiting = new Map<string, Row[][]>();
  return combined(
    { progress: { after: 'polls', count: 1 } },
    on('submitMemberSync', async (ask, next) => {
      const reply = await next(ask);
      const group = String(ask.params.group_id);
      const { members } = (ask.json ?? {}) as { members: Row[] };
      if (reply.ok) waiting.set(group, [...(waiting.get(group) ?? []), members]);
      return reply;
    }),
    completing({
      before(completion) {
        const rosters = waiting.get(completion.loaded.groupId) ?? [];
        const [earlier, later] = rosters;
        if (earlier && later && when(earlier, later)) rosters.splice(0, 2, later, earlier);
        completion.rows = rosters.shift() ?? completion.rows;
      },
    }),
  );
}

/** Spells request ids in another way, the same for the same request. */
function respelt(spelling: (id: string, group: string) => string): Patch {
  const originals = new Map<string, string>();
  return combined(
    on('submitMemberSync', async (ask, next) => {
      const reply = await next(ask);
      if (!reply.ok) return reply;
      const { data } = reply.json as { data: { request_id: string; group_id: string } };
      const request_id = spelling(data.request_id, data.group_id);
      originals.set(`${data.group_id} ${request_id}`, data.request_id);
      return reply.with({ json: { data: { ...data, request_id } } });
    }),
    on('retrieveMemberSync', async (ask, next) => {
      const { group_id, request_id = '' } = ask.params;
      const original = originals.get(`${group_id} ${decodeURIComponent(request_id)}`);
      if (original === undefined) return next(ask);
      const reply = await next(ask.with({ path: `/v1/groups/${group_id}/members/sync/${original}` }));
      return reply.with({ text: reply.text.replace(original, decodeURIComponent(request_id)) });
    }),
  );
}

/** Drops rows of returning members if a condition holds for how often they were removed. */
function losing(when: (timesRemoved: number, completion: CompletingSync) => boolean): Patch {
  const removals = new Map<string, number>();
  return completing({
    before(completion) {
      const { groupKey, roster } = completion;
      const present = new Set(roster.map(({ referenceId }) => referenceId));
      const listed = new Set(completion.rows.map(({ reference_id }) => reference_id));
      const times = (reference: string) => removals.get(`${groupKey} ${reference}`) ?? 0;
      completion.rows = completion.rows.filter(
        ({ reference_id: reference }) => present.has(reference) || !when(times(reference), completion),
      );
      for (const { referenceId } of roster)
        if (!listed.has(referenceId)) removals.set(`${groupKey} ${referenceId}`, times(referenceId) + 1);
    },
  });
}

/** The number of submissions after each one, by request id. */
function ages(): { readonly of: (id: unknown) => number; readonly patch: Patch } {
  const order = new Map<unknown, number>();
  const patch = answers('submitMemberSync', (body) => {
    order.set(body.data.request_id, order.size);
    return body;
  });
  return { of: (id) => order.size - (order.get(id) ?? order.size), patch };
}

/** Rosters over time: identity, returning members, overlapping syncs, and old requests. */
export const rostersDefects: readonly Defect[] = [
  {
    name: 'moved-by-email-alone',
    sentence: 'A new row ends the membership of anyone with the same e-mail in another group of the organization.',
    breaks: ['LIFE-14'],
    patch: () => movingBy(({ email }) => email ?? Symbol('none')),
  },
  {
    name: 'moved-by-birth-date-alone',
    sentence: 'A new row ends the membership of anyone with the same birth date in another group of the organization.',
    breaks: ['LIFE-14'],
    patch: () => movingBy(({ date_of_birth }) => date_of_birth),
  },
  {
    name: 'moved-by-name-alone',
    sentence: 'A new row ends the membership of anyone with the same name in another group of the organization.',
    breaks: ['LIFE-14'],
    patch: () => movingBy(({ first_name, last_name }) => `${first_name} ${last_name}`),
  },
  {
    name: 'moved-by-phone-alone',
    sentence: 'A new row ends the membership of anyone with the same phone in another group of the organization.',
    breaks: ['LIFE-14'],
    patch: () => movingBy(({ phone }) => phone ?? Symbol('none')),
  },
  {
    name: 'present-reference-without-case',
    sentence: 'A reference_id matches that of a present member without regard to case.',
    breaks: ['GRP-16'],
    patch: () => sameReferences((reference) => reference.toLowerCase()),
  },
  {
    name: 'present-reference-trimmed',
    sentence: 'A reference_id matches that of a present member without regard to surrounding white space.',
    breaks: ['GRP-16'],
    patch: () => sameReferences((reference) => reference.trim()),
  },
  {
    name: 'present-reference-without-accents',
    sentence: 'A reference_id matches that of a present member without regard to accents.',
    breaks: ['GRP-16'],
    patch: () => sameReferences((reference) => reference.normalize('NFD').replaceAll(/\p{M}/gu, '')),
  },
  {
    name: 'second-return-lost',
    sentence: 'A member who was removed twice cannot be added again.',
    breaks: ['LIFE-5'],
    patch: () => losing((times) => times >= 2),
  },
  {
    name: 'return-to-empty-group-lost',
    sentence: 'A member who was removed cannot be added again to an empty group.',
    breaks: ['LIFE-5'],
    patch: () => losing((times, { roster }) => times >= 1 && roster.length === 0),
  },
  {
    name: 'overlapping-sync-overtakes-now-and-then',
    sentence: 'One time in five, the later of two overlapping syncs is applied first.',
    breaks: ['SYNC-19'],
    patch: () => {
      let races = 0;
      return overtaking(() => ++races % 5 === 4);
    },
  },
  {
    name: 'shorter-sync-overtakes',
    sentence: 'Of two overlapping syncs the one with fewer rows is applied first.',
    breaks: ['SYNC-19'],
    patch: () => overtaking((earlier, later) => earlier.length > later.length),
  },
  {
    name: 'requests-kept-for-thirty-syncs',
    sentence: 'A sync request is forgotten after thirty later ones, of any group.',
    breaks: ['SYNC-6'],
    besides: ['LIFE'],
    patch: () => {
      const { of, patch } = ages();
      return combined(
        patch,
        on('retrieveMemberSync', (ask, next) => (of(ask.params.request_id) > 30 ? refusalReply(404) : next(ask))),
      );
    },
  },
  {
    name: 'results-kept-for-thirty-syncs',
    sentence: 'The results of a sync request are empty after thirty later ones, of any group.',
    breaks: ['SYNC-6'],
    besides: ['LIFE'],
    patch: () => {
      const { of, patch } = ages();
      const results = { added_group_member_ids: [], removed_group_member_ids: [], failures: [] };
      return combined(
        patch,
        answers('retrieveMemberSync', ({ data }) => ({
          data: data.results && of(data.request_id) > 30 ? { ...data, results } : data,
        })),
      );
    },
  },
  {
    name: 'large-group-not-emptied',
    sentence: 'An empty roster is ignored if a group has more than fifty members, as a likely mistake.',
    breaks: ['SYNC-9'],
    patch: () =>
      completing({
        before(completion) {
          if (completion.rows.length === 0 && completion.roster.length > 50) completion.roster = [];
        },
      }),
  },
  {
    name: 'plain-base64-requests-now-and-then',
    sentence: 'One sync request id in ten contains a character of standard base64 that a URL must escape.',
    breaks: ['ID-5', 'ID-5 should'],
    besides: ['ID'],
    patch: () => {
      let requests = 0;
      return respelt((id) => (++requests % 10 === 9 ? `${id.slice(0, -2)}+${id.slice(-1)}` : id));
    },
  },
  {
    name: 'request-ids-without-case',
    sentence: 'Sync request ids are compared without regard to case.',
    breaks: ['SYNC-14'],
    patch: () => {
      const ids = new Map<string, string>();
      return combined(
        answers('submitMemberSync', (body) => {
          ids.set(body.data.request_id.toLowerCase(), body.data.request_id);
          return body;
        }),
        on('retrieveMemberSync', (ask, next) => {
          const { group_id, request_id = '' } = ask.params;
          const id = ids.get(request_id.toLowerCase()) ?? request_id;
          return next(ask.with({ path: `/v1/groups/${group_id}/members/sync/${id}` }));
        }),
      );
    },
  },
  {
    name: 'group-ids-repeat-after-fifty',
    sentence: 'Ids of new groups repeat after fifty.',
    breaks: ['ID-4'],
    patch: () => {
      const ids: string[] = [];
      return answers('createGroup', ({ data }) => {
        ids.push(data.id);
        return { data: ids.length === 70 ? { ...data, id: ids[20] } : data };
      });
    },
  },
  {
    name: 'plan-ids-without-case',
    sentence: 'Plan ids are compared without regard to case.',
    breaks: ['SYNC-15'],
    patch: () => {
      const ids = new Map<string, string>();
      return combined(
        answers('listPlans', (body) => {
          for (const { id } of body.data) ids.set(id.toLowerCase(), id);
          return body;
        }),
        rows((row) => ({ ...row, plan_id: ids.get(String(row.plan_id).toLowerCase()) ?? row.plan_id })),
      );
    },
  },
  {
    name: 'members-key-without-case',
    sentence: 'Field names of a sync are read without regard to case: MEMBERS counts as members.',
    breaks: ['SYNC-10'],
    patch: () =>
      asks('submitMemberSync', (body) =>
        Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value])),
      ),
  },
  {
    name: 'null-sync-empties-group',
    sentence: 'A sync whose body is null is treated as an empty roster.',
    breaks: ['SYNC-10'],
    patch: () =>
      on('submitMemberSync', (ask, next) => next(ask.text === 'null' ? ask.with({ json: { members: [] } }) : ask)),
  },
];
