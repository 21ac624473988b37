import { isObject } from '../contract/json-pointer.ts';
import type { Defect } from '../self-test/defect.ts';
import type { MockRequest } from '../self-test/mock-exchange.ts';
import { combined, type Patch } from '../self-test/patched-mock.ts';
import { answers, completing, type Group, on, organizationOf, refusalReply } from '../self-test/patches.ts';

type OnPatch = Parameters<typeof on>;

/** Handles calls with the second organization's key. */
const onSecond = (operations: OnPatch[0], handle: OnPatch[1]): Patch =>
  on(operations, (ask, next) => (organizationOf(ask) === 'globex' ? handle(ask, next) : next(ask)));

const asFirst = (ask: MockRequest): MockRequest => ask.with({ headers: { authorization: 'Bearer vit_apk_acme' } });
const asStranger = (ask: MockRequest): MockRequest =>
  organizationOf(ask) === 'globex' ? asFirst(ask) : ask.with({ headers: { authorization: 'Bearer vit_apk_globex' } });

const page = (ask: MockRequest): number => Number(ask.url.searchParams.get('page') ?? 1);

/** What goes wrong for the second organization only, or on the second page only. */
export const secondOrganizationDefects: readonly Defect[] = [
  {
    name: 'second-organization-cannot-update',
    sentence: 'Only the first organization can update its groups; others are answered with 404.',
    breaks: ['GRP-5'],
    patch: () => onSecond('updateGroup', () => refusalReply(404)),
  },
  {
    name: 'second-organization-unfiltered',
    sentence: 'The filter by reference is ignored for the second organization.',
    breaks: ['GRP-5'],
    patch: () => onSecond('listGroups', (ask, next) => next(ask.with({ path: '/v1/groups' }))),
  },
  {
    name: 'second-organization-references-repeat',
    sentence: 'The second organization can use a reference twice.',
    breaks: ['GRP-12'],
    patch: () =>
      onSecond('createGroup', async (ask, next) => {
        const reply = await next(ask);
        if (reply.status !== 409 || !isObject(ask.json)) return reply;
        const { external_reference_id, ...body } = ask.json;
        const created = await next(ask.with({ json: body }));
        return created.with({ json: { data: { ...(created.json as { data: Group }).data, external_reference_id } } });
      }),
  },
  {
    name: 'second-organization-names-unchecked',
    sentence: 'A bad name from the second organization is replaced by a default.',
    breaks: ['GRP-10'],
    patch: () =>
      onSecond('createGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 400 && isObject(ask.json)
          ? next(ask.with({ json: { ...ask.json, name: 'Unnamed' } }))
          : reply;
      }),
  },
  {
    name: 'second-organization-keeps-members',
    sentence: 'An empty roster of the second organization removes nobody.',
    breaks: ['SYNC-9'],
    patch: () => {
      const second = new Set<string>();
      return combined(
        onSecond('createGroup', async (ask, next) => {
          const reply = await next(ask);
          if (reply.ok) second.add((reply.json as { data: Group }).data.id);
          return reply;
        }),
        completing({
          before(completion) {
            if (second.has(completion.loaded.groupId) && completion.rows.length === 0) completion.roster = [];
          },
        }),
      );
    },
  },
  {
    name: 'first-organization-sees-second',
    sentence: "The first organization can see the second one's groups, but not the other way round.",
    breaks: ['AUTH-3'],
    patch: () =>
      on('retrieveGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 404 && organizationOf(ask) === 'acme' ? next(asStranger(ask)) : reply;
      }),
  },
  {
    name: 'foreign-reference-updated',
    sentence: "An update of another organization's group is answered with 404, but its reference is stored.",
    breaks: ['AUTH-3'],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        const { external_reference_id } = (ask.json ?? {}) as { external_reference_id?: unknown };
        if (reply.status === 404 && external_reference_id)
          await next(asStranger(ask).with({ json: { external_reference_id } }));
        return reply;
      }),
  },
  {
    name: 'request-under-group-of-stranger',
    sentence: "Another organization's sync request can be retrieved under one's own group.",
    breaks: ['AUTH-3'],
    patch: () => {
      const paths = new Map<unknown, MockRequest>();
      return combined(
        answers('submitMemberSync', (body, ask) => {
          const path = `${ask.url.pathname}/${body.data.request_id}`;
          paths.set(body.data.request_id, ask.with({ method: 'GET', path }));
          return body;
        }),
        on('retrieveMemberSync', async (ask, next) => {
          const reply = await next(ask);
          const original = paths.get(ask.params.request_id);
          if (reply.status !== 404 || !original || organizationOf(original) === organizationOf(ask)) return reply;
          const isOwn = (await next(ask.with({ path: `/v1/groups/${ask.params.group_id}` }))).ok;
          return isOwn ? next(original) : reply;
        }),
      );
    },
  },
  {
    name: 'second-page-of-everybody',
    sentence: 'Pages after the first of the second organization are those of the first.',
    breaks: ['AUTH-3'],
    patch: () => onSecond('listGroups', (ask, next) => next(page(ask) > 1 ? asFirst(ask) : ask)),
  },
  {
    name: 'second-page-without-key',
    sentence: 'Pages of the list after the first are answered without a key.',
    breaks: ['AUTH-1'],
    patch: () =>
      on('listGroups', (ask, next) => next(page(ask) > 1 && ask.authorization === null ? asFirst(ask) : ask)),
  },
  {
    name: 'members-found-by-strangers',
    sentence: "A search for members finds those of other organizations if one's own has no match.",
    breaks: ['MEM-3'],
    patch: () =>
      onSecond('listMembers', async (ask, next) => {
        const reply = await next(ask);
        const { data } = (reply.json ?? {}) as { data?: readonly unknown[] };
        return data?.length === 0 ? next(asFirst(ask)) : reply;
      }),
  },
];
