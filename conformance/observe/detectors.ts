import { ownBodies } from '../contract/bodies.ts';
import { isRecord, recordOf, recordsOf, type Seen } from './exchange.ts';
import { faultOf, isBodyOperation } from './faults.ts';
import { instantOf, type KnownSync, type Memory } from './memory.ts';
import { isSurelyWrong } from './pagination.ts';
import { hasAssignedAreaCode, isPlain } from './requests.ts';

/** Recognises how a service reads an open question. */
export interface ReadingDetector {
  /** What shows the reading; without `look`, the rosters recognise it. */
  readonly shows?: string;
  /** Why no answer can show it. */
  readonly hidden?: string;
  readonly look?: ((seen: Seen, memory: Memory) => string | undefined) | undefined;
}

const other = 'other';
const plainPhone = '2155550100';
const fitsSchema = (row: object): boolean => faultOf('submitMemberSync', { members: [row] }) === null;
const isRefused = (status: number): boolean => status === 400 || status === 422;

/** Corrects a row, or returns the row itself if there is nothing to correct. */
type Mend = (row: Record<string, unknown>) => Record<string, unknown>;

/** The rows of a roster whose only faults are those that `mend` corrects; null if it has others or none. */
function rosterButFor({ sent, operation, key, ok }: Seen, memory: Memory, mend: Mend) {
  if (operation !== 'submitMemberSync') return null;
  const rows = recordsOf(recordOf(sent).members);
  const mended = rows.map(mend);
  if (mended.every((row, index) => row === rows[index])) return null;
  const plans = memory.plans.get(key);
  const isValid =
    faultOf('submitMemberSync', { members: mended }) === null &&
    (ok || rows.every(hasAssignedAreaCode)) &&
    mended.every((row) => isPlain(row) && plans?.has(row.plan_id)) &&
    new Set(mended.map((row) => row.reference_id)).size === mended.length;
  return isValid ? rows : null;
}

/** The first value if such a roster is accepted, the second if it is refused. */
const onRoster =
  (mend: Mend, accepted: string, refused: string): ReadingDetector['look'] =>
  (seen, memory) => {
    if (!seen.ok && !isRefused(seen.status)) return undefined;
    if (rosterButFor(seen, memory, mend) === null) return undefined;
    return seen.ok ? accepted : refused;
  };

const isPlainName = (name: unknown): boolean => typeof name === 'string' && /^[\w][\w -]{0,200}$/.test(name);

