import { operations } from '../../generated/operations.ts';
import type { Answer } from '../run/answer.ts';
import { rule } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { claim, expect } from '../run/expect.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { pause } from '../run/waiting.ts';

const { default: defaultLimit, maximum: maxRows } = operations.listGroups.query.limit;
/** No list is walked in more pages than this. */
const maxPages = 300;

type PageQuery = Readonly<Record<string, string | number>>;

const list = (run: CheckContext, query: PageQuery = {}) => run.send({ operation: 'listGroups', query });

/** The list by a reference, which is a list even if it is empty. */
async function found(run: CheckContext, external_reference_id: string): Promise<Answer> {
  const answer = await list(run, { external_reference_id });
  claim(
    answer.status === 200,
    `status of the filter by ${JSON.stringify(external_reference_id)}`,
    '200',
    answer.status,
  );
  return answer;
}

const ids = (answer: Answer): unknown[] => answer.rows.map(({ id }) => id);

/** Expects `pagination` with its four integers. */
export function expectPagination({ pagination }: Answer): void {
  for (const name of ['page', 'limit', 'total', 'total_pages'])
    claim(Number.isInteger(pagination[name]), `pagination.${name}`, 'an integer', pagination[name]);
}

/** The number of groups that a list says it has. Throws PreconditionFailed if it does not say it. */
function totalOf({ status, pagination: { total } }: Answer): number {
  if (status !== 200) throw new PreconditionFailed(`listing groups answered ${status}`, 'PAGE-1');
  if (!Number.isInteger(total)) throw new PreconditionFailed('the list of groups has no total', 'PAGE-1');
  return total as number;
}

/**
 * Reads the list while nobody else writes: `read` is repeated until the total is the same before and after it, and what
 * it then returned is returned. Throws PreconditionFailed if the list keeps changing.
 */
async function whileStill<T>(run: CheckContext, read: () => Promise<T>): Promise<T> {
  const attempts = 5;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before = totalOf(await list(run, { limit: 1 }));
    const value = await read();
    if (totalOf(await list(run, { limit: 1 })) === before) return value;
    await pause(200 * attempt);
  }
  throw new PreconditionFailed('others created groups during each of five attempts to read the list', null);
}

/**
 * Every id that walking the pages yields, up to the first empty page; without a limit, as official clients do it. Throws
 * NotApplicable if there are too many pages of different groups to walk.
 */
async function walk(run: CheckContext, limit: number | undefined): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const answer = await list(run, { page, ...(limit && { limit }) });
    if (answer.rows.length === 0) return all;
    all.push(...ids(answer));
    // A service that never answers an empty page repeats itself, or has more groups than it says.
    if (page * (limit ?? defaultLimit) > totalOf(answer) + maxRows) return all;
  }
  if (new Set(all).size < all.length) return all;
  throw new NotApplicable({ because: 'reading', message: `there are more than ${all.length} groups to walk` });
}

/** Walks the list by a page size and expects every group once, and the given ones among them. */
async function expectCompleteWalk(
  run: CheckContext,
  limit: number | undefined,
  created: readonly string[],
): Promise<void> {
  const { all, total } = await whileStill(run, async () => ({
    all: await walk(run, limit),
    total: totalOf(await list(run, { limit: 1 })),
  }));
  const name = limit === undefined ? 'a walk without a limit' : `a walk with limit ${limit}`;
  expect(new Set(all).size, `distinct groups among the ${all.length} of ${name}`).toBe(all.length);
  expect(all.length, `groups of ${name}, as many as total`).toBe(total);
  const missing = created.filter((id) => !all.includes(id));
  expect(missing, `groups of this run that ${name} left out`).toEqual([]);
}

/** A page size that divides the total, so that the last page is full; undefined if the total has none. */
function divisor(total: number): number | undefined {
  for (let limit = Math.min(maxRows, total - 1); limit >= 2; limit -= 1)
    if (total % limit === 0 && total / limit <= maxPages) return limit;
  return undefined;
}

/** A page size that does not divide the total, so that the last of several pages is only partly full. */
function nonDivisor(total: number): number | undefined {
  for (let limit = Math.min(maxRows, total) - 1; limit >= 2; limit -= 1)
    if (total % limit !== 0 && total / limit <= maxPages) return limit;
  return undefined;
}

