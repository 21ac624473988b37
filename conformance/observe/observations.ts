import { type OperationId, operations } from '../../generated/operations.ts';
import { otherOrganization, withoutKey } from './access.ts';
import { errorBody, successBody, traceIds, withoutFailure } from './bodies.ts';
import type { Seen } from './exchange.ts';
import * as groups from './groups.ts';
import * as identifiers from './identifiers.ts';
import type { Observation } from './observation.ts';
import { createWalks, envelope, filter, pageArithmetic } from './pagination.ts';
import { createAcceptance, invalidBody, malformedJson, repeatedReference } from './requests.ts';
import { createRosters } from './rosters.ts';
import * as syncs from './syncs.ts';

type Operation = OperationId | null;

const known = Object.keys(operations) as OperationId[];
const all: readonly Operation[] = [...known, null];
const ofGroup: readonly Operation[] = ['createGroup', 'listGroups', 'retrieveGroup', 'updateGroup'];
const lists: readonly Operation[] = ['listGroups', 'listPlans', 'listMembers'];
const withBody: readonly Operation[] = ['createGroup', 'updateGroup', 'submitMemberSync'];
const below: readonly Operation[] = ['retrieveGroup', 'updateGroup', 'submitMemberSync', 'retrieveMemberSync'];

/** An observation and the operations that it judges; null stands for requests outside the contract. */
type Row = readonly [look: Observation, operations: readonly Operation[], only?: 'refusals'];

/** Every observation, in the order in which they judge an exchange. */
const table = (): readonly Row[] => [
  [withoutFailure, all],
  [errorBody, all, 'refusals'],
  [traceIds, all, 'refusals'],
  [successBody, known],
  [withoutKey, known],
  [otherOrganization, ['listGroups', ...below]],
  [identifiers.groupIds, ofGroup],
  [identifiers.newGroupId, ['createGroup']],
  [identifiers.sameId, ['retrieveGroup', 'updateGroup']],
  [identifiers.malformedId, ['retrieveGroup']],
  [identifiers.requestIds, ['submitMemberSync']],
  [identifiers.planIds, ['listPlans']],
  [identifiers.memberIds, ['retrieveMemberSync']],
  [groups.created, ['createGroup']],
  [groups.accepted, ['createGroup', 'updateGroup']],
  [groups.timestamps, ofGroup],
  [groups.readAfterWrite, ['retrieveGroup', 'listGroups']],
  [groups.updated, ['updateGroup']],
  [groups.emptyUpdate, ['updateGroup']],
  [groups.unique, ['createGroup', 'updateGroup', 'listGroups']],
  [groups.deletion, [null]],
  [envelope, lists],
  [pageArithmetic, lists],
  [filter, ['listGroups']],
  [createWalks(), all],
  [malformedJson, withBody],
  [invalidBody, withBody],
  [repeatedReference, ['submitMemberSync']],
  [createAcceptance(), ['listPlans', 'submitMemberSync']],
  [syncs.receipt, ['submitMemberSync']],
  [syncs.sameAsReceipt, ['retrieveMemberSync']],
  [syncs.result, ['retrieveMemberSync']],
  [syncs.completed, ['retrieveMemberSync']],
  [syncs.inTime, ['retrieveMemberSync']],
  [createRosters(), ['listPlans', ...withBody, 'retrieveMemberSync']],
];

/** Selects the observations that can judge an exchange. Each observer needs its own. */
export function createObservations(): (seen: Seen) => readonly Observation[] {
  const rows = table();
  const chosen = (operation: Operation, isRefusal: boolean): readonly Observation[] =>
    rows.flatMap(([look, on, only]) => (on.includes(operation) && (isRefusal || only === undefined) ? [look] : []));
  const byOperation = new Map(all.map((one) => [one, { answers: chosen(one, false), refusals: chosen(one, true) }]));
  return ({ operation, status }) => byOperation.get(operation)?.[status >= 400 ? 'refusals' : 'answers'] ?? [];
}
