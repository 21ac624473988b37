import type { Seen } from './exchange.ts';
import { type Judgement, judge } from './judgement.ts';
import type { Memory } from './memory.ts';

/** AUTH-1, AUTH-4 and TOK-2: a request without a key is answered with 401. */
export function* withoutKey({ operation, status, exchange, params }: Seen, memory: Memory): Iterable<Judgement> {
  if (exchange.key !== null || !memory.keysRecorded || operation === null) return;
  if (status === 0 || status === 429 || status >= 500) return;
  const isNeighbour = /Token|Member$|Members$/.test(operation) && operation !== 'retrieveMemberSync';
  // Another error may be reported first, which only AUTH-4 forbids.
  const isRefused = [400, 404, 409, 422].includes(status) && !memory.groups.has(params.group_id ?? '');
  const part = isNeighbour ? 'TOK-2' : isRefused ? 'AUTH-4' : 'AUTH-1';
  yield judge(part, status === 401, 'status', '401 to a request without a key', status);
}

/** AUTH-3: a group that another organization created is a 404 and in no list. */
export function* otherOrganization(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { operation, params, status, key, rows, ok } = seen;
  const isForeign = (id: unknown): boolean => memory.isForeign(id, key);
  if (operation === 'listGroups' && ok) {
    const leaked = rows.find(({ id }) => isForeign(id));
    if (memory.organizations.size > 1)
      yield judge('AUTH-3', leaked === undefined, 'data', 'only groups of its own organization', leaked?.id ?? '');
  }
  // A body may be refused before the group is looked up (§8.26).
  if (status === 400 || status === 422) return;
  if (isForeign(params.group_id) && status !== 0 && status !== 429 && status < 500 && status !== 401)
    yield judge(
      'AUTH-3',
      status === 404,
      'status',
      "404, as for an unknown group: it is another organization's",
      status,
    );
}
