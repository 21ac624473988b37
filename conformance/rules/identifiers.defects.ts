import { alsoFails, type Defect, notOfSchema } from '../self-test/defect.ts';
import { combined } from '../self-test/patched-mock.ts';
import { answers, completing, type Group, groups, issuedAs, on } from '../self-test/patches.ts';

/** Base64 with another last character that decodes to the same bytes, because its low bits do not count. */
const strayBits = (id: string): string =>
  id.slice(0, -1) + ({ A: 'B', Q: 'R', g: 'h', w: 'x' }[id.at(-1) as string] as string);

export const identifiersDefects: readonly Defect[] = [
  {
    name: 'group-prefix',
    sentence: 'Group ids start with group_.',
    breaks: ['ID-1'],
    also: [notOfSchema],
    patch: () => issuedAs((id) => id.replace('grp_', 'group_')),
  },
  {
    name: 'hexadecimal-ids',
    sentence: 'A group id is grp_ and a UUID in hexadecimal.',
    breaks: ['ID-2 should'],
    patch: () => issuedAs((id) => `grp_${Buffer.from(id.slice(4), 'base64url').toString('hex').replace(/.$/, '0')}`),
  },
  {
    name: 'plain-base64',
    sentence: 'Group ids contain characters of standard base64 that a URL must escape.',
    breaks: ['ID-2', 'ID-2 should'],
    also: [notOfSchema],
    patch: () => issuedAs((id) => `${id.slice(0, 12)}+${id.slice(13)}`),
  },
  {
    name: 'plain-base64-now-and-then',
    sentence: 'One group id in ten contains a character of standard base64 that a URL must escape.',
    breaks: ['ID-2', 'ID-2 should'],
    also: [notOfSchema],
    besides: ['PAGE'],
    patch: () => {
      let issued = 0;
      return issuedAs((id) => (++issued % 10 === 5 ? `${id.slice(0, 12)}/${id.slice(13)}` : id));
    },
  },
  {
    name: 'endless-ids',
    sentence: 'A group id has 65 characters after its prefix.',
    breaks: ['ID-2', 'ID-2 should'],
    also: [notOfSchema],
    patch: () => issuedAs((id) => id.padEnd(69, 'A')),
  },
  {
    name: 'short-ids',
    sentence: 'A group id has 21 characters after its prefix.',
    breaks: ['ID-2 should'],
    patch: () => issuedAs((id) => id.slice(0, 4) + id.slice(5)),
  },
  {
    name: 'stray-bits',
    sentence: 'The last character of a group id is not that of canonical base64.',
    breaks: ['ID-2 should'],
    patch: () => issuedAs(strayBits),
  },
  {
    name: 'list-respells-ids',
    sentence: 'The list shows group ids in another encoding of the same bytes.',
    breaks: ['ID-3'],
    also: [
      { rule: 'GRP-4', why: 'a group of the list is compared with what create returned' },
      { rule: 'GRP-5', why: 'a group of the list is compared with what update returned' },
      { rule: 'GRP-16', why: 'the filter must find the group under its id' },
      { rule: 'GRP-6', why: 'the group is looked for in the list by its new reference' },
      { rule: 'GRP-12', why: 'the list filtered by reference must show the one group that has it' },
      { rule: 'PAGE-5', why: 'a walk does not meet the groups under the ids that they were created with' },
      { rule: 'PAGE-8', why: 'the filter does not find the group under its id' },
    ],
    patch: () => groups((group) => ({ ...group, id: strayBits(group.id) }), ['listGroups']),
  },
  {
    name: 'id-changes-with-update',
    sentence: 'Update returns a new id for the group; the old one still works.',
    breaks: ['ID-3'],
    also: [
      { rule: 'GRP-5', why: 'the id is another field that the update changed' },
      { rule: 'GRP-6', why: 'the id is another field that the update changed' },
    ],
    patch: () => groups((group) => ({ ...group, id: strayBits(group.id) }), ['updateGroup']),
  },
  {
    name: 'receipt-respells-id',
    sentence: 'The receipt of a sync shows the group id in another encoding of the same bytes.',
    breaks: ['ID-3', 'SYNC-2'],
    patch: () => answers('submitMemberSync', ({ data }) => ({ data: { ...data, group_id: strayBits(data.group_id) } })),
  },
  {
    name: 'id-of-namesake',
    sentence: 'A group created with the name of another group gets the same id.',
    breaks: ['ID-4'],
    also: [{ rule: 'GRP-16', why: 'it distinguishes groups of the same name by their ids' }],
    patch: () => {
      const byName = new Map<string, string>();
      return groups(
        (group: Group) => {
          const id = byName.get(group.name) ?? group.id;
          byName.set(group.name, id);
          return { ...group, id };
        },
        ['createGroup'],
      );
    },
  },
  {
    name: 'request-prefix',
    sentence: 'Sync request ids start with sync_.',
    breaks: ['ID-5', 'ID-5 should'],
    also: [notOfSchema],
    patch: () => ({
      async around(ask, next) {
        const path = ask.url.pathname.replace('/sync_', '/grpmsr_') + ask.url.search;
        const reply = await next(ask.with({ path }));
        return reply.with({ text: reply.text.replaceAll('"grpmsr_', '"sync_') });
      },
    }),
  },
  {
    name: 'request-stray-bits',
    sentence: 'Sync request ids are not canonical base64.',
    breaks: ['ID-5 should'],
    patch: () => {
      const canonical = new Map<string, string>();
      return {
        async around(ask, next) {
          const id = ask.params.request_id ?? '';
          const path = ask.url.pathname.replace(id, canonical.get(id) ?? id) + ask.url.search;
          const reply = await next(id === '' ? ask : ask.with({ path }));
          const respelt = reply.text.replaceAll(/"(grpmsr_[\w-]{21}[AQgw])"/g, (_, known: string) => {
            canonical.set(strayBits(known), known);
            return `"${strayBits(known)}"`;
          });
          return reply.with({ text: respelt });
        },
      };
    },
  },
  {
    name: 'request-id-by-content',
    sentence: 'Submitting the same roster again returns the earlier request, as if it were a retry.',
    breaks: ['ID-5'],
    patch: () => {
      const receipts = new Map<string, unknown>();
      return on('submitMemberSync', async (ask, next) => {
        const content = `${ask.params.group_id} ${ask.text}`;
        const earlier = receipts.get(content);
        const reply = await next(ask);
        if (!reply.ok) return reply;
        receipts.set(content, earlier ?? reply.json);
        return reply.with({ json: receipts.get(content) });
      });
    },
  },
  {
    name: 'request-ids-numbered-per-group',
    sentence: 'Request ids are numbered within each group, so syncs of different groups have the same ids.',
    breaks: ['ID-5'],
    also: alsoFails('every group has a request under each of those ids', 'SYNC-14 should'),
    besides: ['ID'],
    patch: () => {
      const counts = new Map<string, number>();
      const known = new Map<string, string>();
      return combined(
        on('submitMemberSync', async (ask, next) => {
          const reply = await next(ask);
          if (!reply.ok) return reply;
          const { group_id: group = '' } = ask.params;
          const count = (counts.get(group) ?? 0) + 1;
          counts.set(group, count);
          const { data } = reply.json as { data: { request_id: string } };
          const request_id = `grpmsr_${String(count).padStart(21, '0')}A`;
          known.set(`${group} ${request_id}`, data.request_id);
          return reply.with({ json: { data: { ...data, request_id } } });
        }),
        on('retrieveMemberSync', async (ask, next) => {
          const { group_id: group, request_id = '' } = ask.params;
          const id = known.get(`${group} ${request_id}`) ?? request_id;
          const reply = await next(ask.with({ path: ask.url.pathname.replace(request_id, id) }));
          return reply.with({ text: reply.text.replaceAll(id, request_id) });
        }),
      );
    },
  },
  {
    name: 'request-id-of-same-length',
    sentence: 'Two rosters of one group with the same number of rows share a request id.',
    breaks: ['ID-5'],
    patch: () => {
      const receipts = new Map<string, unknown>();
      return on('submitMemberSync', async (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown[] };
        const key = `${ask.params.group_id} ${members?.length}`;
        const reply = await next(ask);
        if (!reply.ok) return reply;
        if (!receipts.has(key)) receipts.set(key, reply.json);
        return reply.with({ json: receipts.get(key) });
      });
    },
  },
  {
    name: 'member-prefix',
    sentence: 'Group member ids start with grpm_.',
    breaks: ['ID-8 should'],
    patch: () =>
      completing({
        after: (results) => ({
          ...results,
          added_group_member_ids: results.added_group_member_ids.map((id) => id.replace('grpmbr_', 'grpm_')),
          removed_group_member_ids: results.removed_group_member_ids.map((id) => id.replace('grpmbr_', 'grpm_')),
        }),
      }),
  },
  {
    name: 'empty-member-ids',
    sentence: 'Members have no id before they sign in: an empty text is reported.',
    breaks: ['ID-8', 'ID-8 should'],
    also: [notOfSchema, ...alsoFails('it distinguishes people by their ids', 'LIFE-1', 'LIFE-2', 'LIFE-14')],
    patch: () =>
      completing({
        after: (results) => ({ ...results, added_group_member_ids: results.added_group_member_ids.map(() => '') }),
      }),
  },
  {
    name: 'member-id-twice-in-added',
    sentence: 'Of four people added at once, the last is reported under the id of the first.',
    breaks: ['ID-8'],
    also: alsoFails('five people have four ids', 'LIFE-1', 'LIFE-14'),
    patch: () =>
      completing({
        after(results) {
          const { added_group_member_ids: ids } = results;
          return ids.length < 4
            ? results
            : { ...results, added_group_member_ids: [...ids.slice(0, -1), ids[0] as string] };
        },
      }),
  },
  {
    name: 'member-id-twice-in-removed',
    sentence: 'Of four people removed at once, one is reported twice.',
    breaks: ['ID-8'],
    also: alsoFails('it removes four people or more to see who they are', 'LIFE-2', 'LIFE-4'),
    patch: () =>
      completing({
        after(results) {
          const { removed_group_member_ids: ids } = results;
          return ids.length < 4 ? results : { ...results, removed_group_member_ids: [...ids, ids[0] as string] };
        },
      }),
  },
];
