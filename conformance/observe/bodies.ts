import { isRecord, type Seen } from './exchange.ts';
import { type Judgement, judge, shown } from './judgement.ts';
import type { Memory } from './memory.ts';

const jsonType = /^application\/json\s*(;|$)/i;

/** Whether the answer may come from a gateway instead of the service. */
const isFromGateway = ({ status, json }: Seen, { excusesGateways, bodies }: Memory): boolean =>
  excusesGateways && [502, 503, 504].includes(status) && bodies.error(json) !== null;

/** ERR-7: no 5xx, no lost connection. A recording cannot tell a lost connection from a client that gave up. */
export function* withoutFailure(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { status, operation } = seen;
  if (status === 0 && memory.others !== 'none') return;
  if (isFromGateway(seen, memory) || (operation === null && status < 500 && status !== 0)) return;
  yield judge('ERR-7', status !== 0 && status < 500, 'status', 'an answer below 500', status || 'no answer');
}

/** ERR-1 and ERR-2: the error body. */
export function* errorBody(seen: Seen, memory: Memory): Iterable<Judgement> {
  const { status, json, exchange } = seen;
  if (status < 400 || exchange.method === 'HEAD' || exchange.responseBody === undefined) return;
  if (isFromGateway(seen, memory)) return;
  const part = ['GET', 'POST', 'PATCH'].includes(exchange.method) ? 'ERR-1' : 'ERR-1 should';
  const fault = json === undefined ? 'a body that is not JSON' : memory.bodies.error(json);
  yield judge(part, fault === null, 'response body', 'the error body of the contract', fault ?? '');
  if (fault !== null || !isRecord(json)) return;
  const { error, message } = json;
  yield judge('ERR-2', error === message, 'error', `the message, ${shown(message)}`, shown(error));
}

/** ERR-3: every trace id is new. */
export function* traceIds({ json, status, number }: Seen, { traceIds: known }: Memory): Iterable<Judgement> {
  if (status < 400 || !isRecord(json) || typeof json.trace_id !== 'string') return;
  const before = known.get(json.trace_id);
  known.set(json.trace_id, number);
  const expected = before === undefined ? '' : `another trace_id than exchange ${before} had`;
  yield judge('ERR-3', before === undefined, 'trace_id', expected, json.trace_id);
}

/** ERR-8: the media type, and the schema of a success. */
export function* successBody({ operation, ok, json, exchange, status }: Seen, { bodies }: Memory): Iterable<Judgement> {
  const { responseBody, responseHeaders } = exchange;
  if (operation === null || !responseBody || status === 304) return;
  const part = operation === 'listMembers' || operation === 'retrieveMember' ? 'MEM-1' : 'ERR-8';
  if (operation !== 'issueAccessToken' && responseHeaders !== undefined) {
    const type = responseHeaders['content-type'];
    if (type !== undefined || ok)
      yield judge('ERR-8', jsonType.test(type ?? ''), 'content-type', 'application/json', type ?? 'no content-type');
  }
  if (!ok) return;
  const fault = json === undefined ? 'a body that is not JSON' : bodies.success(operation, json);
  const named = operation === 'issueAccessToken' ? 'TOK-1' : part;
  // In a redacted recording, a member's fields are placeholder texts.
  if (named === 'MEM-1' && (fault === null || responseBody.includes('[redacted'))) return;
  yield judge(named, fault === null, 'response body', "the contract's schema", fault ?? '');
}
