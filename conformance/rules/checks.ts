import type { RuleId, ShouldPartId } from '../../generated/rules.ts';
import type { Check } from '../run/check.ts';
import { authentication } from './authentication.ts';
import { errors } from './errors.ts';
import { groups } from './groups.ts';
import { identifiers } from './identifiers.ts';
import { lifecycle } from './lifecycle.ts';
import { members } from './members.ts';
import { pagination } from './pagination.ts';
import { plans } from './plans.ts';
import { references } from './references.ts';
import { rows } from './rows.ts';
import { sync } from './sync.ts';
import { tokens } from './tokens.ts';

const all = [
  ...authentication,
  ...identifiers,
  ...errors,
  ...groups,
  ...references,
  ...pagination,
  ...plans,
  ...sync,
  ...rows,
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
