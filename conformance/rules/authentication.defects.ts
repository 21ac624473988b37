import { alsoFails, type Defect, noErrorBody, notOfSchema } from '../self-test/defect.ts';
import { MockReply, type MockRequest } from '../self-test/mock-exchange.ts';
import { combined, type Next, type Patch } from '../self-test/patched-mock.ts';
import { answers, groupOperations, on, organizationOf, refusalReply } from '../self-test/patches.ts';

const acme = 'Bearer vit_apk_acme';
const keys = [acme, 'Bearer vit_apk_globex'];
const onGroup = ['retrieveGroup', 'updateGroup', 'submitMemberSync', 'retrieveMemberSync'] as const;

export const authenticationDefects: readonly Defect[] = [
  {
    name: 'open-plans',
    sentence: 'The plans list is answered without a key.',
    breaks: ['AUTH-1'],
    patch: () =>
      on('listPlans', (ask, next) => next(ask.authorization ? ask : ask.with({ headers: { authorization: acme } }))),
  },
  {
    name: 'open-sync-retrieval',
    sentence: 'Anyone who knows the id of a sync request can retrieve it, with any key or none.',
    breaks: ['AUTH-1', 'AUTH-2'],
    patch: () =>
      on('retrieveMemberSync', (ask, next) =>
        next(keys.includes(ask.authorization ?? '') ? ask : ask.with({ headers: { authorization: acme } })),
      ),
  },
  {
    name: 'bare-401',
    sentence: 'A 401 has no body.',
    breaks: ['AUTH-1'],
    also: [noErrorBody],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.status === 401 ? new MockReply(401, '', {}) : reply;
      },
    }),
  },
  {
    name: 'legacy-401',
    sentence: 'A 401 has the body shown on an older page: an error object with code and message.',
    breaks: ['AUTH-1'],
    also: [noErrorBody],
    patch: () => ({ quirks: { 'error-shape': 'legacy' } }),
  },
  {
    name: 'missing-key-403',
    sentence: 'A missing key is answered with 403.',
    breaks: ['AUTH-1'],
    also: [{ rule: 'AUTH-4', why: 'its checks expect the 401' }],
    patch: () => ({ around: (ask, next) => (ask.authorization === null ? refusalReply(403) : next(ask)) }),
  },
  {
    name: 'key-by-prefix',
    sentence: 'Any key with the prefix of an API key is accepted.',
    breaks: ['AUTH-2'],
    patch: () => ({
      around: (ask, next) =>
        next(
          ask.authorization?.startsWith('Bearer vit_apk_ct-') ? ask.with({ headers: { authorization: acme } }) : ask,
        ),
    }),
  },
  {
    name: 'key-with-rest',
    sentence: 'A key is accepted with anything appended to it.',
    breaks: ['AUTH-2'],
    patch: () => ({
      around: (ask, next) =>
        next(ask.authorization?.startsWith(acme) ? ask.with({ headers: { authorization: acme } }) : ask),
    }),
  },
  {
    name: 'key-without-case',
    sentence: 'Keys are compared without regard to case, as some database collations do.',
    breaks: ['AUTH-2'],
    patch: () => letIn((authorization) => authorization.toLowerCase() === acme.toLowerCase()),
  },
  {
    name: 'key-without-prefix',
    sentence: 'A key is accepted without its prefix.',
    breaks: ['AUTH-2'],
    patch: () => letIn((authorization) => authorization === 'Bearer acme'),
  },
  {
    name: 'any-access-token',
    sentence: 'Anything that looks like an access token is accepted.',
    breaks: ['AUTH-2'],
    patch: () => letIn((authorization) => authorization.startsWith('Bearer vit_at_ct-')),
  },
  {
    name: 'key-without-scheme',
    sentence: 'A key is accepted without the Bearer scheme.',
    breaks: ['AUTH-2 should'],
    patch: () => letIn((authorization) => `Bearer ${authorization}` === acme),
  },
  {
    name: 'key-under-any-scheme',
    sentence: 'The authentication scheme before a key is ignored.',
    breaks: ['AUTH-2 should'],
    patch: () => letIn((authorization) => /^\w+ vit_apk_acme$/.test(authorization)),
  },
  {
    name: 'key-as-basic-user',
    sentence: 'A key is accepted as the user name of HTTP Basic.',
    breaks: ['AUTH-2 should'],
    patch: () => letIn((authorization) => authorization === `Basic ${btoa('vit_apk_acme:')}`),
  },
  {
    name: 'key-without-end',
    sentence: 'The last character of a key is ignored.',
    breaks: ['AUTH-2'],
    patch: () => ({
      around: (ask, next) =>
        next(ask.authorization === acme.slice(0, -1) ? ask.with({ headers: { authorization: acme } }) : ask),
    }),
  },
  {
    name: 'unknown-key-403',
    sentence: 'An unknown key is answered with 403.',
    breaks: ['AUTH-2', 'AUTH-2 should'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.status === 401 && ask.authorization !== null ? refusalReply(403) : reply;
      },
    }),
  },
  {
    name: 'writes-without-known-key',
    sentence: 'An update works with any key.',
    breaks: ['AUTH-2'],
    patch: () =>
      on('updateGroup', (ask, next) =>
        next(
          ask.authorization === null || keys.includes(ask.authorization)
            ? ask
            : ask.with({ headers: { authorization: acme } }),
        ),
      ),
  },
  {
    name: 'retrieve-across-organizations',
    sentence: 'Another organization can retrieve a group.',
    breaks: ['AUTH-3'],
    patch: () => on('retrieveGroup', forKnownKeys),
  },
  {
    name: 'sync-status-across-organizations',
    sentence: 'Another organization can retrieve a sync request.',
    breaks: ['AUTH-3'],
    patch: () => on('retrieveMemberSync', forKnownKeys),
  },
  {
    name: 'update-across-organizations',
    sentence: "An update of another organization's group is answered with 404, but applied.",
    breaks: ['AUTH-3'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        if (reply.status === 404) await forKnownKeys(ask, next);
        return reply;
      }),
  },
  {
    name: 'sync-across-organizations',
    sentence: "A sync of another organization's group is answered with 404, but processed.",
    breaks: ['AUTH-3'],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        const reply = await next(ask);
        if (reply.status === 404) await forKnownKeys(ask, next);
        return reply;
      }),
  },
  {
    name: 'hidden-group-403',
    sentence: "Another organization's group is refused with 403, which says that it exists.",
    breaks: ['AUTH-3'],
    patch: () =>
      on(onGroup, async (ask, next) => {
        const isHidden = await isForeign(ask, next);
        return isHidden ? refusalReply(403) : next(ask);
      }),
  },
  {
    name: 'hidden-group-told-by-message',
    sentence: "The error message for another organization's group says that it belongs to somebody else.",
    breaks: ['AUTH-3'],
    patch: () =>
      on(onGroup, async (ask, next) => {
        const reply = await next(ask);
        return (await isForeign(ask, next)) && reply.status === 404 ? refusalReply(404, 'Not your group.') : reply;
      }),
  },
  {
    name: 'hidden-group-told-by-code',
    sentence: "The error code for another organization's group differs from that for an unknown one.",
    breaks: ['AUTH-3'],
    patch: () =>
      on(onGroup, async (ask, next) => {
        const reply = await next(ask);
        const isTold = (await isForeign(ask, next)) && reply.status === 404;
        return isTold ? reply.with({ json: { ...(reply.json as object), app_error_code: 'access_denied' } }) : reply;
      }),
  },
  {
    name: 'hidden-group-told-by-bad-body',
    sentence: "An invalid body gets a 400 for another organization's group and a 404 for an unknown one.",
    breaks: ['AUTH-3'],
    patch: () =>
      on(['updateGroup', 'submitMemberSync'], async (ask, next) => {
        const { name, members } = (ask.json ?? {}) as { name?: unknown; members?: unknown };
        const isBad = typeof name !== 'string' && !(Array.isArray(members) && members.length === 0);
        return isBad && (await isForeign(ask, next)) ? refusalReply(400) : next(ask);
      }),
  },
  {
    name: 'filter-across-organizations',
    sentence: 'The list filtered by reference finds the groups of every organization.',
    breaks: ['AUTH-3'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        const { data } = reply.json as { data?: unknown[] };
        return ask.url.searchParams.has('external_reference_id') && data?.length === 0
          ? acrossOrganizations(ask, next)
          : reply;
      }),
  },
  {
    name: 'list-across-organizations',
    sentence:
      'The unfiltered list begins with the groups of the other organization, though its total does not count them.',
    breaks: ['AUTH-3'],
    patch: () => {
      const created: unknown[] = [];
      return combined(
        answers('createGroup', (body, ask) => {
          if (organizationOf(ask) === 'acme') created.unshift(body.data);
          return body;
        }),
        answers('listGroups', (body, ask) =>
          organizationOf(ask) === 'globex' && !ask.url.searchParams.has('external_reference_id')
            ? { ...body, data: [...created, ...body.data].slice(0, body.pagination.limit) }
            : body,
        ),
      );
    },
  },
  {
    name: 'total-of-all-organizations',
    sentence: 'The total of the list counts the groups of every organization.',
    breaks: ['AUTH-3'],
    also: alsoFails('a walk yields the groups of one organization, fewer than that total', 'PAGE-5'),
    patch: () => {
      let created = { acme: 0, globex: 0 };
      return {
        async around(ask, next) {
          const reply = await next(ask);
          const own = organizationOf(ask) as keyof typeof created;
          if (ask.operation === 'createGroup' && reply.ok) created = { ...created, [own]: created[own] + 1 };
          if (ask.operation !== 'listGroups' || !reply.ok || ask.url.searchParams.has('external_reference_id'))
            return reply;
          const body = reply.json as { data: unknown; pagination: { limit: number } };
          const total = created.acme + created.globex;
          const pagination = { ...body.pagination, total, total_pages: Math.ceil(total / body.pagination.limit) };
          return reply.with({ json: { ...body, pagination } });
        },
      };
    },
  },
  {
    name: 'validation-before-key',
    sentence: 'The body is checked before the key.',
    breaks: ['AUTH-4'],
    patch: () =>
      on(['createGroup', 'updateGroup'], async (ask, next) => {
        if (ask.authorization !== null) return next(ask);
        const { name } = (ask.json ?? {}) as { name?: unknown };
        return typeof name === 'string' ? next(ask) : refusalReply(400);
      }),
  },
  {
    name: 'lookup-before-key',
    sentence:
      'The group is looked up before the key is checked, so a request for an unknown group without a key gets a 404.',
    breaks: ['AUTH-4'],
    patch: () =>
      on(onGroup, async (ask, next) => {
        const exists = await acrossOrganizations(
          ask.with({ method: 'GET', path: `/v1/groups/${ask.params.group_id}` }),
          next,
        );
        return ask.authorization === null && !exists.ok ? refusalReply(404) : next(ask);
      }),
  },
  {
    name: 'organization-without-prefix',
    sentence: 'organization_id is a bare number.',
    breaks: ['ID-6', 'ID-6 should'],
    also: [notOfSchema],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        const isGroup = (groupOperations as readonly unknown[]).includes(ask.operation);
        return isGroup ? reply.with({ text: reply.text.replaceAll(/"org_[\w-]{22}"/g, '"10042"') }) : reply;
      },
    }),
  },
  {
    name: 'organization-stray-bits',
    sentence: 'organization_id is not canonical base64.',
    breaks: ['ID-6 should'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.with({ text: reply.text.replaceAll(/"(org_[\w-]{21})[AQgw]"/g, '"$1B"') });
      },
    }),
  },
  {
    name: 'organization-per-group',
    sentence: 'organization_id is derived from the group.',
    breaks: ['ID-6'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.with({
          text: reply.text.replaceAll(
            /"id":"grp_([\w-]{22})","organization_id":"org_[\w-]{22}"/g,
            '"id":"grp_$1","organization_id":"org_$1"',
          ),
        });
      },
    }),
  },
  {
    name: 'plan-without-prefix',
    sentence: 'Plan ids start with product_.',
    breaks: ['ID-7'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask.with({ text: ask.text.replaceAll('"product_', '"pln_') }));
        return reply.with({ text: reply.text.replaceAll('"pln_', '"product_') });
      },
    }),
  },
  {
    name: 'plans-without-name',
    sentence: 'Entries of the plans list have no name.',
    breaks: ['PLAN-1'],
    also: [notOfSchema],
    patch: () =>
      answers('listPlans', ({ data, ...rest }) => ({ ...rest, data: data.map(({ id }) => ({ id, title: id })) })),
  },
  {
    name: 'plans-without-pagination',
    sentence: 'The plans list has no pagination.',
    breaks: ['PLAN-1 should'],
    patch: () => answers('listPlans', ({ data }) => ({ data })),
  },
  {
    name: 'plans-as-bare-list',
    sentence: 'The plans list is an array without an envelope.',
    breaks: ['PLAN-1', 'PLAN-1 should'],
    also: [notOfSchema],
    patch: () => answers('listPlans', ({ data }) => data),
  },
];

/** Accepts requests whose Authorization header satisfies the condition. */
const letIn = (when: (authorization: string) => boolean): Patch => ({
  around: (ask, next) => next(when(ask.authorization ?? '') ? ask.with({ headers: { authorization: acme } }) : ask),
});

/** Whether a request with a known key is about another organization's group. */
async function isForeign(ask: MockRequest, next: Next): Promise<boolean> {
  const group = ask.with({ method: 'GET', path: `/v1/groups/${ask.params.group_id}` });
  return (
    keys.includes(ask.authorization ?? '') && !(await next(group)).ok && (await acrossOrganizations(group, next)).ok
  );
}

/** The answer that the group's own organization would get. */
async function acrossOrganizations(ask: MockRequest, next: Next): Promise<MockReply> {
  for (const authorization of keys) {
    const reply = await next(ask.with({ headers: { authorization } }));
    const { data } = (reply.json ?? {}) as { data?: unknown };
    if (reply.ok && !(Array.isArray(data) && data.length === 0)) return reply;
  }
  return next(ask);
}

/** The same, but only for the keys of the two organizations. */
const forKnownKeys: typeof acrossOrganizations = (ask, next) =>
  keys.includes(ask.authorization ?? '') ? acrossOrganizations(ask, next) : next(ask);
