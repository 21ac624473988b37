import { isObject } from '../contract/json-pointer.ts';
import type { Defect } from '../self-test/defect.ts';
import { combined, type Patch } from '../self-test/patched-mock.ts';
import { answers, asks, type Group, groups, on, refusalReply } from '../self-test/patches.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Empties a group with each update whose body and status satisfy the condition. */
const emptying = (when: (body: unknown, status: number) => boolean): Patch =>
  on('updateGroup', async (ask, next) => {
    const reply = await next(ask);
    if (when(ask.json, reply.status))
      await next(ask.with({ method: 'POST', path: `${ask.url.pathname}/members/sync`, json: { members: [] } }));
    return reply;
  });

/** The ids of the groups that were created without a reference. */
function withoutReference(): { readonly ids: Set<unknown>; readonly patch: Patch } {
  const ids = new Set<unknown>();
  const patch = answers('createGroup', (body) => {
    if (!body.data.external_reference_id) ids.add(body.data.id);
    return body;
  });
  return { ids, patch };
}

/** State that comes from an update, and groups without a reference. */
export const updatesDefects: readonly Defect[] = [
  {
    name: 'second-update-only-answered',
    sentence: 'The second and later updates of a group are answered as if they were applied, but have no effect.',
    breaks: ['GRP-5', 'GRP-6'],
    patch: () => {
      const updated = new Set<unknown>();
      return on('updateGroup', async (ask, next) => {
        const { group_id } = ask.params;
        if (!updated.has(group_id) || !isObject(ask.json)) {
          const reply = await next(ask);
          if (reply.ok) updated.add(group_id);
          return reply;
        }
        const reply = await next(ask.with({ method: 'GET' }));
        const { data } = reply.json as { data: Group };
        const name = ask.json.name ?? data.name;
        const external_reference_id = ask.json.external_reference_id ?? data.external_reference_id;
        return reply.with({ json: { data: { ...data, name, external_reference_id } } });
      });
    },
  },
  {
    name: 'former-reference-409',
    sentence: 'An update to a reference that the group itself had before is refused as a conflict.',
    breaks: ['GRP-6'],
    patch: () => {
      const former = new Set<string>();
      return on('updateGroup', async (ask, next) => {
        const { external_reference_id } = (ask.json ?? {}) as Fields;
        if (former.has(`${ask.params.group_id} ${external_reference_id}`)) return refusalReply(409);
        const before = (await next(ask.with({ method: 'GET' }))).json as { data?: Group };
        const reply = await next(ask);
        const old = before.data?.external_reference_id;
        if (reply.ok && external_reference_id !== old) former.add(`${ask.params.group_id} ${old}`);
        return reply;
      });
    },
  },
  {
    name: 'own-name-409',
    sentence: 'An update to the name that the group already has is refused, as one that changes nothing.',
    breaks: ['GRP-6'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const before = (await next(ask.with({ method: 'GET' }))).json as { data?: Group };
        const { name } = (ask.json ?? {}) as Fields;
        return name !== undefined && name === before.data?.name ? refusalReply(409) : next(ask);
      }),
  },
  {
    name: 'updated-name-trimmed',
    sentence: 'White space around a name is removed on update.',
    breaks: ['GRP-5'],
    patch: () =>
      asks('updateGroup', ({ name, ...rest }) => ({ ...rest, name: typeof name === 'string' ? name.trim() : name })),
  },
  {
    name: 'updated-reference-in-lower-case',
    sentence: 'A reference is stored in lower case on update.',
    breaks: ['GRP-6'],
    patch: () =>
      asks('updateGroup', ({ external_reference_id: reference, ...rest }) => ({
        ...rest,
        external_reference_id: typeof reference === 'string' ? reference.toLowerCase() : reference,
      })),
  },
  {
    name: 'list-shows-first-reference',
    sentence: 'The list shows a group under the reference that it was created with.',
    breaks: ['GRP-5'],
    patch: () => {
      const first = new Map<string, unknown>();
      return groups((group, { operation }) => {
        if (operation === 'createGroup') first.set(group.id, group.external_reference_id);
        return operation === 'listGroups'
          ? { ...group, external_reference_id: first.get(group.id) ?? group.external_reference_id }
          : group;
      });
    },
  },
  {
    name: 'refused-update-empties-group',
    sentence: 'An update that is refused as a conflict empties the group.',
    breaks: ['GRP-8'],
    patch: () => emptying((_, status) => status === 409),
  },
  {
    name: 'empty-update-empties-group',
    sentence: 'An update without fields empties the group.',
    breaks: ['GRP-8'],
    patch: () => emptying((body, status) => status === 200 && isObject(body) && Object.keys(body).length === 0),
  },
  {
    name: 'no-reference-not-retrieved',
    sentence: 'Retrieving a group without a reference is answered with 404.',
    breaks: ['GRP-11'],
    patch: () =>
      on('retrieveGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.ok && !(reply.json as { data: Group }).data.external_reference_id ? refusalReply(404) : reply;
      }),
  },
  {
    name: 'no-reference-for-good',
    sentence: 'A group without a reference cannot be given one by an update.',
    breaks: ['GRP-11'],
    patch: () => {
      const { ids, patch } = withoutReference();
      return combined(
        patch,
        asks('updateGroup', ({ external_reference_id, ...rest }, { params }) =>
          ids.has(params.group_id) ? rest : { ...rest, external_reference_id },
        ),
      );
    },
  },
  {
    name: 'no-reference-found-as-null',
    sentence: 'The filter finds groups without a reference by the word null.',
    breaks: ['GRP-11'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        if (ask.url.searchParams.get('external_reference_id') !== 'null') return next(ask);
        const reply = await next(ask.with({ path: '/v1/groups', query: { limit: 100 } }));
        const { data, pagination } = reply.json as { data: Group[]; pagination: Fields };
        const found = data.filter(({ external_reference_id }) => !external_reference_id);
        return reply.with({
          json: { data: found, pagination: { ...pagination, total: found.length, total_pages: 1 } },
        });
      }),
  },
  {
    name: 'no-reference-one-roster',
    sentence: 'A sync of a group without a reference goes to all groups without one.',
    breaks: ['LIFE-8'],
    patch: () => {
      const { ids, patch } = withoutReference();
      return combined(
        patch,
        on('submitMemberSync', async (ask, next) => {
          const reply = await next(ask);
          if (reply.ok && ids.has(ask.params.group_id))
            for (const id of ids)
              if (id !== ask.params.group_id) await next(ask.with({ path: `/v1/groups/${id}/members/sync` }));
          return reply;
        }),
      );
    },
  },
];
