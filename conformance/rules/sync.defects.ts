import { isObject } from '../contract/json-pointer.ts';
import { alsoFails, type Defect, notOfSchema } from '../self-test/defect.ts';
import { MockReply } from '../self-test/mock-exchange.ts';
import { combined, type Patch } from '../self-test/patched-mock.ts';
import { answers, asks, completing, on, refusalReply, type SyncResults } from '../self-test/patches.ts';

const later = (timestamp: string, ms: number): string => new Date(Date.parse(timestamp) + ms).toISOString();
const noResults = { added_group_member_ids: [], removed_group_member_ids: [], failures: [] };

/** Rewrites a roster before the mock sees it; anything else passes unchanged. */
const rosters = (change: (members: readonly Record<string, unknown>[]) => unknown) =>
  asks('submitMemberSync', (body) =>
    Array.isArray(body.members) && body.members.every(isObject)
      ? { ...body, members: change(body.members as unknown as Record<string, unknown>[]) }
      : body,
  );

/** Drops rows with a repeated reference_id, so that the mock does not notice it. */
function withoutRepetitions(members: readonly Record<string, unknown>[]): unknown[] {
  const seen = new Set<unknown>();
  return members.filter(({ reference_id }) => !seen.has(reference_id) && seen.add(reference_id));
}

/** Rewrites the results of every request but the latest of its group. */
function pastResults(change: (results: SyncResults) => SyncResults): Patch {
  const latest = new Map<string, string>();
  return combined(
    answers('submitMemberSync', (body) => {
      latest.set(body.data.group_id, body.data.request_id);
      return body;
    }),
    answers('retrieveMemberSync', ({ data }) => ({
      data:
        data.results !== null && latest.get(data.group_id) !== data.request_id
          ? { ...data, results: change(data.results) }
          : data,
    })),
  );
}

