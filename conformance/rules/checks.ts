import type { RuleId, ShouldPartId } from '../../generated/rules.ts';
import type { Check } from '../run/check.ts';
import { authenticationChecks } from './authentication.ts';
import { errorChecks } from './errors.ts';
import { groupChecks } from './groups.ts';
import { identifierChecks } from './identifiers.ts';
import { lifecycleChecks } from './lifecycle.ts';
import { memberChecks } from './members.ts';
import { paginationChecks } from './pagination.ts';
import { planChecks } from './plans.ts';
import { referenceChecks } from './references.ts';
import { rowChecks } from './rows.ts';
import { syncChecks } from './sync.ts';
import { tokenChecks } from './tokens.ts';

const all = [
  ...authenticationChecks,
  ...identifierChecks,
  ...errorChecks,
  ...groupChecks,
  ...referenceChecks,
  ...paginationChecks,
  ...planChecks,
  ...syncChecks,
  ...rowChecks,
  ...lifecycleChecks,
  ...tokenChecks,
  ...memberChecks,
] as const;

/** Every check of the suite, in the order of the catalogue. */
export const checks: readonly Check[] = all;

// Traceability is a type error when missing: a rule without a check, or a should part without one, is named here.
type Checked = (typeof all)[number]['rule'];
type CheckedShouldPart = Extract<(typeof all)[number], { level: 'should' }>['rule'];
type Unchecked = Exclude<RuleId, Checked> | Exclude<ShouldPartId, CheckedShouldPart>;
const unchecked: Unchecked extends never ? true : Unchecked = true;
void unchecked;
