import type { QuirkName, Quirks } from '../../generated/quirks.ts';
import { quirks } from '../../generated/quirks.ts';
import { isObject } from '../contract/json-pointer.ts';
import type { RulePart } from '../rule-parts.ts';
import { movingBy } from '../rules/rosters.defects.ts';
import { combined, type Patch } from './patched-mock.ts';
import { answers, completing, errors, type Group, groups, issuedAs, on, refusalReply, refusesRow } from './patches.ts';

/** Another way to keep the contract, which the suite must not accuse. */
export interface Variant {
  readonly name: string;
  /** Two variants of one aspect are incompatible. */
  readonly aspect: string;
  readonly sentence: string;
  /** The should parts that it breaks. */
  readonly warns: readonly RulePart[];
  readonly patch: () => Patch;
}

/** The should parts that each reading of §8 breaks, except the default; a reading that breaks a must is a defect instead. */
const quirkWarnings: {
  readonly [Name in QuirkName]: readonly RulePart[] | Readonly<Record<string, readonly RulePart[]>> | 'defect';
} = {
  'create-status': ['GRP-1 should'],
  'external-reference': { empty: [], null: [], required: ['GRP-11'] },
  'cross-group': [],
  'unknown-plan': [],
  phone: ['SYNC-16 should'],
  'pagination-errors': ['PAGE-4'],
  'error-shape': 'defect',
  'validation-status': ['SYNC-10 should', 'SYNC-11 should', 'SYNC-12'],
  'refusal-order': [],
  overlap: [],
  'phone-format': [],
  'empty-total-pages': [],
};

const readings = (Object.keys(quirks) as QuirkName[]).flatMap((name): Variant[] => {
  const warns = quirkWarnings[name];
  const others = quirks[name].values.slice(1);
  if (warns === 'defect') return [];
  return others.map(({ value, effect }) => ({
    name: `${name}=${value}`,
    aspect: name,
    sentence: `${quirks[name].question} ${effect}`,
    warns: Array.isArray(warns) ? warns : ((warns as Readonly<Record<string, readonly RulePart[]>>)[value] ?? []),
    patch: () => ({ quirks: { [name]: value } as Partial<Quirks> }),
  }));
});

/** Rewrites every JSON answer. */
const allAnswers = (change: (json: unknown) => unknown): Patch => ({
  async around(ask, next) {
    const reply = await next(ask);
    return reply.json === undefined ? reply : reply.with({ json: change(reply.json) });
  },
});

/** Rewrites every timestamp in all answers, or in the answers to one method. */
const timestamps = (change: (timestamp: string) => string, method?: string): Patch => ({
  async around(ask, next) {
    const reply = await next(ask);
    if (method !== undefined && ask.method !== method) return reply;
    return reply.with({ text: reply.text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, change) });
  },
});

function withExtraFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withExtraFields);
  if (!isObject(value)) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withExtraFields(inner)]));
  return { ...fields, x_internal: { version: 2, tags: ['a'] }, links: null };
}

const contentType = (type: string): Patch => ({
  async around(ask, next) {
    return (await next(ask)).with({ headers: { 'content-type': type } });
  },
});

/** Rewrites member ids in another form, always the same for the same id. */
const memberIds = (spelling: (id: string) => string): Patch =>
  answers('retrieveMemberSync', ({ data }) => ({
    data:
      (data.results && {
        ...data,
        results: {
          ...data.results,
          added_group_member_ids: data.results.added_group_member_ids.map(spelling),
          removed_group_member_ids: data.results.removed_group_member_ids.map(spelling),
        },
      }) ||
      data,
  }));

