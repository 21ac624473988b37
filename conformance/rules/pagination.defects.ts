import { alsoFails, type Defect, notOfSchema } from '../self-test/defect.ts';
import type { MockRequest } from '../self-test/mock-exchange.ts';
import { combined, type Next, type Patch } from '../self-test/patched-mock.ts';
import { answers, type Group, on, refusalReply } from '../self-test/patches.ts';

interface List {
  readonly data: readonly Group[];
  readonly pagination: {
    readonly page: number;
    readonly limit: number;
    readonly total: number;
    readonly total_pages: number;
  };
}

const isFiltered = (ask: MockRequest): boolean => ask.url.searchParams.has('external_reference_id');

/** Rewrites the list without a filter. */
const lists = (change: (list: List, ask: MockRequest) => unknown): Patch =>
  answers('listGroups', (list, ask) => (isFiltered(ask) ? list : change(list as List, ask)));

/** Every group of the caller, newest first. */
async function everything(ask: MockRequest, next: Next): Promise<Group[]> {
  const all: Group[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = (await next(ask.with({ path: '/v1/groups', query: { page, limit: 100 } }))).json as List;
    if (data.length === 0) return all;
    all.push(...data);
  }
}

/** Filters the list by reference with another comparison. */
const filter = (matches: (stored: string, wanted: string) => boolean): Patch =>
  filterGroups(({ external_reference_id: stored }, wanted) => typeof stored === 'string' && matches(stored, wanted));

/** As above, but compares any fields of a group. */
const filterGroups = (matches: (group: Group, wanted: string) => boolean): Patch =>
  on('listGroups', async (ask, next) => {
    const reply = await next(ask);
    const wanted = ask.url.searchParams.get('external_reference_id');
    if (!reply.ok || wanted === null) return reply;
    const data = (await everything(ask, next)).filter((group) => matches(group, wanted));
    const { pagination } = reply.json as List;
    const total_pages = Math.ceil(data.length / pagination.limit);
    return reply.with({
      json: { data: data.slice(0, pagination.limit), pagination: { ...pagination, total: data.length, total_pages } },
    });
  });

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
const emoji = /\p{Extended_Pictographic}/gu;

