import { type OperationId, operations } from '../../generated/operations.ts';
import type { RulePart } from '../rule-parts.ts';
import { isRecord, type Seen } from './exchange.ts';
import { type Judgement, judge, shown } from './judgement.ts';
import type { Memory } from './memory.ts';

type ListOperation = 'listGroups' | 'listPlans' | 'listMembers';

const isList = (operation: OperationId | null): operation is ListOperation =>
  operation === 'listGroups' || operation === 'listPlans' || operation === 'listMembers';

/** For lists of members and of plans, the page rules are only a should of one rule each. */
function partOf(operation: ListOperation, part: RulePart): RulePart {
  if (operation === 'listMembers') return 'MEM-2';
  return operation === 'listPlans' ? 'PLAN-1 should' : part;
}

interface Asked {
  readonly page: number;
  readonly limit: number;
}

const maxLimit = operations.listGroups.query.limit.maximum;
const hugePage = 1_000_000;

/** The page and limit of a query; null if one of them is invalid or repeated. */
function askedOf(query: URLSearchParams): Asked | null {
  const read = (name: 'page' | 'limit', max: number): number | null => {
    const values = query.getAll(name);
    if (values.length === 0) return operations.listGroups.query[name].default;
    const [text = ''] = values;
    const value = Number(text);
    return values.length === 1 && /^\d+$/.test(text) && value >= 1 && value <= max ? value : null;
  };
  const [page, limit] = [read('page', Number.POSITIVE_INFINITY), read('limit', maxLimit)];
  return page === null || limit === null ? null : { page, limit };
}

/** Whether the query has exactly one page or limit that is certainly invalid. */
export function isSurelyWrong(query: URLSearchParams): boolean {
  return (['page', 'limit'] as const).some((name) => {
    const values = query.getAll(name);
    const [text = ''] = values;
    if (values.length !== 1 || text === '') return false;
    return !/^[+]?\d+$/.test(text.trim()) || Number(text) < 1 || (name === 'limit' && Number(text) > maxLimit);
  });
}

/** PAGE-1 and PLAN-1: the envelope of a list. */
export function* envelope({ operation, ok, json }: Seen): Iterable<Judgement> {
  if (!isList(operation) || !ok) return;
  const { data, pagination } = isRecord(json) ? json : { data: undefined, pagination: undefined };
  const integers = ['page', 'limit', 'total', 'total_pages'];
  const areIntegers = isRecord(pagination) && integers.every((name) => Number.isInteger(pagination[name]));
  if (operation === 'listPlans') {
    const rows = Array.isArray(data) ? data : [];
    const arePlans = rows.every((plan) => typeof plan?.id === 'string' && typeof plan?.name === 'string');
    yield judge('PLAN-1', Array.isArray(data) && arePlans, 'data', 'plans with id and name', data);
    yield judge('PLAN-1 should', areIntegers, 'pagination', 'four integers', pagination);
    return;
  }
  const part = partOf(operation, 'PAGE-1');
  yield judge(part, Array.isArray(data), 'data', 'an array', data);
  yield judge(part, areIntegers, 'pagination', 'four integers', pagination);
}

/** PAGE-2, PAGE-3, PAGE-4, PAGE-6 and PAGE-7: the arithmetic of one page. */
export function* pageArithmetic(
  { operation, ok, status, json, rows, query, key }: Seen,
  memory: Memory,
): Iterable<Judgement> {
  if (!isList(operation) || query.has('cursor')) return;
  const part = (name: RulePart) => partOf(operation, name);
  const asked = askedOf(query);
  if (isSurelyWrong(query) && (ok || status === 400))
    yield judge(
      part('PAGE-4'),
      status === 400,
      'status',
      `400 to page ${query.get('page') ?? 'absent'}, limit ${query.get('limit') ?? 'absent'}`,
      status,
    );
  if (!ok) {
    if (status !== 404 || asked === null || !memory.reading.has(key) || operation !== 'listGroups') return;
    const filter = query.get('external_reference_id');
    if (filter) yield judge('PAGE-8', false, 'status', '200 with an empty list', status);
    else if (asked.page > 1 && asked.page < hugePage)
      yield judge('PAGE-6', false, 'status', `200 to page ${asked.page}`, status);
    return;
  }
  const limit = asked?.limit ?? maxLimit;
  yield judge(part('PAGE-3'), rows.length <= limit, 'data', `at most ${limit} rows`, rows.length);
  const pagination = isRecord(json) && isRecord(json.pagination) ? json.pagination : {};
  if (asked && asked.page < hugePage && pagination.page !== undefined && pagination.limit !== undefined) {
    const echo = { page: pagination.page, limit: pagination.limit };
    const same = echo.page === asked.page && echo.limit === asked.limit;
    yield judge(part('PAGE-2'), same, 'pagination', shown(asked), echo);
  }
  const { total, total_pages: pages, limit: stated } = pagination;
  if (typeof total !== 'number' || typeof pages !== 'number' || typeof stated !== 'number' || stated < 1) return;
  const expected = Math.ceil(total / stated);
  if (total > 0)
    yield judge(
      part('PAGE-7'),
      pages === expected || (asked !== null && pages === Math.ceil(total / asked.limit)),
      'total_pages',
      String(expected),
      pages,
    );
  if (!asked || memory.others !== 'none' || rows.some(({ id }) => memory.isForeign(id, key))) return;
  if (query.get('external_reference_id')) return;
  const first = (asked.page - 1) * asked.limit;
  if (first >= total && total >= 0)
    yield judge(part(asked.page > 1 ? 'PAGE-6' : 'PAGE-5'), rows.length === 0, 'data', 'no rows', rows.length, key);
  else {
    const count = Math.min(asked.limit, total - first);
    yield judge(part('PAGE-5'), rows.length === count, 'data', `${count} rows of ${total}`, rows.length, key);
  }
}

