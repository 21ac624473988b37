import type { RulePart } from '../rule-parts.ts';
import { type Json, recordOf, type Seen } from './exchange.ts';
import { faultOf } from './faults.ts';
import { groupsOf } from './identifiers.ts';
import { type Judgement, judge, shown } from './judgement.ts';
import { instantOf, type KnownGroup, type Memory } from './memory.ts';

/** A group without a reference has "", null or no such field (§8.2). */
const referenceOf = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

const isLegible = (value: unknown): value is string => typeof value === 'string' && !value.includes('[redacted');

const isLongUnicode = (text: string): boolean => /[^\x20-\x7e]/.test(text) && text.length > 200;

/** GRP-1 and GRP-2: a create returns 201 or 200, and what was sent. */
export function* created(seen: Seen): Iterable<Judgement> {
  const { operation, ok, status, data, sent } = seen;
  if (operation !== 'createGroup' || !ok) return;
  yield judge('GRP-1', status === 201 || status === 200, 'status', '201 or 200', status);
  if (status === 201 || status === 200) yield judge('GRP-1 should', status === 201, 'status', '201', status);
  if (faultOf(operation, sent)) return;
  const { name, external_reference_id: reference } = recordOf(sent);
  for (const [field, value] of [
    ['name', name],
    ['external_reference_id', reference || undefined],
  ] as const)
    if (isLegible(value) && data[field] !== undefined)
      yield judge(
        isLongUnicode(value) ? 'GRP-2 should' : 'GRP-2',
        data[field] === value,
        field,
        shown(value),
        shown(data[field]),
      );
  if (!reference) {
    yield judge('GRP-11', true, 'status', '', '');
    const received = data.external_reference_id;
    yield judge('GRP-2', !received, 'external_reference_id', 'no reference, since none was sent', received);
  }
}

const plainText = /^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** GRP-1, GRP-5 and GRP-6: a create or update that is valid under every reading is accepted. */
export function* accepted(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { operation, ok, status, sent, key, params, exchange } = seen;
  if ((operation !== 'createGroup' && operation !== 'updateGroup') || (!ok && status !== 400 && status !== 422)) return;
  if (!exchange.requestHeaders?.['content-type']?.startsWith('application/json')) return;
  const { name, external_reference_id: reference, ...rest } = recordOf(sent);
  const isCreate = operation === 'createGroup';
  const isPlain = (value: unknown) => typeof value === 'string' && plainText.test(value) && isLegible(value);
  if (Object.keys(rest).length > 0 || (name !== undefined && !isPlain(name))) return;
  if (isCreate ? name === undefined || reference === undefined : memory.groups.get(params.group_id ?? '')?.key !== key)
    return;
  if (reference !== undefined) {
    const isTaken = [...memory.groups.values()].some((group) => group.data.external_reference_id === reference);
    // Another client may have taken the reference.
    if (!isPlain(reference) || isTaken || memory.others !== 'none') return;
  } else if (name === undefined) return;
  const part = isCreate ? 'GRP-1' : name !== undefined ? 'GRP-5' : 'GRP-6';
  if (!ok) yield judge(part, false, 'status', 'a success, because the request is valid', status);
}

/** GRP-3: timestamps of groups are RFC 3339 in UTC. */
export function* timestamps(seen: Seen): Iterable<Judgement> {
  const utc = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]00:00)$/;
  for (const group of groupsOf(seen))
    for (const field of ['created_at', 'updated_at']) {
      const value = group[field];
      if (value === null || value === undefined) continue;
      const holds = typeof value === 'string' && utc.test(value) && instantOf(value) !== undefined;
      yield judge('GRP-3', holds, field, 'RFC 3339 in UTC, or null', value);
    }
}

/** GRP-4, GRP-5, GRP-6 and GRP-9: a read shows the result of the last write. */
export function* readAfterWrite(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { operation, key, exchange, params, status } = seen;
  if (operation === 'retrieveGroup' && status === 404) {
    const gone = memory.groups.get(params.group_id as string);
    if (gone?.key === key && !gone.unclear && key !== '?')
      yield judge(gone.deleteTried ? 'ERR-6' : 'GRP-4', false, 'status', `the group ${gone.id}`, status);
    return;
  }
  if (operation !== 'retrieveGroup' && operation !== 'listGroups') return;
  for (const group of groupsOf(seen)) {
    const known = memory.groups.get(group.id as string);
    if (known === undefined || known.key !== key || exchange.startedAt < known.lastWriteEnd) continue;
    yield* unchanged(group, known, memory);
  }
}

function* unchanged(group: Json, known: KnownGroup, memory: Memory): Iterable<Judgement> {
  const { id } = known;
  const part = known.lastUpdate ?? 'GRP-4';
  for (const field of memory.isCertain(known) ? (['name', 'external_reference_id'] as const) : []) {
    if (!(field in known.data)) continue;
    const [before, now] = [referenceOf(known.data[field]), referenceOf(group[field])];
    const tried = known.refused && now !== null && known.refused[field] === now ? known.refused.part : undefined;
    yield judge(
      before === now ? part : (tried ?? part),
      before === now,
      `${field} of ${id}`,
      shown(before),
      shown(now),
      id,
    );
  }
  yield* kept(group, known, known.lastUpdate === null ? 'GRP-4' : 'GRP-9');
  const updatedAt = instantOf(group.updated_at);
  if (updatedAt !== undefined && known.updatedAt > 0 && !known.unclear && !known.shared)
    yield judge(
      'GRP-9',
      updatedAt >= known.updatedAt,
      `updated_at of ${id}`,
      'not before it was',
      group.updated_at,
      id,
    );
}