export const paginationDefects: readonly Defect[] = [
  {
    name: 'total-as-text',
    sentence: 'The numbers of pagination are strings: total is "12".',
    breaks: ['PAGE-1'],
    also: [notOfSchema],
    patch: () =>
      answers('listGroups', ({ data, pagination }) => ({
        data,
        pagination: { ...pagination, total: String(pagination.total) },
      })),
  },
  {
    name: 'no-total-pages',
    sentence: 'pagination has no total_pages.',
    breaks: ['PAGE-1'],
    also: [notOfSchema, { rule: 'PAGE-7', why: 'a missing number is not the right one' }],
    patch: () =>
      answers('listGroups', ({ data, pagination: { total_pages, ...pagination } }) => ({ data, pagination })),
  },
  {
    name: 'default-limit-25',
    sentence: 'A page has 25 groups by default.',
    breaks: ['PAGE-2'],
    patch: () =>
      on('listGroups', (ask, next) =>
        next(ask.url.searchParams.has('limit') ? ask : ask.with({ query: { limit: 25 } })),
      ),
  },
  {
    name: 'limit-echoes-rows',
    sentence: 'pagination.limit is the number of rows on the page.',
    breaks: ['PAGE-2'],
    patch: () =>
      lists(({ data, pagination }) => ({ data, pagination: { ...pagination, limit: Math.max(1, data.length) } })),
  },
  {
    name: 'page-counted-from-zero',
    sentence: 'pagination.page counts from zero.',
    breaks: ['PAGE-2'],
    also: [notOfSchema],
    patch: () => lists(({ data, pagination }) => ({ data, pagination: { ...pagination, page: pagination.page - 1 } })),
  },
  {
    name: 'one-row-too-many',
    sentence: 'A page has one row more than limit, the first of the next page.',
    breaks: ['PAGE-3', 'PAGE-5'],
    also: [{ rule: 'PAGE-9', why: 'pages of half the size no longer make up the page' }],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        const { data, pagination } = reply.json as List;
        if (!reply.ok || isFiltered(ask) || pagination.limit >= 100) return reply;
        const all = await everything(ask, next);
        return reply.with({
          json: {
            data:
              data.length === 0
                ? []
                : all.slice((pagination.page - 1) * pagination.limit).slice(0, pagination.limit + 1),
            pagination,
          },
        });
      }),
  },
  {
    name: 'limit-without-bound',
    sentence: 'A limit above 100 is honoured.',
    breaks: ['PAGE-3', 'PAGE-4'],
    also: [notOfSchema],
    heavy: true,
    patch: () =>
      on('listGroups', async (ask, next) => {
        const limit = Number(ask.url.searchParams.get('limit'));
        if (!ask.authorization || !(limit > 100 && limit <= 1000)) return next(ask);
        const data = await everything(ask, next);
        const reply = await next(ask.with({ query: { limit: 100 } }));
        const { pagination } = reply.json as List;
        return reply.with({
          json: {
            data: data.slice(0, limit),
            pagination: { ...pagination, limit, total_pages: Math.ceil(data.length / limit) },
          },
        });
      }),
  },
  {
    name: 'paging-clamped',
    sentence: 'A page or limit out of range is replaced by the nearest valid one.',
    breaks: ['PAGE-4'],
    patch: () => ({ quirks: { 'pagination-errors': 'clamp' } }),
  },
  {
    name: 'page-zero-accepted',
    sentence: 'Page 0 is taken for page 1.',
    breaks: ['PAGE-4'],
    patch: () =>
      on('listGroups', (ask, next) =>
        next(ask.url.searchParams.get('page') === '0' ? ask.with({ query: { page: 1 } }) : ask),
      ),
  },
  {
    name: 'boundary-skips-group',
    sentence: 'The first group of the last page is left out, but only if limit divides total.',
    breaks: ['PAGE-5'],
    patch: () =>
      lists(({ data, pagination }) => {
        const { page, limit, total, total_pages } = pagination;
        return { data: total % limit === 0 && page > 1 && page === total_pages ? data.slice(1) : data, pagination };
      }),
  },
  {
    name: 'default-page-loses-group',
    sentence: 'Without limit, the last group of a full page after the first is left out.',
    breaks: ['PAGE-5'],
    patch: () =>
      lists(({ data, pagination }, ask) => {
        const isFull = pagination.page > 1 && data.length === pagination.limit;
        return { data: isFull && !ask.url.searchParams.has('limit') ? data.slice(0, -1) : data, pagination };
      }),
  },
  {
    name: 'last-page-dropped',
    sentence: 'The last page is empty if limit does not divide total.',
    breaks: ['PAGE-5'],
    patch: () =>
      lists(({ data, pagination }) => {
        const { page, limit, total } = pagination;
        return { data: page > 1 && page * limit > total ? [] : data, pagination };
      }),
  },
  {
    name: 'pages-overlap',
    sentence: 'Each page begins with the last group of the page before.',
    breaks: ['PAGE-5'],
    also: [{ rule: 'PAGE-9', why: 'two pages of half the size no longer make up the page' }],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        const { data, pagination } = reply.json as List;
        if (!reply.ok || isFiltered(ask) || pagination.page === 1 || data.length === 0) return reply;
        const start = (pagination.page - 1) * pagination.limit - 1;
        return reply.with({
          json: { data: (await everything(ask, next)).slice(start, start + pagination.limit), pagination },
        });
      }),
  },
  {
    name: 'total-off-by-one',
    sentence: 'total counts one group too many.',
    breaks: ['PAGE-5'],
    patch: () =>
      lists(({ data, pagination }) => {
        const total = pagination.total + 1;
        return { data, pagination: { ...pagination, total, total_pages: Math.ceil(total / pagination.limit) } };
      }),
  },
  {
    name: 'empty-page-404',
    sentence: 'A page past the end is answered with 404.',
    breaks: ['PAGE-6'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        const { data, pagination } = reply.json as List;
        return reply.ok && !isFiltered(ask) && data.length === 0 && pagination.page > 1 ? refusalReply(404) : reply;
      }),
  },
  {
    name: 'empty-page-has-no-total',
    sentence: 'The total of a page past the end is 0.',
    breaks: ['PAGE-6'],
    patch: () =>
      lists(({ data, pagination }) => ({
        data,
        pagination: data.length === 0 && pagination.page > 1 ? { ...pagination, total: 0 } : pagination,
      })),
  },
  {
    name: 'next-page-repeats-last',
    sentence: 'The page right after the last one repeats it.',
    breaks: ['PAGE-6'],
    also: [{ rule: 'PAGE-5', why: 'a walk meets the last page twice' }],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        const { pagination } = reply.json as List;
        if (!reply.ok || isFiltered(ask) || pagination.total === 0 || pagination.page !== pagination.total_pages + 1)
          return reply;
        const last = (await next(ask.with({ query: { page: pagination.total_pages } }))).json as List;
        return reply.with({ json: { data: last.data, pagination } });
      }),
  },
  {
    name: 'far-page-wraps',
    sentence: 'A page far past the end shows the first page.',
    breaks: ['PAGE-6'],
    besides: ['ID'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        const { pagination } = reply.json as List;
        if (!reply.ok || isFiltered(ask) || pagination.page < 1_000_000) return reply;
        const first = (await next(ask.with({ query: { page: 1 } }))).json as List;
        return reply.with({ json: { data: first.data, pagination } });
      }),
  },
  {
    name: 'total-pages-rounded-down',
    sentence: 'total_pages is total divided by limit, rounded down, plus one.',
    breaks: ['PAGE-7'],
    patch: () =>
      lists(({ data, pagination }) => ({
        data,
        pagination: { ...pagination, total_pages: Math.floor(pagination.total / pagination.limit) + 1 },
      })),
  },
  {
    name: 'total-pages-of-default',
    sentence: 'total_pages is computed with the default limit.',
    breaks: ['PAGE-7'],
    patch: () =>
      lists(({ data, pagination }) => ({
        data,
        pagination: { ...pagination, total_pages: Math.ceil(pagination.total / 20) },
      })),
  },
  {
    name: 'filter-without-case',
    sentence: 'The filter by reference ignores case.',
    breaks: ['PAGE-8', 'GRP-16'],
    patch: () => filter((stored, wanted) => stored.toLowerCase() === wanted.toLowerCase()),
  },
  {
    name: 'filter-without-accents',
    sentence: 'The filter by reference ignores accents, as some database collations do.',
    breaks: ['PAGE-8'],
    patch: () => filter((stored, wanted) => withoutAccents(stored) === withoutAccents(wanted)),
  },
  {
    name: 'filter-without-emoji',
    sentence: 'The filter by reference treats all emoji as equal, as some database collations do.',
    breaks: ['PAGE-8'],
    patch: () => filter((stored, wanted) => stored.replaceAll(emoji, '?') === wanted.replaceAll(emoji, '?')),
  },
  {
    name: 'filter-by-prefix',
    sentence: 'The filter by reference finds every reference that begins with it.',
    breaks: ['PAGE-8', 'GRP-16'],
    patch: () => filter((stored, wanted) => stored.startsWith(wanted)),
  },
  {
    name: 'filter-like',
    sentence: 'The filter by reference takes _ and % as wildcards.',
    breaks: ['PAGE-8'],
    patch: () =>
      filter((stored, wanted) =>
        new RegExp(
          `^${wanted
            .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
            .replaceAll('%', '.*')
            .replaceAll('_', '.')}$`,
          'u',
        ).test(stored),
      ),
  },
  {
    name: 'filter-trims',
    sentence: 'The filter by reference ignores spaces at the end.',
    breaks: ['PAGE-8', 'GRP-16'],
    patch: () => filter((stored, wanted) => stored === wanted.trimEnd()),
  },
  {
    name: 'filter-without-match-ignored',
    sentence: 'A filter that nothing matches is ignored.',
    breaks: ['PAGE-8'],
    also: [
      { rule: 'AUTH-3', why: "a group's reference must find nothing in another organization" },
      { rule: 'ERR-4', why: 'it uses the filter to check that nothing was created' },
      { rule: 'GRP-6', why: 'the old reference must find nothing' },
      { rule: 'GRP-10', why: 'it uses the filter to check that nothing was created' },
    ],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        return reply.ok && isFiltered(ask) && (reply.json as List).data.length === 0
          ? next(ask.with({ path: '/v1/groups' }))
          : reply;
      }),
  },
  {
    name: 'filter-without-match-404',
    sentence: 'A filter that nothing matches is answered with 404.',
    breaks: ['PAGE-8'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        return reply.ok && isFiltered(ask) && (reply.json as List).data.length === 0 ? refusalReply(404) : reply;
      }),
  },
  {
    name: 'filter-for-first-page-only',
    sentence: 'The filter by reference is ignored on pages after the first.',
    breaks: ['PAGE-8'],
    patch: () =>
      on('listGroups', (ask, next) => {
        const { page, limit } = Object.fromEntries(ask.url.searchParams);
        return next(
          Number(page) > 1 && limit ? ask.with({ path: '/v1/groups', query: { page: String(page), limit } }) : ask,
        );
      }),
  },
  {
    name: 'filter-among-newest',
    sentence: 'The filter by reference searches only the newest fifty groups.',
    breaks: ['PAGE-8'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        if (!reply.ok || !isFiltered(ask)) return reply;
        const { data, pagination } = reply.json as List;
        const newest = new Set((await everything(ask, next)).slice(0, 50).map(({ id }) => id));
        return data.every(({ id }) => newest.has(id))
          ? reply
          : reply.with({ json: { data: [], pagination: { ...pagination, total: 0, total_pages: 0 } } });
      }),
  },
  {
    name: 'groups-without-reference-unlisted',
    sentence: 'Groups without a reference are neither listed nor counted.',
    breaks: ['PAGE-5'],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        if (!reply.ok || isFiltered(ask)) return reply;
        const { page, limit } = (reply.json as List).pagination;
        const all = (await everything(ask, next)).filter(({ external_reference_id }) => external_reference_id);
        const pagination = { page, limit, total: all.length, total_pages: Math.ceil(all.length / limit) };
        return reply.with({ json: { data: all.slice((page - 1) * limit, page * limit), pagination } });
      }),
  },
  {
    name: 'page-read-up-to-letters',
    sentence: 'Anything after the digits of a page or limit is ignored: 5x counts as 5.',
    breaks: ['PAGE-4'],
    patch: () =>
      on('listGroups', (ask, next) => {
        const read = (name: string) => {
          const text = ask.url.searchParams.get(name);
          return /^\d+\D/.test(text ?? '') ? { [name]: Number.parseInt(text as string, 10) } : {};
        };
        return next(ask.with({ query: { ...read('page'), ...read('limit') } }));
      }),
  },
  {
    name: 'plans-on-every-page',
    sentence: 'Every page of the plans list has all plans.',
    breaks: ['PLAN-1 should'],
    patch: () => on('listPlans', (ask, next) => next(ask.with({ path: '/v1/plans' }))),
  },
  {
    name: 'filter-by-name-too',
    sentence: 'The filter by reference finds a group by its name, too.',
    breaks: ['PAGE-8'],
    patch: () =>
      filterGroups(({ name, external_reference_id }, wanted) => [name, external_reference_id].includes(wanted)),
  },
  {
    name: 'filter-by-id-too',
    sentence: 'The filter by reference finds a group by its id, too.',
    breaks: ['PAGE-8'],
    patch: () => filterGroups(({ id, external_reference_id }, wanted) => [id, external_reference_id].includes(wanted)),
  },
  {
    name: 'filter-by-first-reference',
    sentence: 'The filter finds a group only by the reference that it was created with.',
    breaks: ['PAGE-8'],
    also: [
      ...alsoFails('the group is looked for in the list by its new reference', 'GRP-5', 'GRP-6'),
      { rule: 'GRP-12', why: 'the list filtered by reference must show the one group that has it' },
    ],
    patch: () => {
      const first = new Map<string, string | null | undefined>();
      return combined(
        answers('createGroup', (body) => {
          first.set(body.data.id, body.data.external_reference_id);
          return body;
        }),
        filterGroups(({ id, external_reference_id }, wanted) => (first.get(id) ?? external_reference_id) === wanted),
      );
    },
  },
  {
    name: 'filtered-total-of-all',
    sentence: 'A filtered list has the total of the unfiltered one.',
    breaks: ['PAGE-8'],
    also: [{ rule: 'AUTH-3', why: 'the list filtered by a foreign reference must be empty, with a total of 0' }],
    patch: () =>
      on('listGroups', async (ask, next) => {
        const reply = await next(ask);
        if (!reply.ok || !isFiltered(ask)) return reply;
        const whole = (await next(ask.with({ path: '/v1/groups' }))).json as List;
        return reply.with({ json: { data: (reply.json as List).data, pagination: whole.pagination } });
      }),
  },
  {
    name: 'order-at-random',
    sentence: 'The order of a page changes each time it is read.',
    breaks: ['PAGE-9'],
    patch: () => {
      let reads = 0;
      return lists(({ data, pagination }) => ({ data: ++reads % 2 ? data : data.toReversed(), pagination }));
    },
  },
  {
    name: 'order-by-page',
    sentence: 'Each page is sorted on its own, oldest first, although the pages run newest first.',
    breaks: ['PAGE-9'],
    patch: () => lists(({ data, pagination }) => ({ data: data.toReversed(), pagination })),
  },
];
