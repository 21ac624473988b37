import { isObject } from '../contract/json-pointer.ts';
import { type Defect, notOfSchema } from '../self-test/defect.ts';
import { MockReply } from '../self-test/mock-exchange.ts';
import { combined, type Patch } from '../self-test/patched-mock.ts';
import { asks, type Group, groups, on, refusalReply, refuses } from '../self-test/patches.ts';

const longest = 255;
const hasName = (body: { name?: unknown }, fits: (name: unknown) => boolean): boolean =>
  'name' in body && fits(body.name);

/** Empties a group with each update whose body satisfies the condition. */
const emptying = (when: (body: Readonly<Record<string, unknown>>) => boolean): Patch =>
  on('updateGroup', async (ask, next) => {
    const reply = await next(ask);
    if (reply.ok && isObject(ask.json) && when(ask.json))
      await next(ask.with({ method: 'POST', path: `${ask.url.pathname}/members/sync`, json: { members: [] } }));
    return reply;
  });

/** Refuses a reference if the organization uses another one with the same normalized spelling. */
function clashing(spelling: (reference: string) => string): Patch {
  const users = new Map<string, string>();
  return on('createGroup', async (ask, next) => {
    const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: unknown };
    if (!ask.authorization || typeof reference !== 'string' || reference === '') return next(ask);
    const key = `${ask.authorization} ${spelling(reference)}`;
    if ((users.get(key) ?? reference) !== reference) return refusalReply(409);
    const reply = await next(ask);
    if (reply.ok) users.set(key, reference);
    return reply;
  });
}