/** The fields that never change. */
function* kept(group: Json, { id, data, shared, unclear }: KnownGroup, part: RulePart): Iterable<Judgement> {
  if (shared || unclear) return;
  const [before, now] = [data.organization_id, group.organization_id];
  if (typeof before === 'string' && typeof now === 'string')
    yield judge(part, before === now, `organization_id of ${id}`, before, now);
  const [createdBefore, createdNow] = [instantOf(data.created_at), instantOf(group.created_at)];
  if (createdBefore !== undefined && createdNow !== undefined)
    yield judge(
      part,
      createdBefore === createdNow,
      `created_at of ${id}`,
      shown(data.created_at),
      shown(group.created_at),
    );
}

/** GRP-5, GRP-6, GRP-7 and GRP-9: what an update returns. */
export function* updated(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { operation, ok, data, sent, params, key, exchange, status } = seen;
  if (operation !== 'updateGroup') return;
  const id = params.group_id as string;
  const known = memory.groups.get(id);
  const isOwn = known !== undefined && known.key === key && key !== '?';
  if (isOwn && status === 404) yield judge('ID-3', false, 'status', `the group ${id} for updates too`, status);
  const isEmpty = sent === undefined && !exchange.requestBody;
  if (!ok || typeof data.id !== 'string' || (!isEmpty && faultOf(operation, sent))) return;
  const { name, external_reference_id: reference } = recordOf(sent);
  const [namesIt, refersIt] = [isLegible(name), typeof reference === 'string'];
  if (namesIt) yield judge('GRP-5', data.name === name, 'name', shown(name), shown(data.name));
  if (isLegible(reference) && reference !== '') {
    const now = data.external_reference_id;
    yield judge(namesIt ? 'GRP-5' : 'GRP-6', now === reference, 'external_reference_id', shown(reference), shown(now));
  }
  if (!isOwn || exchange.startedAt < known.lastWriteEnd) return;
  if (memory.isCertain(known)) {
    const part = !namesIt && !refersIt ? 'GRP-7' : namesIt ? 'GRP-5' : 'GRP-6';
    for (const [field, isSet] of [
      ['name', namesIt],
      ['external_reference_id', refersIt],
    ] as const) {
      if (isSet || !(field in known.data)) continue;
      const [before, now] = [referenceOf(known.data[field]), referenceOf(data[field])];
      yield judge(part, before === now, `${field} of ${id}`, `${shown(before)}, since it was not sent`, shown(now), id);
    }
  }
  yield* kept(data, known, 'GRP-9');
  const updatedAt = instantOf(data.updated_at);
  if (updatedAt !== undefined && known.updatedAt > 0 && !known.unclear && !known.shared)
    yield judge('GRP-9', updatedAt >= known.updatedAt, 'updated_at', 'not before it was', data.updated_at, id);
}

/** GRP-7: an update that changes nothing is a 200. */
export function* emptyUpdate(
  { operation, sent, status, exchange, params, key }: Seen,
  memory: Memory,
): Iterable<Judgement> {
  const isOwn = memory.groups.get(params.group_id as string)?.key === key;
  if (operation !== 'updateGroup' || !isOwn || ![200, 201, 204, 400, 422].includes(status)) return;
  const type = exchange.requestHeaders?.['content-type'];
  const isNothing = exchange.requestBody === null && exchange.requestHeaders !== undefined && type === undefined;
  const isEmpty = ['{}', '{"name":null}', '{"external_reference_id":null}'].includes(JSON.stringify(sent) ?? '');
  if (isNothing || (isEmpty && type?.startsWith('application/json')))
    yield judge('GRP-7', status === 200, 'status', '200 to an update that changes nothing', status);
}

/** GRP-12: no two groups of an organization have the same reference. */
export function* unique(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { operation, ok, status, data, sent, key, rows, params } = seen;
  if (operation === 'listGroups' && ok) {
    const references = rows
      .filter((row) => row.external_reference_id)
      .map((row) => `${row.organization_id} ${row.external_reference_id}`);
    const repeated = references.find((reference, index) => references.indexOf(reference) !== index);
    if (references.length > 1 && !rows.some(({ id }) => memory.isForeign(id, key)))
      yield judge(
        'GRP-12',
        repeated === undefined,
        'data',
        'a different reference for each group',
        `${shown(repeated)} twice`,
      );
    return;
  }
  if (operation !== 'createGroup' && operation !== 'updateGroup') return;
  const reference = recordOf(sent).external_reference_id;
  if (typeof reference !== 'string' || reference === '' || faultOf(operation, sent)) return;
  const self = operation === 'updateGroup' ? params.group_id : data.id;
  const owner = [...memory.groups.values()].find(
    (group) => group.key === key && group.id !== self && group.data.external_reference_id === reference,
  );
  if (owner === undefined || !memory.isCertain(owner) || seen.exchange.startedAt < owner.lastWriteEnd) return;
  const expected = `409, since ${owner.id} has ${shown(reference)}`;
  if (ok) yield judge('GRP-12', false, 'status', expected, status, owner.id);
  else if ([400, 409, 422].includes(status)) {
    yield judge('GRP-12', true, 'status', expected, status);
    yield judge('GRP-12 should', status === 409, 'status', expected, status, owner.id);
  }
}

/** ERR-6: a group cannot be deleted. */
export function* deletion({ exchange, status, key }: Seen, { groups }: Memory): Iterable<Judgement> {
  const id = /^\/v1\/groups\/([^/]+)$/.exec(exchange.path)?.[1];
  if (exchange.method !== 'DELETE' || id === undefined || groups.get(id)?.key !== key || status === 0 || status >= 500)
    return;
  yield judge('ERR-6', status >= 400, 'status', '4xx to DELETE', status);
}
