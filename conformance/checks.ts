import type { RuleId, ShouldPartId } from '../generated/rules.ts';
import type { Check } from './rule.ts';
import { authentication } from './rules/authentication.ts';
import { errors } from './rules/errors.ts';
import { groups } from './rules/groups.ts';
import { identifiers } from './rules/identifiers.ts';
import { lifecycle } from './rules/lifecycle.ts';
import { members } from './rules/members.ts';
import { pagination } from './rules/pagination.ts';
import { plans } from './rules/plans.ts';
import { sync } from './rules/sync.ts';
import { tokens } from './rules/tokens.ts';

const all = [
  ...authentication,
  ...identifiers,
  ...errors,
  ...groups,
  ...pagination,
  ...plans,
  ...sync,
  ...lifecycle,
  ...tokens,
  ...members,
] as const;

/** Every check of the suite, in the order of the catalogue. */
export const checks: readonly Check[] = all;

// Traceability is a type error when missing: a rule without a check, or a should part without one, is named here.
type Checked = (typeof all)[number]['rule'];
type CheckedShouldPart = Extract<(typeof all)[number], { level: 'should' }>['rule'];
type Unchecked = Exclude<RuleId, Checked> | Exclude<ShouldPartId, CheckedShouldPart>;
const unchecked: Unchecked extends never ? true : Unchecked = true;
void unchecked;
