import { rules } from '../../generated/rules.ts';
import type { SchemaError } from '../../generated/validators.ts';
import { areaCodes } from '../contract/area-codes.ts';
import { schemaFault } from '../contract/schema-fault.ts';
import type { RulePart } from '../rule-parts.ts';
import { type Json, recordOf, recordsOf, type Seen } from './exchange.ts';
import { faultOf, isBodyOperation } from './faults.ts';
import { type Judgement, judge, shown } from './judgement.ts';
import type { Memory } from './memory.ts';

/** Whether some reading of the contract accepts a value that the schema refuses. */
function isTolerated({ error }: { error: SchemaError }): boolean {
  const { instancePath, data } = error;
  if (instancePath.endsWith('/phone') && typeof data === 'string') {
    const digits = data.replaceAll(/\D/g, '').length;
    return digits >= 10 && digits <= 15 && !/[a-z]/i.test(data);
  }
  return instancePath.endsWith('/external_reference_id') && (data === null || data === '');
}

/** A body that is not declared as JSON, or was redacted, cannot be judged. */
const isReadable = ({ exchange }: Seen): boolean => {
  const type = exchange.requestHeaders?.['content-type'];
  return (
    (type === undefined || /^application\/json\s*(;|$)/i.test(type)) && !exchange.requestBody?.includes('[redacted')
  );
};

const isRefusal = (status: number): boolean => status >= 400 && status < 500;
/** Statuses that are not about the body. */
const isAboutElse = (status: number): boolean => [401, 403, 404, 408, 409, 429].includes(status);

/** ERR-4: malformed JSON is refused. */
export function* malformedJson(seen: Seen): Iterable<Judgement> {
  const { operation, exchange, sent, status, ok } = seen;
  if (!isBodyOperation(operation) || !exchange.requestBody || sent !== undefined || !isReadable(seen)) return;
  if (exchange.requestBody.includes('[…cut') || (!ok && !isRefusal(status)) || isAboutElse(status)) return;
  yield judge('ERR-4', isRefusal(status), 'status', '4xx to malformed JSON', status);
  if (isRefusal(status)) yield judge('ERR-4 should', status === 400, 'status', '400 to malformed JSON', status);
}

const statusParts: Readonly<Partial<Record<RulePart, RulePart>>> = {
  'SYNC-10': 'SYNC-10 should',
  'SYNC-11': 'SYNC-11 should',
};

/** GRP-10, GRP-14, SYNC-10, SYNC-11, SYNC-12, SYNC-13: a body that does not match its schema is refused. */
export function* invalidBody(seen: Seen): Iterable<Judgement> {
  const { operation, sent, status, ok } = seen;
  if (!isBodyOperation(operation) || sent === undefined || !isReadable(seen)) return;
  // An update may have no body, and a service may treat null as none.
  if (operation === 'updateGroup' && sent === null) return;
  const fault = faultOf(operation, sent);
  if (fault === null || isTolerated(fault)) return;
  if ((!ok && !isRefusal(status)) || isAboutElse(status)) return;
  const { error } = fault;
  const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
  const rule = fault.rule === 'GRP-10' && !isObject ? 'GRP-10 should' : fault.rule;
  const where = 'status';
  const refused = `a refusal, because ${schemaFault(error)}`;
  yield judge(rule, isRefusal(status), where, refused, status);
  if (!isRefusal(status)) return;
  const should = statusParts[rule];
  const level = rules[rule as keyof typeof rules]?.level;
  if (rule.startsWith('SYNC-') && level === 'must' && status !== 400 && status !== 422)
    yield judge(rule, false, where, 'a status 400 or 422', status);
  else if (should) yield judge(should, status === 400, where, '400', status);
}

/** SYNC-8: a repeated reference_id is 400. */
export function* repeatedReference(seen: Seen): Iterable<Judgement> {
  const { operation, sent, status, ok } = seen;
  if (operation !== 'submitMemberSync' || !isReadable(seen) || faultOf(operation, sent)) return;
  const references = recordsOf(recordOf(sent).members).map((row) => row.reference_id);
  if (new Set(references).size === references.length || (!ok && !isRefusal(status)) || isAboutElse(status)) return;
  const repeated = references.find((reference, index) => references.indexOf(reference) !== index);
  yield judge('SYNC-8', status === 400, 'status', `400, since ${shown(repeated)} is repeated`, status);
}

const plainText = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;
const plainEmail = /^[\w.+-]{1,64}@[a-z\d-]+(\.[a-z\d-]+)+$/i;

/** Whether a row is valid under every reading of the contract, apart from its plan. */
export function isPlain(row: Json): boolean {
  const address = recordOf(row.address);
  const texts = [row.reference_id, row.first_name, row.last_name, address.address_line_1, address.city];
  const birth = typeof row.date_of_birth === 'string' ? row.date_of_birth : '';
  return (
    texts.every((text) => typeof text === 'string' && plainText.test(text)) &&
    birth >= '1900-01-01' &&
    birth < '2020-01-01' &&
    typeof row.phone === 'string' &&
    /^[2-9]\d\d[2-9]\d{6}$/.test(row.phone) &&
    (row.email === undefined || row.email === null || (typeof row.email === 'string' && plainEmail.test(row.email)))
  );
}

/** Whether the area code of the phone, if any, is certainly assigned; a service may refuse others. */
export function hasAssignedAreaCode({ phone }: Json): boolean {
  return typeof phone !== 'string' || areaCodes.includes(Number(phone.replaceAll(/\D/g, '').slice(-10, -7)));
}

/** SYNC-9, SYNC-16 and SYNC-20: a roster that is valid under every reading is accepted. Each observer needs its own. */
export function createAcceptance() {
  /** The plans that the list of each key showed. */
  const plans = new Map<string, Set<unknown>>();
  return function* (seen: Seen, memory: Memory): Iterable<Judgement> {
    const { operation, sent, status, ok, key, params, rows: listed, exchange } = seen;
    const known = plans.get(key) ?? new Set();
    plans.set(key, known);
    if (operation === 'listPlans' && ok) for (const { id } of listed) known.add(id);
    if (operation !== 'submitMemberSync' || sent === undefined || !isReadable(seen) || faultOf(operation, sent)) return;
    const { members, ...rest } = recordOf(sent);
    const rows = recordsOf(members);
    if (exchange.requestHeaders?.['content-type'] === undefined || Object.keys(rest).length > 0) return;
    const group = memory.groups.get(params.group_id as string);
    if (group?.key !== key || (!ok && status !== 400 && status !== 422 && status !== 404)) return;
    if (status === 404) {
      yield judge('ID-3', false, 'status', `a group ${group.id} for syncs too`, status);
      return;
    }
    if (rows.length === 0) yield judge('SYNC-9', ok, 'status', '202 to an empty roster', status);
    const isKnownPlan = (row: Json): boolean => known.has(row.plan_id);
    const references = new Set(rows.map((row) => row.reference_id));
    if (rows.length === 0 || rows.length > 1000 || references.size !== rows.length) return;
    if (!rows.every((row) => isPlain(row) && isKnownPlan(row) && (ok || hasAssignedAreaCode(row)))) return;
    const hasOptional = rows.every((row) => row.email && recordOf(row.address).address_line_2);
    yield judge('SYNC-20', ok, 'status', '202 to a valid roster', status);
    if (!hasOptional && ok) yield judge('SYNC-16', true, 'status', '', '');
  };
}