/** Requests and receipts. */
export const syncDefects: readonly Defect[] = [
  {
    name: 'submit-200',
    sentence: 'An accepted sync is answered with 200.',
    breaks: ['SYNC-1'],
    also: [
      { rule: 'SYNC-9', why: 'an empty roster must be accepted with 202' },
      { rule: 'SYNC-15', why: 'a roster that is not refused must be accepted with 202' },
      ...alsoFails(
        'a valid roster must be accepted with 202',
        'GRP-16',
        'SYNC-16',
        'SYNC-16 should',
        'SYNC-20',
        'SYNC-20 should',
        'TOK-2',
      ),
    ],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        const reply = await next(ask);
        return reply.ok ? reply.with({ status: 200 }) : reply;
      }),
  },
  {
    name: 'receipt-without-accepted-at',
    sentence: 'The receipt of a sync has no accepted_at.',
    breaks: ['SYNC-1'],
    also: [notOfSchema, { rule: 'SYNC-2', why: 'the retrieval has a value that the receipt did not have' }],
    patch: () => answers('submitMemberSync', ({ data: { accepted_at, ...data } }) => ({ data })),
  },
  {
    name: 'accepted-at-of-retrieval',
    sentence: 'accepted_at is a second later once the sync is processed.',
    breaks: ['SYNC-2'],
    also: [{ rule: 'SYNC-7', why: 'it is then after completed_at' }],
    patch: () =>
      answers('retrieveMemberSync', ({ data }) => ({ data: { ...data, accepted_at: later(data.accepted_at, 1000) } })),
  },
  {
    name: 'request-unknown-at-first',
    sentence: 'The first retrieval of a sync request is answered with 404.',
    breaks: ['SYNC-2'],
    patch: () => {
      const asked = new Set<string>();
      return on('retrieveMemberSync', async (ask, next) => {
        const reply = await next(ask);
        const isFirst = reply.ok && !asked.has(ask.url.pathname) && asked.add(ask.url.pathname);
        return isFirst ? refusalReply(404) : reply;
      });
    },
  },
  {
    name: 'retrieval-of-another-group',
    sentence: 'A retrieved sync request names the group of the latest sync.',
    breaks: ['SYNC-2'],
    patch: () => {
      let latest = '';
      return combined(
        answers('submitMemberSync', (body) => {
          latest = body.data.group_id;
          return body;
        }),
        answers('retrieveMemberSync', ({ data }) => ({ data: { ...data, group_id: latest } })),
      );
    },
  },
  {
    name: 'results-before-completion',
    sentence: 'Results are visible while completed_at is still null.',
    breaks: ['SYNC-3'],
    patch: () => {
      const asked = new Set<string>();
      return answers('retrieveMemberSync', ({ data }) => {
        const isFirst = data.results !== null && !asked.has(data.request_id) && asked.add(data.request_id);
        return { data: isFirst ? { ...data, completed_at: null } : data };
      });
    },
  },
  {
    name: 'completion-before-results',
    sentence: 'completed_at is set before the results can be read.',
    breaks: ['SYNC-3'],
    patch: () => ({
      progress: { after: 'polls', count: 2 },
      ...answers('retrieveMemberSync', ({ data }) => ({
        data: { ...data, completed_at: data.completed_at ?? later(data.accepted_at, 0) },
      })),
    }),
  },
  {
    name: 'no-results-without-change',
    sentence: 'The results of a completed sync that changed nothing are null.',
    breaks: ['SYNC-3'],
    patch: () =>
      answers('retrieveMemberSync', ({ data }) => {
        const isUnchanged = Object.values(data.results ?? {}).every((list) => list.length === 0);
        return { data: { ...data, results: isUnchanged ? null : data.results } };
      }),
  },
  {
    name: 'no-fields-in-flight',
    sentence: 'completed_at and results are absent while a sync is in flight.',
    breaks: ['SYNC-3'],
    also: [notOfSchema],
    patch: () => ({
      progress: { after: 'polls', count: 2 },
      ...answers('retrieveMemberSync', ({ data }) => {
        const { completed_at, results, ...rest } = data;
        return { data: completed_at === null ? rest : data };
      }),
    }),
  },
  {
    name: 'never-completes',
    sentence: 'A sync never completes.',
    breaks: ['SYNC-4'],
    patch: () => ({ progress: { after: 'manual' } }),
  },
  {
    name: 'second-sync-never-completes',
    sentence: 'The second sync of a group never completes.',
    breaks: ['SYNC-4'],
    patch: () => {
      const syncs = new Map<string, string[]>();
      return combined(
        answers('submitMemberSync', (body) => {
          const { group_id, request_id } = body.data;
          syncs.set(group_id, [...(syncs.get(group_id) ?? []), request_id]);
          return body;
        }),
        answers('retrieveMemberSync', ({ data }) => ({
          data:
            syncs.get(data.group_id)?.[1] === data.request_id ? { ...data, completed_at: null, results: null } : data,
        })),
      );
    },
  },
  {
    name: 'no-failures-array',
    sentence: 'results has no failures if nothing failed.',
    breaks: ['SYNC-5'],
    also: [notOfSchema],
    patch: () =>
      answers('retrieveMemberSync', ({ data }) => {
        if (data.results === null || data.results.failures.length > 0) return { data };
        const { failures, ...results } = data.results;
        return { data: { ...data, results } };
      }),
  },
  {
    name: 'failure-without-reason',
    sentence: 'The reason of a failure is blank.',
    breaks: ['SYNC-5'],
    patch: () =>
      completing({
        after: (results) => ({
          ...results,
          failures: results.failures.map((failure) => ({ ...failure, reason: ' ' })),
        }),
      }),
  },
  {
    name: 'failure-operation-create',
    sentence: 'The operation of a failure is create.',
    breaks: ['SYNC-5'],
    also: [notOfSchema, { rule: 'LIFE-9', why: 'a blocked row is a failure to add' }],
    patch: () =>
      answers('retrieveMemberSync', ({ data }) => ({
        data: data.results && {
          ...data,
          results: {
            ...data.results,
            failures: data.results.failures.map((failure) => ({ ...failure, operation: 'create' })),
          },
        },
      })),
  },
  {
    name: 'results-recomputed',
    sentence: 'Results are recomputed at each retrieval: a member who has left since is no longer listed as added.',
    breaks: ['SYNC-6'],
    patch: () => {
      const removed = new Set<string>();
      return combined(
        completing({
          after(results) {
            for (const id of results.removed_group_member_ids) removed.add(id);
            for (const id of results.added_group_member_ids) removed.delete(id);
            return results;
          },
        }),
        answers('retrieveMemberSync', ({ data }) => {
          if (data.results === null) return { data };
          const added = data.results.added_group_member_ids.filter((id) => !removed.has(id));
          return { data: { ...data, results: { ...data.results, added_group_member_ids: added } } };
        }),
      );
    },
  },
  {
    name: 'past-removals-dropped',
    sentence: 'The removed ids of a request disappear once a later sync of its group is accepted.',
    breaks: ['SYNC-6'],
    patch: () => pastResults((results) => ({ ...results, removed_group_member_ids: [] })),
  },
  {
    name: 'past-failures-dropped',
    sentence: 'The failures of a request disappear once a later sync of its group is accepted.',
    breaks: ['SYNC-6'],
    patch: () => pastResults((results) => ({ ...results, failures: [] })),
  },
  {
    name: 'results-dropped',
    sentence: 'The results of a request are empty once a later sync of its group has completed.',
    breaks: ['SYNC-6'],
    patch: () => pastResults(() => noResults),
  },
  {
    name: 'request-forgotten',
    sentence: 'A completed request cannot be retrieved once a later sync of its group is accepted.',
    breaks: ['SYNC-6'],
    patch: () => {
      const latest = new Map<string, string>();
      return combined(
        answers('submitMemberSync', (body) => {
          latest.set(body.data.group_id, body.data.request_id);
          return body;
        }),
        on('retrieveMemberSync', async (ask, next) => {
          const reply = await next(ask);
          const { data } = (reply.json ?? {}) as { data?: { completed_at?: string | null } };
          const { group_id = '', request_id } = ask.params;
          return reply.ok && data?.completed_at && latest.get(group_id) !== request_id ? refusalReply(404) : reply;
        }),
      );
    },
  },
  {
    name: 'results-emptied-later',
    sentence: 'The results of a completed request are empty when they are retrieved for the third time.',
    breaks: ['SYNC-6'],
    patch: () => {
      const times = new Map<string, number>();
      return answers('retrieveMemberSync', ({ data }) => {
        const time = (times.get(data.request_id) ?? 0) + (data.results ? 1 : 0);
        times.set(data.request_id, time);
        const results = { added_group_member_ids: [], removed_group_member_ids: [], failures: [] };
        return { data: time > 2 ? { ...data, results } : data };
      });
    },
  },
  {
    name: 'completed-at-moves',
    sentence: 'completed_at is the time of the retrieval.',
    breaks: ['SYNC-6'],
    patch: () => {
      let reads = 0;
      return answers('retrieveMemberSync', ({ data }) => ({
        data: data.completed_at === null ? data : { ...data, completed_at: later(data.completed_at, ++reads * 1000) },
      }));
    },
  },
  {
    name: 'completed-at-in-whole-seconds',
    sentence: 'completed_at is cut to whole seconds, accepted_at is not.',
    breaks: ['SYNC-7'],
    patch: () =>
      answers('retrieveMemberSync', ({ data }) => ({
        data: { ...data, completed_at: data.completed_at && later(data.accepted_at, -1) },
      })),
  },
  {
    name: 'duplicates-noticed-when-adjacent',
    sentence: 'A repeated reference_id is noticed only if the two rows are adjacent.',
    breaks: ['SYNC-8'],
    patch: () =>
      rosters((members) =>
        members.some(({ reference_id: id }, n) => n > 0 && members[n - 1]?.reference_id === id)
          ? members
          : withoutRepetitions(members),
      ),
  },
  {
    name: 'duplicates-noticed-within-fifty',
    sentence: 'Rows are read in batches of fifty, and a repeated reference_id is noticed only within a batch.',
    breaks: ['SYNC-8'],
    patch: () =>
      rosters((members) => {
        const batches = new Map<unknown, number>();
        return members.filter(({ reference_id: id }, n) => {
          const batch = Math.floor(n / 50);
          const earlier = batches.get(id) ?? batch;
          batches.set(id, batch);
          return earlier === batch;
        });
      }),
  },
  {
    name: 'equal-rows-merged',
    sentence: 'Two rows that are equal in every field are treated as one.',
    breaks: ['SYNC-8'],
    patch: () =>
      rosters((members) => {
        const texts = members.map((row) => JSON.stringify(row));
        return members.filter((_, n) => texts.indexOf(texts[n] as string) === n);
      }),
  },
  {
    name: 'refused-duplicates-applied',
    sentence: 'A roster with a repeated reference_id is refused, but its first rows are applied.',
    breaks: ['SYNC-8'],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        const reply = await next(ask);
        if (reply.status === 400 && Array.isArray(members) && members.every(isObject)) {
          const kept = withoutRepetitions(members as Record<string, unknown>[]);
          if (kept.length < members.length) await next(ask.with({ json: { members: kept } }));
        }
        return reply;
      }),
  },
  {
    name: 'duplicates-422',
    sentence: 'A repeated reference_id is answered with 422.',
    breaks: ['SYNC-8'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        const repeats =
          Array.isArray(members) &&
          members.every(isObject) &&
          new Set(members.map(({ reference_id }) => reference_id)).size < members.length;
        return repeats ? refusalReply(422) : next(ask);
      }),
  },
  {
    name: 'empty-roster-ignored',
    sentence: 'An empty roster is accepted and removes nobody.',
    breaks: ['SYNC-9'],
    patch: () =>
      completing({
        before(completion) {
          if (completion.rows.length === 0) completion.roster = [];
        },
      }),
  },
  {
    name: 'empty-roster-400',
    sentence: 'An empty roster is refused.',
    breaks: ['SYNC-9'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown[] };
        return Array.isArray(members) && members.length === 0 && ask.authorization?.match(/vit_apk_(acme|globex)$/)
          ? refusalReply(400)
          : next(ask);
      }),
  },
  {
    name: 'second-empty-roster-400',
    sentence: 'An empty roster is refused if the last one of the group was empty too.',
    breaks: ['SYNC-9'],
    patch: () => {
      const emptied = new Set<string>();
      return on('submitMemberSync', async (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        const own = `${ask.authorization} ${ask.params.group_id}`;
        const isEmpty = Array.isArray(members) && members.length === 0;
        if (isEmpty && emptied.has(own)) return refusalReply(400);
        const reply = await next(ask);
        if (reply.ok && isEmpty) emptied.add(own);
        else if (reply.ok) emptied.delete(own);
        return reply;
      });
    },
  },
  {
    name: 'same-roster-readded',
    sentence: 'If a roster is identical to the previous one, everyone is removed and added again.',
    breaks: ['SYNC-17'],
    also: [...alsoFails('it reads the roster by submitting it again', 'SYNC-19', 'LIFE-9', 'LIFE-11')],
    patch: () => {
      const latest = new Map<number, string>();
      return completing({
        before(completion) {
          const text = JSON.stringify(completion.rows);
          if (latest.get(completion.groupKey) === text)
            for (const subscription of [...completion.roster]) completion.end(subscription);
          latest.set(completion.groupKey, text);
        },
      });
    },
  },
  {
    name: 'order-matters',
    sentence: 'Rows are compared by position: a member whose row moved up or down is removed and added.',
    breaks: ['SYNC-18'],
    patch: () => {
      const order = new Map<number, string[]>();
      return completing({
        before(completion) {
          const before = order.get(completion.groupKey) ?? [];
          const now = completion.rows.map(({ reference_id }) => reference_id);
          order.set(completion.groupKey, now);
          const same = before.length === now.length && [...before].sort().join() === [...now].sort().join();
          if (same)
            for (const [n, id] of now.entries()) {
              const subscription = completion.roster.find(({ referenceId }) => referenceId === id);
              if (subscription && before[n] !== id) completion.end(subscription);
            }
        },
      });
    },
  },
  {
    name: 'earlier-sync-decides',
    sentence: 'A sync that is accepted while another is in flight is completed without being applied.',
    breaks: ['SYNC-19'],
    patch: () => {
      const open = new Map<string, string>();
      return combined(
        { progress: { after: 'polls', count: 1 } },
        on('submitMemberSync', async (ask, next) => {
          const busy = open.get(String(ask.params.group_id));
          const { members } = (ask.json ?? {}) as { members?: unknown };
          const reply = await next(busy ? ask.with({ json: { members: JSON.parse(busy) } }) : ask);
          if (reply.ok && !busy) open.set(String(ask.params.group_id), JSON.stringify(members));
          return reply;
        }),
        on('retrieveMemberSync', async (ask, next) => {
          const reply = await next(ask);
          const { data } = reply.json as { data?: { completed_at?: string | null } };
          if (reply.ok && data?.completed_at) open.delete(String(ask.params.group_id));
          return reply;
        }),
      );
    },
  },
  {
    name: 'unknown-group-accepted',
    sentence: 'A sync of an unknown group is accepted.',
    breaks: ['SYNC-14'],
    also: [{ rule: 'AUTH-3', why: "another organization's group counts as unknown" }],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        const reply = await next(ask);
        const data = {
          request_id: 'grpmsr_AAAAAAAAAAAAAAAAAAAAAA',
          group_id: ask.params.group_id,
          accepted_at: new Date().toISOString(),
        };
        return reply.status === 404 ? MockReply.json(202, { data }) : reply;
      }),
  },
  {
    name: 'unknown-request-pending',
    sentence: 'An unknown sync request is shown as in flight.',
    breaks: ['SYNC-14', 'SYNC-14 should'],
    also: [{ rule: 'AUTH-3', why: "another organization's request counts as unknown" }],
    patch: () =>
      on('retrieveMemberSync', async (ask, next) => {
        const reply = await next(ask);
        const data = { ...ask.params, accepted_at: new Date().toISOString(), completed_at: null, results: null };
        return reply.status === 404 ? MockReply.json(200, { data }) : reply;
      }),
  },
  {
    name: 'request-under-any-group',
    sentence: 'A sync request is found under any group of the organization.',
    breaks: ['SYNC-14 should'],
    patch: () => {
      const groupOf = new Map<string, string>();
      return combined(
        answers('submitMemberSync', (body) => {
          groupOf.set(body.data.request_id, body.data.group_id);
          return body;
        }),
        on('retrieveMemberSync', (ask, next) => {
          const { request_id = '', group_id = '' } = ask.params;
          return next(
            ask.with({ path: `/v1/groups/${groupOf.get(request_id) ?? group_id}/members/sync/${request_id}` }),
          );
        }),
      );
    },
  },
];