const differences: readonly Variant[] = [
  {
    name: 'rate-limited',
    aspect: 'rate',
    sentence: 'Every fifth request is answered with 429 and has to be repeated.',
    warns: [],
    patch: () => {
      let requests = 0;
      // A repeated request passes; otherwise the same request could be refused every time.
      const refused = new Set<string>();
      return {
        around(ask, next) {
          const request = `${ask.method} ${ask.url} ${ask.text}`;
          if (refused.delete(request) || ++requests % 5 !== 0) return next(ask);
          refused.add(request);
          return refusalReply(429).with({ headers: { 'retry-after-ms': '1', 'retry-after': '1' } });
        },
      };
    },
  },
  {
    name: 'extra-fields',
    aspect: 'fields',
    sentence: 'Every object of every answer has further fields.',
    warns: [],
    patch: () => allAnswers(withExtraFields),
  },
  {
    name: 'microseconds',
    aspect: 'timestamps',
    sentence: 'Timestamps have microseconds and +00:00.',
    warns: [],
    patch: () => timestamps((timestamp) => timestamp.replace('Z', '042+00:00')),
  },
  {
    name: 'whole-seconds',
    aspect: 'timestamps',
    sentence: 'Timestamps have no fraction.',
    warns: [],
    patch: () => timestamps((timestamp) => timestamp.replace(/\.\d+/, '')),
  },
  {
    name: 'two-forms-of-utc',
    aspect: 'timestamps',
    sentence: 'Timestamps end in Z in answers to writes, and in 000+00:00 in answers to reads.',
    warns: [],
    patch: () => timestamps((timestamp) => timestamp.replace('Z', '000+00:00'), 'GET'),
  },
  {
    name: 'null-timestamps',
    aspect: 'group timestamps',
    sentence: 'created_at and updated_at of groups are null.',
    warns: [],
    patch: () => groups((group) => ({ ...group, created_at: null, updated_at: null })),
  },
  {
    name: 'updates-always-stamp',
    aspect: 'group timestamps',
    sentence: 'updated_at changes with every update and every sync, even if nothing else does.',
    warns: [],
    patch: () => {
      const changes = new Map<string, string>();
      return combined(
        groups((group) => ({ ...group, updated_at: changes.get(group.id) ?? group.updated_at })),
        on(['updateGroup', 'submitMemberSync'], async (ask, next) => {
          if ((await next(ask.with({ method: 'GET', path: `/v1/groups/${ask.params.group_id}` }))).ok)
            changes.set(String(ask.params.group_id), new Date().toISOString());
          return next(ask);
        }),
      );
    },
  },
  {
    name: 'results-in-other-order',
    aspect: 'order of results',
    sentence: 'Ids and failures of a result come in a different order at each retrieval.',
    warns: [],
    patch: () => {
      let reads = 0;
      const turned = <T>(values: readonly T[]): readonly T[] => (++reads % 2 ? values.toReversed() : values);
      return answers('retrieveMemberSync', ({ data }) => ({
        data: data.results
          ? {
              ...data,
              results: {
                added_group_member_ids: turned(data.results.added_group_member_ids),
                removed_group_member_ids: turned(data.results.removed_group_member_ids),
                failures: turned(data.results.failures),
              },
            }
          : data,
      }));
    },
  },
  {
    name: 'numeric-member-ids',
    aspect: 'member ids',
    sentence: 'Member ids are digits.',
    warns: ['ID-8 should'],
    patch: () => memberIds((id) => BigInt(`0x${Buffer.from(id).toString('hex')}`).toString()),
  },
  {
    name: 'uuid-member-ids',
    aspect: 'member ids',
    sentence: 'Member ids are UUIDs in hexadecimal.',
    warns: ['ID-8 should'],
    patch: () =>
      memberIds((id) =>
        Buffer.from(id.slice('grpmbr_'.length), 'base64url')
          .toString('hex')
          .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
      ),
  },
  {
    name: 'new-member-id-on-return',
    aspect: 'returning members',
    sentence: 'A member who returns after a removal has a new id.',
    warns: [],
    patch: () => {
      const removals = new Map<string, number>();
      const spelt = (id: string): string => id + '.again'.repeat(removals.get(id) ?? 0);
      return completing({
        after(results) {
          const removed = results.removed_group_member_ids.map(spelt);
          for (const id of results.removed_group_member_ids) removals.set(id, (removals.get(id) ?? 0) + 1);
          return {
            ...results,
            added_group_member_ids: results.added_group_member_ids.map(spelt),
            removed_group_member_ids: removed,
          };
        },
      });
    },
  },
  {
    name: 'slow-syncs',
    aspect: 'progress',
    sentence: 'A sync takes 150 ms.',
    warns: [],
    patch: () => ({ progress: { after: 'delay', ms: 150 } }),
  },
  {
    name: 'syncs-by-polls',
    aspect: 'progress',
    sentence: 'A sync is completed when it is retrieved for the third time.',
    warns: [],
    patch: () => ({ progress: { after: 'polls', count: 2 } }),
  },
  {
    name: 'pretty-printed',
    aspect: 'layout',
    sentence: 'JSON is indented, with a line break at its end.',
    warns: [],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.json === undefined ? reply : reply.with({ text: `${JSON.stringify(reply.json, null, 4)}\n` });
      },
    }),
  },
  {
    name: 'escaped',
    aspect: 'layout',
    sentence: 'JSON is pure ASCII: other characters are escaped.',
    warns: [],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
        return reply.with({ text: reply.text.replaceAll(/[\u0080-\uffff]/g, escaped) });
      },
    }),
  },
  {
    name: 'charset',
    aspect: 'content type',
    sentence: 'Content-Type is application/json;charset=UTF-8.',
    warns: [],
    patch: () => contentType('application/json;charset=UTF-8'),
  },
  {
    name: 'content-type-in-capitals',
    aspect: 'content type',
    sentence: 'Content-Type is Application/JSON; charset=utf-8.',
    warns: [],
    patch: () => contentType('Application/JSON; charset=utf-8'),
  },
  {
    name: 'long-trace-ids',
    aspect: 'trace ids',
    sentence: 'trace_id has 200 characters.',
    warns: [],
    patch: () => errors((body) => ({ ...body, trace_id: `${body.trace_id}/`.padEnd(200, 'span-') })),
  },
  {
    name: 'no-error-code',
    aspect: 'error codes',
    sentence: 'Error bodies have no app_error_code.',
    warns: [],
    patch: () => errors(({ app_error_code, ...body }) => body),
  },
  {
    name: 'null-error-code',
    aspect: 'error codes',
    sentence: 'app_error_code is always null.',
    warns: [],
    patch: () => errors((body) => ({ ...body, app_error_code: null })),
  },
  {
    name: 'other-messages',
    aspect: 'messages',
    sentence: 'Every refusal has the same message, in another language.',
    warns: [],
    patch: () =>
      errors((body) => ({ ...body, message: 'リクエストは拒否されました', error: 'リクエストは拒否されました' })),
  },
  {
    name: 'reference-absent',
    aspect: 'absent references',
    sentence: 'external_reference_id is absent if a group has none.',
    warns: [],
    patch: () =>
      groups((group) => {
        const { external_reference_id, ...rest } = group;
        return external_reference_id ? group : rest;
      }),
  },
  {
    name: 'oldest-first',
    aspect: 'order of the list',
    sentence: 'The list begins with the oldest group.',
    warns: [],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        if (!reply.ok || ask.url.searchParams.has('external_reference_id')) return reply;
        const { data, pagination } = reply.json as {
          data: Group[];
          pagination: { page: number; limit: number; total: number };
        };
        const { page, limit, total } = pagination;
        const all: Group[] = [];
        for (let n = 1; (n - 1) * 100 < total; n += 1) {
          const { json } = await next(ask.with({ path: '/v1/groups', query: { page: n, limit: 100 } }));
          all.push(...(json as { data: Group[] }).data);
        }
        const rows = all.toReversed().slice((page - 1) * limit, page * limit);
        return reply.with({ json: { data: data.length === 0 ? [] : rows, pagination } });
      }),
  },
  {
    name: 'plans-without-pagination',
    aspect: 'plans',
    sentence: 'The plans list has no pagination.',
    warns: ['PLAN-1 should'],
    patch: () => answers('listPlans', ({ data }) => ({ data })),
  },
  {
    name: 'known-by-email-alone',
    aspect: 'cross-group',
    sentence:
      'A person with the e-mail of somebody in another group is treated as the same person, whatever the birth date.',
    warns: ['LIFE-14'],
    patch: () => movingBy(({ email }) => email?.toLowerCase() ?? Symbol('none')),
  },
  {
    name: 'plans-not-paged',
    aspect: 'plans',
    sentence: 'The plans list has no pagination, and every page has all plans.',
    warns: ['PLAN-1 should'],
    patch: () =>
      combined(
        on('listPlans', (ask, next) => next(ask.with({ path: '/v1/plans' }))),
        answers('listPlans', ({ data }) => ({ data })),
      ),
  },
  {
    name: 'phone-in-e164-refused',
    aspect: 'phone-format',
    sentence: 'A phone in E.164 is refused.',
    warns: [],
    patch: () => refusesRow(({ phone }) => typeof phone === 'string' && phone.startsWith('+')),
  },
  {
    name: 'plan-prefix',
    aspect: 'plan ids',
    sentence: 'Plan ids start with plan_, as a comment in one SDK says.',
    warns: [],
    patch: () => ({
      async around(ask, next) {
        const text = ask.text.replaceAll(/"plan_(?=[\w-]{22}")/g, '"pln_');
        const reply = await next(text === ask.text ? ask : ask.with({ text }));
        return reply.with({ text: reply.text.replaceAll('"pln_', '"plan_') });
      },
    }),
  },
  {
    name: 'other-reasons',
    aspect: 'reasons',
    sentence: 'The reason of every failure is one word.',
    warns: [],
    patch: () =>
      completing({
        after: (results) => ({
          ...results,
          failures: results.failures.map((failure) => ({ ...failure, reason: 'abgelehnt' })),
        }),
      }),
  },
  {
    name: 'methods-404',
    aspect: 'methods',
    sentence: 'An unsupported method is answered with 404.',
    warns: [],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.status === 405 ? reply.with({ status: 404 }) : reply;
      },
    }),
  },
  {
    name: 'no-tokens-no-members',
    aspect: 'neighbours',
    sentence: 'There are no access tokens and no lists of members: 404.',
    warns: [],
    patch: () =>
      on(['issueAccessToken', 'listMembers', 'retrieveMember'], (ask, next) =>
        ask.authorization ? refusalReply(404) : next(ask),
      ),
  },
  {
    name: 'no-members',
    aspect: 'neighbours',
    sentence: 'There are access tokens, but no lists of members: 404.',
    warns: [],
    patch: () =>
      on(['listMembers', 'retrieveMember'], (ask, next) => (ask.authorization ? refusalReply(404) : next(ask))),
  },
  {
    name: 'ids-of-21-characters',
    aspect: 'group ids',
    sentence: 'A group id has 21 characters after its prefix, as one guide shows.',
    warns: ['ID-2 should'],
    patch: () => issuedAs((id) => id.slice(0, 4) + id.slice(5)),
  },
  {
    name: 'short-ids',
    aspect: 'group ids',
    sentence: 'A group id has 12 characters after its prefix, as the API reference shows.',
    warns: ['ID-2 should'],
    patch: () => issuedAs((id) => id.slice(0, 16)),
  },
  {
    name: 'ids-of-64-characters',
    aspect: 'group ids',
    sentence: 'A group id has 64 characters after its prefix.',
    warns: ['ID-2 should'],
    patch: () => issuedAs((id) => id.padEnd(68, '-0')),
  },
  {
    name: 'short-organization-id',
    aspect: 'organization ids',
    sentence: 'organization_id has 9 characters after its prefix.',
    warns: ['ID-6 should'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.with({ text: reply.text.replaceAll(/"(org_[\w-]{9})[\w-]{13}"/g, '"$1"') });
      },
    }),
  },
  {
    name: 'created-reference-null-in-list',
    aspect: 'absent references',
    sentence: 'external_reference_id of a group without one is null in the list and "" elsewhere.',
    warns: [],
    patch: () =>
      groups(
        (group) => (group.external_reference_id ? group : { ...group, external_reference_id: null }),
        ['listGroups'],
      ),
  },
  {
    name: 'statuses-422',
    aspect: 'validation-status',
    sentence: 'A body that breaks the schema of a group is answered with 422, one of a sync with 400.',
    warns: [],
    patch: () =>
      on(['createGroup', 'updateGroup'], async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 400 && isObject(ask.json) ? reply.with({ status: 422 }) : reply;
      }),
  },
  {
    name: 'null-update-accepted',
    aspect: 'null update',
    sentence: 'An update whose body is null changes nothing, like one without a body.',
    warns: [],
    patch: () => on('updateGroup', (ask, next) => next(ask.text === 'null' ? ask.with({ json: {} }) : ask)),
  },
  {
    name: 'foreign-messages-with-id',
    aspect: 'messages',
    sentence: 'The message of a 404 names the id that was asked for.',
    warns: [],
    patch: () =>
      errors((body, { params }) => {
        const message = `There is no ${params.request_id ?? params.group_id ?? 'such thing'}.`;
        return { ...body, message, error: message };
      }, 404),
  },
];

/** Every variant that the suite must not accuse. */
export const variants: readonly Variant[] = [...differences, ...readings];
