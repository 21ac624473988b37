import type { RulePart } from '../rule-parts.ts';
import { type Json, type Seen, stringsIn, unknownKey } from './exchange.ts';
import { type Judgement, judge } from './judgement.ts';
import type { Memory } from './memory.ts';

const safe = /^[\w-]{1,64}$/;
const canonical = /^[\w-]{21}[AQgw]$/;

/** An id is a prefix and URL-safe characters; it should be the canonical base64 of 16 bytes. */
function* form(value: unknown, prefix: string, must: RulePart, should: RulePart, where: string): Iterable<Judgement> {
  if (typeof value !== 'string') return;
  const rest = value.slice(prefix.length);
  const isSafe = value.startsWith(prefix) && safe.test(rest);
  yield judge(must, isSafe, where, `${prefix} and 1 to 64 URL-safe characters`, value);
  if (isSafe) yield judge(should, canonical.test(rest), where, `${prefix} and the base64 of 16 bytes`, value);
}

/** ID-1, ID-2 and ID-6 of each group that an answer shows. */
export function* groupIds(seen: Seen, memory: Memory): Iterable<Judgement> {
  for (const group of groupsOf(seen)) {
    const { id, organization_id: organization } = group;
    if (typeof id === 'string') {
      yield judge('ID-1', id.startsWith('grp_'), 'id', 'an id that begins with grp_', id);
      if (id.startsWith('grp_')) yield* form(id, 'grp_', 'ID-2', 'ID-2 should', 'id');
    }
    yield* form(organization, 'org_', 'ID-6', 'ID-6 should', 'organization_id');
    const own = seen.key === unknownKey ? undefined : memory.organizations.get(seen.key);
    const owner = typeof id === 'string' ? memory.groups.get(id)?.key : undefined;
    const isLeak = owner !== undefined && owner !== seen.key;
    if (own !== undefined && typeof organization === 'string' && !isLeak)
      yield judge('ID-6', own === organization, 'organization_id', `${own}, as every group of this key`, organization);
  }
}

/** The groups that a successful answer shows. */
export function groupsOf({ operation, ok, data, rows }: Seen): readonly Json[] {
  if (!ok) return [];
  if (operation === 'listGroups') return rows;
  return operation === 'createGroup' || operation === 'retrieveGroup' || operation === 'updateGroup' ? [data] : [];
}

/** ERR-5: an id that no group can have is refused, and should be with 404. */
export function* malformedId({ operation, params, status }: Seen, { groups }: Memory): Iterable<Judgement> {
  const { group_id: id } = params;
  if (operation !== 'retrieveGroup' || id === undefined || /^grp_[\w-]{1,64}$/.test(id) || groups.has(id)) return;
  if (status === 0 || status >= 500 || [401, 403, 429].includes(status)) return;
  yield judge('ERR-5', status >= 400, 'status', `4xx to the id ${id}`, status);
  if (status >= 400) yield judge('ERR-5 should', status === 404, 'status', `404 to the id ${id}`, status);
}

/** ID-4: a new group has a new id. */
export function* newGroupId({ operation, ok, data }: Seen, { groups }: Memory): Iterable<Judgement> {
  if (operation === 'createGroup' && ok && typeof data.id === 'string')
    yield judge('ID-4', !groups.has(data.id), 'id', 'an id that no group had before', data.id);
}

/** ID-3: the group of a path is the group of the answer. */
export function* sameId({ operation, ok, data, params }: Seen): Iterable<Judgement> {
  if ((operation === 'retrieveGroup' || operation === 'updateGroup') && ok && data.id !== undefined)
    yield judge('ID-3', data.id === params.group_id, 'id', `the id of the path, ${params.group_id}`, data.id);
}

/** ID-5: each submission has a request id of its own. */
export function* requestIds({ operation, ok, data }: Seen, { syncs }: Memory): Iterable<Judgement> {
  if (operation !== 'submitMemberSync' || !ok || typeof data.request_id !== 'string') return;
  yield* form(data.request_id, 'grpmsr_', 'ID-5', 'ID-5 should', 'request_id');
  const isNew = !syncs.has(data.request_id);
  yield judge('ID-5', isNew, 'request_id', 'a request_id that no sync had before', data.request_id);
}

/** ID-7: the prefix of plans. */
export function* planIds({ operation, ok, rows }: Seen): Iterable<Judgement> {
  if (operation !== 'listPlans' || !ok) return;
  for (const { id } of rows)
    if (typeof id === 'string')
      yield judge('ID-7', /^(pln|plan)_/.test(id), 'id', 'an id that begins with pln_ or plan_', id);
}

/** ID-8: member ids are non-empty and unique within their array. */
export function* memberIds({ operation, status, data }: Seen): Iterable<Judgement> {
  if (operation !== 'retrieveMemberSync' || status !== 200) return;
  const results = (data.results ?? {}) as Json;
  for (const field of ['added_group_member_ids', 'removed_group_member_ids']) {
    const ids = stringsIn(results[field]);
    if (ids.length === 0) continue;
    const isUnique = ids.length === new Set(ids).size && !ids.includes('');
    const repeated = () => ids.find((id, index) => id === '' || ids.indexOf(id) !== index);
    yield judge('ID-8', isUnique, field, 'ids that are non-empty and unique', isUnique ? '' : (repeated() ?? ''));
    const other = ids.find((id) => !id.startsWith('grpmbr_'));
    yield judge('ID-8 should', other === undefined, field, 'ids that begin with grpmbr_', other);
  }
}