export const groupsDefects: readonly Defect[] = [
  {
    name: 'create-202',
    sentence: 'Create answers 202.',
    breaks: ['GRP-1', 'GRP-1 should'],
    patch: () =>
      on('createGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.ok ? reply.with({ status: 202 }) : reply;
      }),
  },
  {
    name: 'create-returns-id-only',
    sentence: 'Create returns the id of the group and nothing else.',
    breaks: ['GRP-1', 'GRP-2', 'GRP-2 should'],
    also: [notOfSchema],
    patch: () => groups(({ id }) => ({ id }), ['createGroup']),
  },
  {
    name: 'create-200',
    sentence: 'Create answers 200.',
    breaks: ['GRP-1 should'],
    patch: () => ({ quirks: { 'create-status': '200' } }),
  },
  {
    name: 'name-trimmed',
    sentence: 'Spaces around a name are trimmed.',
    breaks: ['GRP-2'],
    patch: () =>
      asks('createGroup', (body) =>
        hasName(body, (name) => typeof name === 'string' && name.trim() !== '')
          ? { ...body, name: body.name.trim() }
          : body,
      ),
  },
  {
    name: 'name-spaces-collapsed',
    sentence: 'Two spaces in a row become one when a group is retrieved.',
    breaks: ['GRP-2'],
    patch: () => groups((group) => ({ ...group, name: group.name.replaceAll(/ +/g, ' ') }), ['retrieveGroup']),
  },
  {
    name: 'name-cut-at-254',
    sentence: 'A name is cut after 254 characters.',
    breaks: ['GRP-2', 'GRP-2 should'],
    patch: () =>
      asks('createGroup', (body) =>
        hasName(body, (name) => typeof name === 'string' && name.length === longest)
          ? { ...body, name: body.name.slice(0, -1) }
          : body,
      ),
  },
  {
    name: 'reference-cut-at-254',
    sentence: 'A reference is cut after 254 characters.',
    breaks: ['GRP-2', 'GRP-2 should'],
    patch: () =>
      asks('createGroup', (body) =>
        body.external_reference_id?.length === longest
          ? { ...body, external_reference_id: body.external_reference_id.slice(0, -1) }
          : body,
      ),
  },
  {
    name: 'name-composed',
    sentence: 'A name is normalised: a letter and its combining accent become one character.',
    breaks: ['GRP-2'],
    patch: () =>
      asks('createGroup', (body) =>
        hasName(body, (name) => typeof name === 'string') ? { ...body, name: body.name.normalize('NFC') } : body,
      ),
  },
  {
    name: 'name-escaped',
    sentence: 'Names are escaped for HTML.',
    breaks: ['GRP-2'],
    patch: () => groups((group) => ({ ...group, name: group.name.replaceAll('&', '&amp;').replaceAll('<', '&lt;') })),
  },
  {
    name: 'name-cut-at-nul',
    sentence: 'A name is cut at a NUL character.',
    breaks: ['GRP-2'],
    patch: () =>
      asks('createGroup', (body) =>
        typeof body.name === 'string' ? { ...body, name: body.name.replace(/\0.*/s, '') } : body,
      ),
  },
  {
    name: 'name-in-utf-16',
    sentence: 'Characters outside the Basic Multilingual Plane are lost.',
    breaks: ['GRP-2'],
    patch: () => groups((group) => ({ ...group, name: group.name.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?') })),
  },
  {
    name: 'name-counted-in-bytes',
    sentence: 'The length of a name is counted in UTF-8 bytes, so 255 two-byte letters are too many.',
    breaks: ['GRP-2 should'],
    patch: () => refuses('createGroup', 400, ({ name }) => Buffer.byteLength(String(name)) > 2 * longest - 1),
  },
  {
    name: 'reference-cut-in-bytes',
    sentence: 'A reference is cut after 255 bytes of UTF-8.',
    breaks: ['GRP-2 should'],
    patch: () =>
      asks('createGroup', (body) => {
        const reference = body.external_reference_id;
        return typeof reference === 'string' && reference.length === longest && Buffer.byteLength(reference) > 400
          ? { ...body, external_reference_id: reference.slice(0, 128) }
          : body;
      }),
  },
  {
    name: 'local-time',
    sentence: 'created_at is in local time, with an offset of two hours.',
    breaks: ['GRP-3'],
    also: [notOfSchema],
    patch: () =>
      groups((group) => ({
        ...group,
        created_at: `${new Date(Date.parse(String(group.created_at)) + 7_200_000).toISOString().slice(0, -1)}+02:00`,
      })),
  },
  {
    name: 'timestamp-without-zone',
    sentence: 'In the list only, updated_at has no time zone.',
    breaks: ['GRP-3'],
    also: [notOfSchema, { rule: 'GRP-4', why: 'a group of the list is compared with what create returned' }],
    patch: () =>
      groups((group) => ({ ...group, updated_at: String(group.updated_at).replace('Z', '') }), ['listGroups']),
  },
  {
    name: 'retrieve-touches-updated-at',
    sentence: 'updated_at is the time of the retrieval.',
    breaks: ['GRP-4'],
    patch: () => {
      let reads = 0;
      return groups(
        (group) => ({ ...group, updated_at: new Date(Date.now() + ++reads * 1000).toISOString() }),
        ['retrieveGroup'],
      );
    },
  },
  {
    name: 'retrieve-shortens-created-at',
    sentence: 'Retrieve and list omit the fraction of created_at that create returned.',
    breaks: ['GRP-4'],
    also: [
      { rule: 'GRP-5', why: 'what update returns is compared with what was retrieved before' },
      { rule: 'GRP-6', why: 'what update returns is compared with what was retrieved before' },
    ],
    patch: () =>
      groups(
        (group) => ({ ...group, created_at: String(group.created_at).replace(/\.\d+/, '.5') }),
        ['retrieveGroup', 'listGroups'],
      ),
  },
  {
    name: 'rename-drops-reference',
    sentence: 'An update of name alone clears the reference.',
    breaks: ['GRP-5'],
    patch: () => {
      const renamed = new Set<string>();
      return combined(
        groups(
          (group) => (renamed.has(group.id) ? { ...group, external_reference_id: null } : group),
          ['retrieveGroup'],
        ),
        on('updateGroup', async (ask, next) => {
          const { name, external_reference_id } = (ask.json ?? {}) as Record<string, unknown>;
          const reply = await next(ask);
          if (reply.ok && typeof name === 'string' && external_reference_id === undefined)
            renamed.add(String(ask.params.group_id));
          return reply;
        }),
      );
    },
  },
  {
    name: 'rename-answered-not-made',
    sentence: 'Update answers with the new name, but keeps the old one.',
    breaks: ['GRP-5'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const { name, ...rest } = (ask.json ?? {}) as Record<string, unknown>;
        if (typeof name !== 'string' || name === '' || name.length > longest) return next(ask);
        const reply = await next(ask.with({ json: rest }));
        const body = reply.json as { data: Group };
        return reply.ok ? reply.with({ json: { data: { ...body.data, name } } }) : reply;
      }),
  },
  {
    name: 'one-field-per-update',
    sentence: 'An update of both fields changes only the name.',
    breaks: ['GRP-5'],
    also: [
      { rule: 'GRP-12', why: 'an update with a reference that is taken is no longer refused, if it has a name, too' },
    ],
    patch: () =>
      asks('updateGroup', ({ external_reference_id: reference, ...body }) =>
        typeof body.name === 'string' && typeof reference === 'string' && body.name !== '' && !reference.includes(' ')
          ? body
          : { ...body, external_reference_id: reference },
      ),
  },
  {
    name: 'list-shows-first-name',
    sentence: 'The list shows a group under the name that it was created with.',
    breaks: ['GRP-5'],
    patch: () => {
      const first = new Map<string, string>();
      return combined(
        groups(
          (group) => {
            first.set(group.id, group.name);
            return group;
          },
          ['createGroup'],
        ),
        groups((group) => ({ ...group, name: first.get(group.id) ?? group.name }), ['listGroups']),
      );
    },
  },
  {
    name: 'own-reference-409',
    sentence: 'An update to the reference that the group already has is refused as a conflict.',
    breaks: ['GRP-6'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: unknown };
        const { json } = await next(ask.with({ method: 'GET', path: ask.url.pathname }));
        const { data } = (json ?? {}) as { data?: Group };
        return typeof reference === 'string' && data?.external_reference_id === reference
          ? refusalReply(409)
          : next(ask);
      }),
  },
  {
    name: 'long-new-name-refused',
    sentence: 'An update refuses a name of more than a hundred characters.',
    breaks: ['GRP-5'],
    patch: () => refuses('updateGroup', 400, ({ name }) => typeof name === 'string' && name.length > 100),
  },
  {
    name: 'long-new-reference-refused',
    sentence: 'An update refuses a reference of more than a hundred characters.',
    breaks: ['GRP-6'],
    patch: () => refuses('updateGroup', 400, ({ external_reference_id: reference }) => (reference?.length ?? 0) > 100),
  },
  {
    name: 'second-update-ignored',
    sentence: 'Only the first update of a group has an effect; later ones return the group as it is.',
    breaks: ['GRP-5'],
    patch: () => {
      const updated = new Set<string>();
      return on('updateGroup', async (ask, next) => {
        const { group_id: id = '' } = ask.params;
        const values = isObject(ask.json) ? Object.values(ask.json) : [];
        const isValid = values.every((value) => typeof value === 'string' && value !== '' && value.length <= longest);
        if (values.length === 0 || !isValid) return next(ask);
        const reply = await next(updated.has(id) ? ask.with({ json: {} }) : ask);
        if (reply.ok) updated.add(id);
        return reply;
      });
    },
  },
  {
    name: 'new-reference-renames',
    sentence: 'An update of the reference alone sets the name to it.',
    breaks: ['GRP-6'],
    patch: () =>
      asks('updateGroup', (body) =>
        typeof body.external_reference_id === 'string' && !('name' in body)
          ? { ...body, name: body.external_reference_id }
          : body,
      ),
  },
  {
    name: 'old-reference-still-listed',
    sentence: 'The list still finds a group by its previous reference.',
    breaks: ['GRP-6', 'PAGE-8'],
    patch: () => {
      const first = new Map<string, string>();
      return combined(
        groups(
          (group) => {
            first.set(String(group.external_reference_id), group.id);
            return group;
          },
          ['createGroup'],
        ),
        on('listGroups', async (ask, next) => {
          const reply = await next(ask);
          const body = reply.json as { data: unknown[]; pagination: object };
          const id = first.get(ask.url.searchParams.get('external_reference_id') || 'none');
          if (!reply.ok || id === undefined || body.data.length > 0) return reply;
          const { json } = await next(ask.with({ path: `/v1/groups/${id}` }));
          const { data } = json as { data?: unknown };
          return data
            ? reply.with({ json: { data: [data], pagination: { ...body.pagination, total: 1, total_pages: 1 } } })
            : reply;
        }),
      );
    },
  },
  {
    name: 'empty-update-400',
    sentence: 'An update without fields is refused.',
    breaks: ['GRP-7'],
    patch: () => refuses('updateGroup', 400, (body) => Object.keys(body).length === 0),
  },
  {
    name: 'bodyless-update-400',
    sentence: 'An update without a body is refused.',
    breaks: ['GRP-7'],
    patch: () =>
      on('updateGroup', (ask, next) => (ask.authorization && ask.text === '' ? refusalReply(400) : next(ask))),
  },
  {
    name: 'bodyless-update-renames',
    sentence: 'An update without a body sets the name to a default.',
    breaks: ['GRP-7'],
    patch: () =>
      on('updateGroup', (ask, next) =>
        next(
          ask.text === ''
            ? ask.with({ json: { name: 'Untitled' }, headers: { 'content-type': 'application/json' } })
            : ask,
        ),
      ),
  },
  {
    name: 'null-clears-reference',
    sentence: 'A null in an update clears the reference.',
    breaks: ['GRP-7'],
    patch: () =>
      asks('updateGroup', (body) =>
        body.external_reference_id === null ? { ...body, external_reference_id: '' } : body,
      ),
  },
  {
    name: 'null-name-400',
    sentence: 'A null name is refused on update.',
    breaks: ['GRP-7'],
    patch: () => refuses('updateGroup', 400, (body) => body.name === null),
  },
  {
    name: 'update-empties-group',
    sentence: 'An update with members: [] empties the group.',
    breaks: ['GRP-8'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        if (Array.isArray(members) && members.length === 0)
          await next(ask.with({ method: 'POST', path: `${ask.url.pathname}/members/sync`, json: { members } }));
        return next(ask);
      }),
  },
  {
    name: 'rename-empties-group',
    sentence: 'An update of name alone empties the group.',
    breaks: ['GRP-8'],
    patch: () =>
      emptying(({ name, external_reference_id: reference }) => name !== undefined && reference === undefined),
  },
  {
    name: 'new-reference-empties-group',
    sentence: 'An update of the reference empties the group, because members are stored by it.',
    breaks: ['GRP-8'],
    patch: () => emptying(({ external_reference_id: reference }) => typeof reference === 'string'),
  },
  {
    name: 'update-syncs-members',
    sentence: 'An update with members is also processed as a sync.',
    breaks: ['GRP-8'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        if (Array.isArray(members) && members.length > 0)
          await next(ask.with({ method: 'POST', path: `${ask.url.pathname}/members/sync`, json: { members } }));
        return next(ask);
      }),
  },
  {
    name: 'update-resets-created-at',
    sentence: 'An update resets created_at.',
    breaks: ['GRP-9'],
    also: [
      { rule: 'GRP-5', why: 'the update of name changed created_at, too' },
      { rule: 'GRP-6', why: 'the update of the reference changed created_at, too' },
    ],
    patch: () =>
      groups((group) => (group.updated_at === group.created_at ? group : { ...group, created_at: group.updated_at })),
  },
  {
    name: 'updated-at-goes-back',
    sentence: 'An update subtracts an hour from updated_at, as with a wrong time zone.',
    breaks: ['GRP-9'],
    patch: () =>
      groups((group) =>
        group.updated_at === group.created_at
          ? group
          : { ...group, updated_at: new Date(Date.parse(String(group.updated_at)) - 3_600_000).toISOString() },
      ),
  },
  {
    name: 'update-sets-created-at',
    sentence: 'created_at can be set by an update.',
    breaks: ['GRP-9'],
    patch: () => {
      const set = new Map<string, unknown>();
      return combined(
        groups((group) => (set.has(group.id) ? { ...group, created_at: set.get(group.id) } : group), ['retrieveGroup']),
        asks('updateGroup', (body, ask) => {
          const { created_at } = body as Record<string, unknown>;
          if (created_at !== undefined) set.set(String(ask.params.group_id), created_at);
          return body;
        }),
      );
    },
  },
  {
    name: 'long-name-cut',
    sentence: 'Create cuts a name of more than 255 characters.',
    breaks: ['GRP-10'],
    patch: () =>
      asks('createGroup', (body) =>
        hasName(body, (name) => typeof name === 'string') ? { ...body, name: body.name.slice(0, longest) } : body,
      ),
  },
  {
    name: 'empty-name-on-update',
    sentence: 'An update sets an empty name.',
    breaks: ['GRP-10'],
    patch: () => asks('updateGroup', (body) => (body.name === '' ? { ...body, name: 'Untitled' } : body)),
  },
  {
    name: 'name-coerced',
    sentence: 'A name that is a number is converted to text.',
    breaks: ['GRP-10'],
    patch: () =>
      asks('createGroup', (body) =>
        hasName(body, (name) => typeof name === 'number') ? { ...body, name: String(body.name) } : body,
      ),
  },
  {
    name: 'keys-without-case',
    sentence: 'Field names are read without regard to case: NAME counts as name.',
    breaks: ['GRP-10'],
    patch: () =>
      asks('createGroup', (body) => {
        const { NAME, ...rest } = body as unknown as Record<string, unknown>;
        return typeof NAME === 'string' ? { name: NAME, ...rest } : body;
      }),
  },
  {
    name: 'list-as-group',
    sentence: 'Create accepts a list and takes its first object.',
    breaks: ['GRP-10 should'],
    patch: () =>
      on('createGroup', (ask, next) =>
        next(Array.isArray(ask.json) && isObject(ask.json[0]) ? ask.with({ json: ask.json[0] }) : ask),
      ),
  },
  {
    name: 'text-as-empty-update',
    sentence: 'An update whose body is not an object is answered with 200 and changes nothing.',
    breaks: ['GRP-10 should'],
    patch: () =>
      on('updateGroup', (ask, next) =>
        next(ask.json !== undefined && !isObject(ask.json) ? ask.with({ json: {} }) : ask),
      ),
  },
  {
    name: 'bad-name-created-anyway',
    sentence: 'Create refuses a name that is too long, but creates the group.',
    breaks: ['GRP-10'],
    patch: () =>
      on('createGroup', async (ask, next) => {
        const body = (ask.json ?? {}) as { name?: unknown };
        if (typeof body.name === 'string' && body.name.length > longest)
          await next(ask.with({ json: { ...body, name: 'n' } }));
        return next(ask);
      }),
  },
  {
    name: 'reference-required',
    sentence: 'Create without a reference is refused.',
    breaks: ['GRP-11'],
    patch: () => ({ quirks: { 'external-reference': 'required' } }),
  },
  {
    name: 'no-reference-clashes',
    sentence: 'Only one group can have no reference.',
    breaks: ['GRP-11'],
    patch: () => {
      let taken = false;
      return on('createGroup', async (ask, next) => {
        const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: unknown };
        if (ask.authorization && isObject(ask.json) && reference === undefined && taken) return refusalReply(409);
        const reply = await next(ask);
        if (reply.ok && reference === undefined) taken = true;
        return reply;
      });
    },
  },
  {
    name: 'no-reference-made-up',
    sentence: 'The service invents a reference for a group that has none.',
    breaks: ['GRP-11'],
    patch: () =>
      groups(
        (group) => ({ ...group, external_reference_id: group.external_reference_id || `auto-${group.id}` }),
        ['createGroup'],
      ),
  },
  {
    name: 'updated-reference-free',
    sentence: 'A reference that a group got by an update can be used to create another group.',
    breaks: ['GRP-12'],
    patch: () => {
      const updated = new Map<string, string>();
      return combined(
        groups(
          (group) => {
            if (group.external_reference_id) updated.set(group.external_reference_id, group.id);
            return group;
          },
          ['updateGroup'],
        ),
        on('createGroup', async (ask, next) => {
          const reply = await next(ask);
          const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: string };
          if (reply.status !== 409 || !updated.has(reference ?? '')) return reply;
          const { external_reference_id, ...body } = ask.json as Record<string, unknown>;
          return next(ask.with({ json: { ...body, external_reference_id: `${reference}-2` } }));
        }),
      );
    },
  },
  {
    name: 'updated-reference-free-on-update',
    sentence: 'An update to a reference that another group got by an update is answered with 200.',
    breaks: ['GRP-12'],
    patch: () => {
      const updated = new Set<string>();
      return on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: string };
        if (reply.ok && reference) updated.add(reference);
        return reply.status === 409 && updated.has(reference ?? '') ? next(ask.with({ json: {} })) : reply;
      });
    },
  },
  {
    name: 'references-without-case',
    sentence: 'Two references that differ only in case conflict.',
    breaks: ['GRP-16'],
    patch: () => clashing((reference) => reference.toLowerCase()),
  },
  {
    name: 'references-trimmed-to-compare',
    sentence: 'Two references that differ only in surrounding white space conflict.',
    breaks: ['GRP-16'],
    patch: () => clashing((reference) => reference.trim()),
  },
  {
    name: 'references-not-unique',
    sentence: 'Two groups can be created with one reference.',
    breaks: ['GRP-12', 'GRP-12 should'],
    patch: () =>
      on('createGroup', async (ask, next) => {
        const reply = await next(ask);
        if (reply.status !== 409) return reply;
        const body = ask.json as { external_reference_id: string };
        const created = await next(ask.with({ json: { ...body, external_reference_id: null } }));
        const { data } = created.json as { data: Group };
        return created.with({ json: { data: { ...data, ...body } } });
      }),
  },
  {
    name: 'create-upserts',
    sentence: 'Create with a reference that is taken returns the group that has it.',
    breaks: ['GRP-12', 'GRP-12 should'],
    patch: () =>
      on('createGroup', async (ask, next) => {
        const reply = await next(ask);
        if (reply.status !== 409) return reply;
        const { external_reference_id } = ask.json as { external_reference_id: string };
        const found = await next(ask.with({ method: 'GET', path: '/v1/groups', query: { external_reference_id } }));
        const { data } = found.json as { data: unknown[] };
        return MockReply.json(200, { data: data[0] });
      }),
  },
  {
    name: 'refused-update-renames',
    sentence: 'An update with a reference that is taken is refused, but its name is stored.',
    breaks: ['GRP-12'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        const { name } = (ask.json ?? {}) as { name?: string };
        if (reply.status === 409 && name) await next(ask.with({ json: { name } }));
        return reply;
      }),
  },
  {
    name: 'conflict-ignored-on-update',
    sentence: 'An update to a reference that is taken is answered with 200 and changes nothing.',
    breaks: ['GRP-12', 'GRP-12 should'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 409 ? next(ask.with({ json: {} })) : reply;
      }),
  },
  {
    name: 'conflict-400',
    sentence: 'A reference that is taken is answered with 400.',
    breaks: ['GRP-12 should'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.status === 409 ? reply.with({ status: 400 }) : reply;
      },
    }),
  },
  {
    name: 'names-unique',
    sentence: 'A name can be used by one group only.',
    breaks: ['GRP-13'],
    patch: () => {
      const names = new Set<unknown>();
      return on('createGroup', async (ask, next) => {
        const { name } = (ask.json ?? {}) as { name?: unknown };
        if (ask.authorization && names.has(name)) return refusalReply(409);
        const reply = await next(ask);
        if (reply.ok) names.add(name);
        return reply;
      });
    },
  },
  {
    name: 'long-reference-cut-on-update',
    sentence: 'Update cuts a reference of more than 255 characters.',
    breaks: ['GRP-14'],
    patch: () =>
      asks('updateGroup', (body) =>
        typeof body.external_reference_id === 'string'
          ? { ...body, external_reference_id: body.external_reference_id.slice(0, longest) }
          : body,
      ),
  },
  {
    name: 'reference-coerced',
    sentence: 'A reference that is a number is converted to text.',
    breaks: ['GRP-14'],
    patch: () =>
      asks('createGroup', (body) =>
        typeof body.external_reference_id === 'number'
          ? { ...body, external_reference_id: String(body.external_reference_id) }
          : body,
      ),
  },
  {
    name: 'reference-boolean-ignored',
    sentence: 'A reference that is a boolean is ignored on update.',
    breaks: ['GRP-14'],
    patch: () => asks('updateGroup', (body) => (typeof body.external_reference_id === 'boolean' ? {} : body)),
  },
  {
    name: 'freed-reference-taken',
    sentence: 'A reference stays taken after its group has changed to another one.',
    breaks: ['GRP-15'],
    patch: () => {
      const ever = new Set<string>();
      return on('createGroup', async (ask, next) => {
        const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: string };
        const key = `${ask.authorization} ${reference}`;
        if (ask.authorization && reference && ever.has(key)) return refusalReply(409);
        const reply = await next(ask);
        if (reply.ok && reference) ever.add(key);
        return reply;
      });
    },
  },
  {
    name: 'references-unique-everywhere',
    sentence: 'A reference can be used by one organization only.',
    breaks: ['GRP-15'],
    patch: () => {
      const users = new Map<string, string | null>();
      return on('createGroup', async (ask, next) => {
        const { external_reference_id: reference } = (ask.json ?? {}) as { external_reference_id?: string };
        if (ask.authorization && reference && (users.get(reference) ?? ask.authorization) !== ask.authorization)
          return refusalReply(409);
        const reply = await next(ask);
        if (reply.ok && reference) users.set(reference, ask.authorization);
        return reply;
      });
    },
  },
];
