import { isRecord, type Json, recordsOf, type Seen, stringsIn } from './exchange.ts';
import { type Judgement, judge, shown } from './judgement.ts';
import { instantOf, type Memory } from './memory.ts';

/** SYNC-1 and SYNC-2: the receipt. */
export function* receipt({ operation, ok, status, data, params }: Seen): Iterable<Judgement> {
  if (operation !== 'submitMemberSync' || !ok) return;
  const fields = ['request_id', 'group_id', 'accepted_at'].filter((field) => typeof data[field] !== 'string');
  yield judge('SYNC-1', status === 202 && fields.length === 0, 'receipt', '202 with three texts', {
    status,
    missing: fields,
  });
  if (typeof data.group_id === 'string')
    yield judge('SYNC-2', data.group_id === params.group_id, 'group_id', params.group_id as string, data.group_id);
}

/** SYNC-2: a retrieval returns the three values of the receipt. */
export function* sameAsReceipt(seen: Seen, { syncs }: Memory): Iterable<Judgement> {
  const { operation, status, data, params, key } = seen;
  if (operation !== 'retrieveMemberSync' || status !== 200) return;
  const { request_id: id, group_id: group } = params as { request_id: string; group_id: string };
  const known = syncs.get(id);
  if ((known && known.group !== group) || Object.keys(data).length === 0) return;
  yield judge('SYNC-2', data.request_id === id, 'request_id', id, data.request_id);
  yield judge('SYNC-2', data.group_id === group, 'group_id', group, data.group_id);
  const [accepted, now] = [instantOf(known?.receipt?.accepted_at), instantOf(data.accepted_at)];
  if (known?.key === key && accepted !== undefined && now !== undefined)
    yield judge('SYNC-2', accepted === now, 'accepted_at', shown(known.receipt?.accepted_at), shown(data.accepted_at));
}

/** SYNC-3, SYNC-5 and SYNC-7: the parts of an answer agree with each other. */
export function* result({ operation, status, data }: Seen): Iterable<Judgement> {
  if (operation !== 'retrieveMemberSync' || status !== 200) return;
  if (Object.keys(data).length === 0) return;
  const { completed_at: completed, results } = data;
  const together = completed !== undefined && results !== undefined && (completed === null) === (results === null);
  yield judge('SYNC-3', together, 'completed_at, results', 'both null or both set', {
    completed_at: completed ?? null,
    results: isRecord(results) ? '…' : (results ?? null),
  });
  const [from, to] = [instantOf(data.accepted_at), instantOf(completed)];
  if (from !== undefined && to !== undefined)
    yield judge('SYNC-7', to >= from, 'completed_at', `not before ${data.accepted_at}`, completed);
  if (!isRecord(results)) return;
  const arrays = ['added_group_member_ids', 'removed_group_member_ids', 'failures'];
  const absent = arrays.filter((field) => !Array.isArray(results[field]));
  yield judge('SYNC-5', absent.length === 0, 'results', arrays.join(', '), `no array ${absent}`);
  for (const failure of recordsOf(results.failures)) {
    const { reference_id: reference, operation: what, reason } = failure;
    const holds =
      typeof reference === 'string' && (what === 'add' || what === 'remove') && String(reason ?? '').trim() !== '';
    yield judge('SYNC-5', holds, 'failures', 'reference_id, operation add or remove, and a reason', failure);
  }
}

/** The result in a form in which the order of arrays does not matter. */
const comparable = (data: Json): string => {
  const results = isRecord(data.results) ? data.results : {};
  const failures = recordsOf(results.failures).map(({ reference_id, operation }) => `${reference_id} ${operation}`);
  return JSON.stringify([
    instantOf(data.completed_at),
    stringsIn(results.added_group_member_ids).toSorted(),
    stringsIn(results.removed_group_member_ids).toSorted(),
    failures.sort(),
  ]);
};

/** SYNC-6 and SYNC-14: a completed request never changes, and belongs to its group only. */
export function* completed(seen: Seen, { syncs }: Memory): Iterable<Judgement> {
  const { operation, status, data, params, key } = seen;
  const known = operation === 'retrieveMemberSync' ? syncs.get(params.request_id as string) : undefined;
  if (known === undefined || known.key !== key || known.receipt === null) return;
  if (known.group !== params.group_id) {
    if (status === 200 || status === 404)
      yield judge('SYNC-14 should', status === 404, 'status', '404 under another group', status);
    return;
  }
  if (status === 404)
    yield judge(known.completed ? 'SYNC-6' : 'SYNC-2', false, 'status', `the request ${known.id}`, status);
  if (status !== 200 || known.completed === null) return;
  const [before, now] = [comparable(known.completed), comparable(data)];
  yield judge('SYNC-6', before === now, 'result', `as it was: ${before}`, now);
}

const minRetrievals = 5;

/** SYNC-4: a sync completes in time. */
export function* inTime(seen: Seen, { syncs, syncTimeoutMs }: Memory): Iterable<Judgement> {
  const { operation, status, data, params, exchange } = seen;
  const known = operation === 'retrieveMemberSync' ? syncs.get(params.request_id as string) : undefined;
  if (!known?.receipt || status !== 200 || known.completed) return;
  const waited = exchange.startedAt - known.submittedAt;
  const inFlight = data.completed_at === null || data.completed_at === undefined;
  // A service may process a sync only when it is polled, so one that was rarely polled is not late.
  if (!inFlight || (waited >= syncTimeoutMs && known.retrievals >= minRetrievals))
    yield judge(
      'SYNC-4',
      !inFlight,
      'completed_at',
      `set within ${syncTimeoutMs / 1000} s`,
      `${shown(data.completed_at)} after ${Math.round(waited / 1000)} s`,
    );
}
