import type { OperationId } from '../../generated/operations.ts';
import { createGroup, listGroups, retrieveGroup, updateGroup } from './groups.ts';
import type { Handler } from './handlers.ts';
import { listMembers, retrieveMember } from './members.ts';
import { listPlans } from './plans.ts';
import { retrieveMemberSync, submitMemberSync } from './syncs.ts';
import { issueAccessToken } from './tokens.ts';

/** The handler of each operation of the contract. */
export const handlers: { readonly [Id in OperationId]: Handler<Id> } = {
  createGroup,
  listGroups,
  retrieveGroup,
  updateGroup,
  submitMemberSync,
  retrieveMemberSync,
  listPlans,
  issueAccessToken,
  listMembers,
  retrieveMember,
};