/** PAGE-8: the filter finds the one group that has the reference now. */
export function* filter({ operation, ok, rows, query, key, json }: Seen, memory: Memory): Iterable<Judgement> {
  if (operation !== 'listGroups' || !ok) return;
  const references = query.getAll('external_reference_id');
  const [reference] = references;
  if (references.length !== 1 || !reference) return;
  const where = 'data';
  const strangers = rows.filter(({ external_reference_id: own }) => typeof own === 'string' && own !== reference);
  yield judge(
    'PAGE-8',
    strangers.length === 0,
    where,
    `only groups whose external_reference_id is ${shown(reference)}`,
    strangers.slice(0, 3).map((row) => row.external_reference_id),
  );
  if (strangers.length > 0) return;
  yield judge('PAGE-8', rows.length <= 1, where, 'at most one group', `${rows.length} groups`);
  const owner = [...memory.groups.values()].find(
    (group) => group.key === key && group.data.external_reference_id === reference && memory.isCertain(group),
  );
  const asked = askedOf(query);
  if (owner && asked?.page === 1)
    yield judge(
      'PAGE-8',
      rows[0]?.id === owner.id,
      where,
      `the group ${owner.id}`,
      rows[0]?.id ?? 'no group',
      owner.id,
    );
  const { pagination } = isRecord(json) ? json : {};
  if (asked?.page === 1 && isRecord(pagination) && typeof pagination.total === 'number' && rows.length <= 1)
    yield judge('PAGE-8', pagination.total === rows.length, 'pagination.total', String(rows.length), pagination.total);
}

interface Walk {
  next: number;
  readonly ids: Set<unknown>;
  readonly order: unknown[];
}

/** PAGE-5 and PAGE-9: a walk over the pages from page 1 while nobody writes. Each observer needs its own. */
export function createWalks() {
  const walks = new Map<string, Walk>();
  const before = new Map<string, string>();
  return function* (seen: Seen, memory: Memory): Iterable<Judgement> {
    const { operation, ok, rows, query, key, json, exchange } = seen;
    if (exchange.method !== 'GET') {
      walks.clear();
      before.clear();
    }
    if (operation !== 'listGroups' || !ok || memory.others !== 'none') return;
    const asked = askedOf(query);
    const total = isRecord(json) && isRecord(json.pagination) ? json.pagination.total : undefined;
    if (asked === null || typeof total !== 'number' || query.has('external_reference_id')) return;
    const ids = rows.map(({ id }) => id);
    if (ids.some((id) => memory.isForeign(id, key))) return;
    const text = JSON.stringify(ids);
    const again = before.get(`${key} ${query}`);
    if (again !== undefined) yield judge('PAGE-9', again === text, 'data', 'the same order as before', text, key);
    before.set(`${key} ${query}`, text);
    const name = `${key} ${asked.limit}`;
    const walk: Walk | undefined = asked.page === 1 ? { next: 1, ids: new Set(), order: [] } : walks.get(name);
    if (walk === undefined || walk.next !== asked.page) return;
    walks.set(name, walk);
    walk.next += 1;
    const repeated = ids.find((id) => walk.ids.has(id));
    for (const id of ids) walk.ids.add(id);
    if (repeated !== undefined)
      yield judge('PAGE-5', false, 'data', 'every group exactly once', `${shown(repeated)} again`, key);
    if (asked.page * asked.limit < total) return;
    walks.delete(name);
    const count = walk.ids.size;
    yield judge('PAGE-5', count === total, 'data', `${total} groups, as total says`, `${count} groups`, key);
    const missing = [...memory.groups.values()].find(
      (group) => group.created && group.key === key && !walk.ids.has(group.id) && memory.isCertain(group),
    );
    if (missing) yield judge('PAGE-5', false, 'data', `the group ${missing.id} too`, 'no such row', key);
  };
}