export const paginationChecks = [
  rule(
    'PAGE-1',
    'the list has data, and pagination with four integers',
    async (run) => {
      const answer = await list(run);
      expect(answer.status, 'status').toBe(200);
      expect((answer.json as { data?: unknown } | undefined)?.data, 'data').toBeInstanceOf(Array);
      expectPagination(answer);
    },
    { readOnly: true },
  ),
  rule(
    'PAGE-2',
    'page 1 of 20 is the default, and other values are echoed',
    async (run) => {
      expect((await list(run)).pagination, 'pagination without parameters').toMatchObject({
        page: 1,
        limit: defaultLimit,
      });
      for (const query of [
        { page: 2, limit: 7 },
        { page: 1, limit: maxRows },
        { page: 3, limit: 1 },
      ])
        expect((await list(run, query)).pagination, `pagination of ${JSON.stringify(query)}`).toMatchObject(query);
      expect((await list(run, { limit: 5 })).pagination, 'pagination with limit 5 alone').toMatchObject({
        page: 1,
        limit: 5,
      });
      // An empty page, on which limit cannot be the number of rows by accident.
      const beyond = { page: Math.ceil(totalOf(await list(run, { limit: 1 })) / 7) + 100, limit: 7 };
      const past = await list(run, beyond);
      if (past.status !== 200) throw new PreconditionFailed(`a page past the end answered ${past.status}`, 'PAGE-6');
      expect(past.pagination, 'pagination past the end').toMatchObject({ limit: 7 });
    },
    { readOnly: true },
  ),
  // Exclusive, so that groups of other checks exist by then.
  rule(
    'PAGE-3',
    'a page has no more rows than limit',
    async (run) => {
      await run.atLeastGroups(4);
      for (const limit of [1, 2, 3])
        expect((await list(run, { limit })).rows.length, `rows with limit ${limit}`).toBeLessThanOrEqual(limit);
    },
    { exclusive: true },
  ),
  rule(
    'PAGE-3',
    'a limit above 100 never yields more than 100 rows',
    async (run) => {
      for (const limit of [maxRows + 1, 1000])
        expect((await list(run, { limit })).rows.length, `rows with limit ${limit}`).toBeLessThanOrEqual(maxRows);
      const answer = await list(run);
      const limit = Number(answer.pagination.limit);
      // PAGE-2 judges which limit is the default.
      if (Number.isInteger(limit))
        expect(answer.rows.length, `rows without a limit, with ${limit} in force`).toBeLessThanOrEqual(limit);
    },
    { readOnly: true },
  ),
  rule(
    'PAGE-3',
    'the same if there are more than 100 groups',
    async (run) => {
      await run.atLeastGroups(maxRows + 1);
      for (const limit of [maxRows, maxRows + 1, 1000])
        expect((await list(run, { limit })).rows.length, `rows with limit ${limit}`).toBeLessThanOrEqual(maxRows);
    },
    { needs: ['heavy'] },
  ),
  rule(
    'PAGE-4',
    'a page or limit out of range or not a number is 400',
    async (run) => {
      for (const query of [
        { limit: 0 },
        { limit: maxRows + 1 },
        { limit: -1 },
        { limit: 'abc' },
        { limit: '5x' },
        { limit: '1.5' },
      ])
        expect((await list(run, query as PageQuery)).status, `status of ${JSON.stringify(query)}`).toBe(400);
      for (const query of [{ page: 0 }, { page: -1 }, { page: 'abc' }, { page: '1x' }])
        expect((await list(run, query as PageQuery)).status, `status of ${JSON.stringify(query)}`).toBe(400);
    },
    { readOnly: true },
  ),
  rule(
    'PAGE-5',
    'a walk yields every group once, with full and with partial last pages',
    async (run) => {
      await run.atLeastGroups(2 * defaultLimit + 1);
      const created = [...run.ownGroupIds];
      const nameless = await run.send({ operation: 'createGroup', body: { name: 'Conformance PAGE-5' } });
      if (typeof nameless.data.id === 'string') created.push(nameless.data.id);
      const createOne = async () => created.push((await run.group()).id);
      await expectCompleteWalk(run, maxRows, created);
      let total = totalOf(await list(run, { limit: 1 }));
      if (total <= maxPages * defaultLimit) await expectCompleteWalk(run, undefined, created);
      for (let n = 0; n < 4 && divisor(total) === undefined; n += 1) {
        await createOne();
        total = totalOf(await list(run, { limit: 1 }));
      }
      const fitting = divisor(total);
      if (fitting !== undefined) await expectCompleteWalk(run, fitting, created);
      const broken = nonDivisor(totalOf(await list(run, { limit: 1 })));
      if (broken !== undefined) await expectCompleteWalk(run, broken, created);
    },
    { exclusive: true },
  ),
  rule(
    'PAGE-6',
    'pages far past the end are 200 and empty',
    async (run) => {
      const lastPage = Math.ceil(totalOf(await list(run)) / defaultLimit);
      for (const page of [lastPage + 50, 1_000_000]) {
        const answer = await list(run, { page });
        expect(answer.status, `status of page ${page}`).toBe(200);
        expect((answer.json as { data?: unknown } | undefined)?.data, `data of page ${page}`).toEqual([]);
      }
    },
    { readOnly: true },
  ),
  rule(
    'PAGE-6',
    'a page past the end has the same total',
    async (run) => {
      await run.atLeastGroups(1);
      const [total, beyond] = await whileStill(run, async () => {
        const all = totalOf(await list(run, { limit: 1 }));
        return [all, await list(run, { limit: maxRows, page: Math.ceil(all / maxRows) + 10 })] as const;
      });
      expect(beyond.pagination.total, 'total of a page past the end').toBe(total);
    },
    { exclusive: true },
  ),
  rule(
    'PAGE-6',
    'the page right after the last is 200 and empty',
    async (run) => {
      await run.atLeastGroups(1);
      const answers = await whileStill(run, async () => {
        // In pages of one group, the last page is full; in the largest, it seldom is.
        const total = totalOf(await list(run, { limit: 1 }));
        return Promise.all([1, maxRows].map((limit) => list(run, { limit, page: Math.ceil(total / limit) + 1 })));
      });
      for (const answer of answers) {
        expect(answer.status, 'status of the page after the last').toBe(200);
        expect((answer.json as { data?: unknown } | undefined)?.data, 'data of that page').toEqual([]);
      }
    },
    { exclusive: true },
  ),
  rule(
    'PAGE-7',
    'total_pages is total divided by limit, rounded up',
    async (run) => {
      await run.atLeastGroups(2);
      for (const limit of [1, 2, 3, defaultLimit, maxRows]) {
        const answer = await list(run, { limit });
        const total = totalOf(answer);
        expect(total, 'total after a group was created').toBeGreaterThan(0);
        expect(answer.pagination.total_pages, `total_pages of ${total} with limit ${limit}`).toBe(
          Math.ceil(total / limit),
        );
      }
    },
    { exclusive: true },
  ),
  rule('PAGE-8', 'a reference finds the one group that has it, exactly', async (run) => {
    const base = run.reference();
    const references = [`${base}-Case`, `${base} with space & sign + % 100`, `${base}-é😀`, `${base}_x`];
    const created = new Map<string, unknown>();
    for (const external_reference_id of references) {
      const answer = await run.send({
        operation: 'createGroup',
        body: { ...run.groupBody(), external_reference_id },
      });
      if (answer.status >= 300) throw new PreconditionFailed(`creating a group answered ${answer.status}`, 'GRP-1');
      created.set(external_reference_id, answer.data.id);
    }
    for (const [external_reference_id, id] of created) {
      const answer = await found(run, external_reference_id);
      expect(ids(answer), `groups with reference ${JSON.stringify(external_reference_id)}`).toEqual([id]);
      expect(totalOf(answer), 'total of that list').toBe(1);
    }
    const strangers = ['', '-case', '-Case ', '%', '-_', '-x', '-e😀', '-é😁'].map((end) => base + end);
    for (const external_reference_id of strangers) {
      const answer = await found(run, external_reference_id);
      expect(ids(answer), `groups with reference ${JSON.stringify(external_reference_id)}`).toEqual([]);
      expect(totalOf(answer), 'total of that list').toBe(0);
    }
  }),
  rule('PAGE-8', 'the filter goes by the reference that a group has now, and by nothing else', async (run) => {
    const group = await run.group();
    const { name, external_reference_id: old } = group.created;
    const external_reference_id = run.reference();
    const { status } = await group.send('updateGroup', { body: { external_reference_id } });
    if (status !== 200) throw new PreconditionFailed(`updating a reference answered ${status}`, 'GRP-6');
    const foundIds = async (reference: unknown) => ids(await found(run, String(reference)));
    expect(await foundIds(external_reference_id), 'groups with the new reference').toEqual([group.id]);
    for (const [what, text] of Object.entries({ 'the old reference': old, 'its name': name, 'its id': group.id }))
      expect(await foundIds(text), `groups whose reference is ${what}`).toEqual([]);
    const answer = await list(run, { external_reference_id, limit: 1, page: 1 });
    expect(ids(answer), 'groups with that reference, on page 1 of 1').toEqual([group.id]);
    expect(totalOf(answer), 'total of that list').toBe(1);
    const second = await list(run, { external_reference_id, limit: 1, page: 2 });
    expect(ids(second), 'groups with that reference, on page 2 of 1').toEqual([]);
  }),
  rule(
    'PAGE-8',
    'the filter finds the first group of this run at its end',
    async (run) => {
      await run.atLeastGroups(defaultLimit + 1);
      const [group_id = ''] = run.ownGroupIds;
      const { data } = await run.send({ operation: 'retrieveGroup', params: { group_id } });
      const answer = await list(run, { external_reference_id: String(data.external_reference_id) });
      expect(ids(answer), 'groups with its reference').toEqual([group_id]);
    },
    { audit: true },
  ),
  rule(
    'PAGE-9',
    'the order of the list is the same twice, and the same in pages of another size',
    async (run) => {
      await run.atLeastGroups(4);
      const [first, second, halves] = await whileStill(run, async () => [
        ids(await list(run, { limit: 4 })),
        ids(await list(run, { limit: 4 })),
        [...ids(await list(run, { limit: 2, page: 1 })), ...ids(await list(run, { limit: 2, page: 2 }))],
      ]);
      expect(second, 'ids of the list read again').toEqual(first);
      expect(halves, 'ids of its first two pages of half the size').toEqual(first);
    },
    { exclusive: true },
  ),
];