/** One detector for each open question. It says nothing if it is not certain. */
export const detectors: Readonly<Record<string, ReadingDetector>> = {
  'create-status': {
    shows: 'a successful create',
    look: ({ operation, ok, status }) => (operation === 'createGroup' && ok ? String(status) : undefined),
  },
  'external-reference': {
    shows: 'a create without external_reference_id',
    look({ operation, ok, status, sent, data, exchange }) {
      const { name, external_reference_id: reference, ...rest } = recordOf(sent);
      if (operation !== 'createGroup' || reference !== undefined || !isPlainName(name)) return undefined;
      if (!exchange.requestHeaders?.['content-type']?.startsWith('application/json')) return undefined;
      if (status === 400 && exchange.requestBody === JSON.stringify(sent) && Object.keys(rest).length === 0)
        return 'required';
      if (!ok) return undefined;
      return data.external_reference_id === '' ? 'empty' : data.external_reference_id === null ? 'null' : undefined;
    },
  },
  'cross-group': { shows: 'a person, with e-mail, added to a second group while active in a first' },
  'unknown-plan': {
    shows: 'a row with a plan_id that the list of plans does not have',
    look(seen, memory) {
      const plans = memory.plans.get(seen.key);
      const [plan] = plans ?? [];
      const mend: Mend = (row) =>
        plans?.has(row.plan_id) || !/^pl(n|an)_[\w-]+$/.test(String(row.plan_id)) || !fitsSchema(row)
          ? row
          : { ...row, plan_id: plan };
      return isRefused(seen.status) && rosterButFor(seen, memory, mend) ? 'reject' : undefined;
    },
  },
  phone: {
    shows: 'a row without phone',
    look: onRoster((row) => (row.phone == null ? { ...row, phone: plainPhone } : row), 'optional', 'required'),
  },
  'pagination-errors': {
    shows: 'a list with a page or limit that is not valid',
    look: ({ operation, query, ok, status }) =>
      operation?.startsWith('list') && isSurelyWrong(query) && (ok || status === 400)
        ? ok
          ? 'clamp'
          : 'reject'
        : undefined,
  },
  'error-shape': {
    shows: 'a 401',
    look({ status, json }) {
      if (status !== 401 || !isRecord(json)) return undefined;
      if (ownBodies.error(json) === null) return 'current';
      return isRecord(json.error) && 'code' in json.error && 'message' in json.error ? 'legacy' : other;
    },
  },
  'validation-status': {
    shows: 'a body that breaks its schema',
    look: ({ operation, sent, status }) =>
      isBodyOperation(operation) && isRecord(sent) && isRefused(status) && faultOf(operation, sent)
        ? String(status)
        : undefined,
  },
  'list-order': {
    shows: 'a page with groups that were created at different times',
    look({ operation, ok, rows }) {
      if (operation !== 'listGroups' || !ok) return undefined;
      const times = rows.map((row) => instantOf(row.created_at));
      if (times.length < 2 || times.includes(undefined) || new Set(times).size < 2) return undefined;
      return times.every((time, index) => index === 0 || (time as number) <= (times[index - 1] as number))
        ? 'newest-first'
        : other;
    },
  },
  'empty-total-pages': {
    shows: 'an empty list, for example with a filter that matches nothing',
    look({ operation, ok, json }) {
      const { pagination } = recordOf(json);
      if (!operation?.startsWith('list') || !ok || !isRecord(pagination) || pagination.total !== 0) return undefined;
      return String(pagination.total_pages);
    },
  },
  'sync-order': { hidden: 'no answer shows for certain who is in a group after two syncs that overlapped' },
  'roster-limit': {
    shows: 'a roster of more than 5,000 rows',
    look({ operation, sent, ok, status }) {
      const { members } = recordOf(sent);
      if (operation !== 'submitMemberSync' || !Array.isArray(members) || members.length <= 5000) return undefined;
      return ok ? other : isRefused(status) || status === 413 ? '5000' : undefined;
    },
  },
  'readded-id': { shows: 'a single member, with a known id, who was removed and added again' },
  'repeated-person': { shows: 'a roster of two new rows about the same person, with e-mail' },
  'present-unknown-plan': { shows: 'a present member whose row has a plan_id that the list of plans does not have' },
  'moved-removal': { shows: 'a sync of the group that a person left by moving to another one' },
  'no-email': { hidden: 'no answer shows who was recognised' },
  'empty-reference': {
    shows: 'a create or update with an empty external_reference_id',
    look({ operation, ok, sent, data }) {
      if (operation !== 'createGroup' && operation !== 'updateGroup') return undefined;
      if (recordOf(sent).external_reference_id !== '' || !ok) return undefined;
      return data.external_reference_id ? other : 'none';
    },
  },
  'null-reference': {
    shows: 'an accepted create with a null external_reference_id',
    look: ({ operation, ok, sent, data }) =>
      operation === 'createGroup' && ok && recordOf(sent).external_reference_id === null
        ? data.external_reference_id
          ? other
          : 'omitted'
        : undefined,
  },
  'future-birth': {
    shows: 'a row with a date of birth in the future',
    look(seen, memory) {
      if (seen.operation !== 'submitMemberSync') return undefined;
      const today = new Date(seen.exchange.startedAt + 86_400_000).toISOString().slice(0, 10);
      const mend: Mend = (row) =>
        typeof row.date_of_birth === 'string' && row.date_of_birth > today && fitsSchema(row)
          ? { ...row, date_of_birth: '1990-01-01' }
          : row;
      return onRoster(mend, 'accepted', other)?.(seen, memory);
    },
  },
  'text-length': {
    shows: 'a name of 255 characters that are not ASCII',
    look({ operation, sent, ok, status }) {
      const { name } = recordOf(sent);
      if (operation !== 'createGroup' || typeof name !== 'string' || [...name].length !== 255) return undefined;
      if (Buffer.byteLength(name) <= 255) return undefined;
      return ok ? 'code-points' : isRefused(status) ? other : undefined;
    },
  },
  'unsupported-method': {
    shows: 'an unsupported method, such as DELETE on a group',
    look: ({ operation, exchange, status }) =>
      operation === null &&
      /^\/v1\/groups(\/[^/]+)?$/.test(exchange.path) &&
      ['DELETE', 'PUT'].includes(exchange.method)
        ? status === 405
          ? '405'
          : status >= 400 && status < 500 && status !== 401
            ? other
            : undefined
        : undefined,
  },
  'shared-reference': { hidden: 'no answer shows for certain whose membership changed' },
  'broken-requests': {
    shows: 'malformed JSON',
    look: ({ operation, exchange, sent, status }) =>
      isBodyOperation(operation) &&
      exchange.requestBody &&
      sent === undefined &&
      status >= 400 &&
      status < 500 &&
      status !== 401
        ? 'refused'
        : undefined,
  },
  'sync-retention': {
    shows: 'a completed sync that is retrieved again',
    look({ operation, params, status, key }, { syncs }) {
      const known = operation === 'retrieveMemberSync' ? syncs.get(params.request_id ?? '') : undefined;
      if (!known?.completed || known.key !== key || known.group !== params.group_id) return undefined;
      return status === 200 ? 'as-long-as-the-group' : status === 404 ? other : undefined;
    },
  },
  'refusal-order': {
    shows: 'a body that is not valid, sent to a group that an earlier request did not find',
    look({ operation, params, sent, status, key }, memory) {
      const id = params.group_id;
      if (id === undefined || operation === null) return undefined;
      if (status !== 404 && !isRefused(status)) return undefined;
      if (!isBodyOperation(operation) || !isRecord(sent) || !faultOf(operation, sent)) return undefined;
      if (status === 404 && memory.groups.get(id)?.key !== key) return 'group-first';
      return isRefused(status) && memory.unknownGroups.has(`${key} ${id}`) ? 'body-first' : undefined;
    },
  },
  overlap: {
    shows: 'a sync that is submitted while another of the same group is in flight',
    look({ operation, params, sent, status, key, data, exchange }, { syncs }) {
      const isRefusedSync = operation === 'submitMemberSync' && status === 409;
      if (!isRefusedSync && !(operation === 'retrieveMemberSync' && status === 200)) return undefined;
      const isOfGroup = (sync: KnownSync): boolean => sync.group === params.group_id && sync.key === key;
      if (isRefusedSync) {
        const isBusy = syncs.values().some((sync) => isOfGroup(sync) && sync.receipt && !sync.completed);
        return isBusy && !faultOf('submitMemberSync', sent) ? 'reject' : undefined;
      }
      const sync = syncs.get(params.request_id ?? '');
      if (sync === undefined || !isOfGroup(sync)) return undefined;
      const completed = instantOf(data.completed_at);
      const isAcceptedBefore = ({ receipt, submittedAt }: KnownSync): boolean => {
        if (data.completed_at === null) return submittedAt <= exchange.startedAt;
        const accepted = instantOf(receipt?.accepted_at);
        return completed !== undefined && accepted !== undefined && accepted < completed;
      };
      const isLater = (other: KnownSync): boolean => isOfGroup(other) && other.startedAt >= sync.submittedAt;
      return syncs.values().some((other) => isLater(other) && isAcceptedBefore(other)) ? 'queue' : undefined;
    },
  },
  'phone-format': {
    shows: 'a row whose phone has formatting characters or a leading 1',
    look: onRoster(
      (row) =>
        typeof row.phone === 'string' &&
        !/^(\d{10}|\+\d+)$/.test(row.phone) &&
        /^(\+?1)?[2-9]\d\d[2-9]\d{6}$/.test(row.phone.replaceAll(/[\s().-]/g, ''))
          ? { ...row, phone: plainPhone }
          : row,
      'lenient',
      'strict',
    ),
  },
  'unknown-fields': {
    shows: 'a create with a field that the contract does not know',
    look({ operation, sent, ok }) {
      const { name, external_reference_id: _, ...rest } = recordOf(sent);
      return operation === 'createGroup' && ok && typeof name === 'string' && Object.keys(rest).length > 0
        ? 'ignored'
        : undefined;
    },
  },
  'exact-references': {
    shows: 'a create with a reference that another group has in another case',
    look({ operation, sent, status, ok, key, data }, { groups }) {
      const { external_reference_id: reference } = recordOf(sent);
      if (operation !== 'createGroup' || typeof reference !== 'string' || (!ok && status !== 409)) return undefined;
      const own = [...groups.values()].filter((group) => group.key === key && group.id !== data.id);
      const references = own.map((group) => String(group.data.external_reference_id));
      if (references.includes(reference)) return undefined;
      const isNear = references.some((one) => one.toLowerCase() === reference.toLowerCase());
      return isNear ? (ok ? 'exact' : other) : undefined;
    },
  },
  'update-without-body': {
    shows: 'an update without a body and without Content-Type',
    look({ operation, exchange, status }) {
      const { requestBody, requestHeaders } = exchange;
      if (operation !== 'updateGroup' || requestBody !== null || requestHeaders === undefined) return undefined;
      if (requestHeaders['content-type'] !== undefined) return undefined;
      return status === 200 ? 'no-change' : [400, 411, 415, 422].includes(status) ? other : undefined;
    },
  },
  'reused-reference': { hidden: 'no answer shows which account was used' },
};
