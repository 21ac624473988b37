import type { components } from '../../generated/api.ts';
import type { Quirks } from '../../generated/quirks.ts';
import { magicOutcome } from './magic.ts';
import type { MemberRow } from './people.ts';
import { Problem, shown } from './problems.ts';

/** What decides about a roster at submission, besides the contract's schema. */
export interface SubmissionRules {
  readonly quirks: Quirks;
  /** The plans of the organization. */
  readonly plans: () => readonly components['schemas']['Plan'][];
}

/** Throws a Problem if a roster that fits its schema is refused as a whole (SYNC-8, §8.4, §8.5). */
export function refuseRoster(rows: readonly MemberRow[], rules: SubmissionRules): void {
  refuseDuplicates(rows);
  refuseByQuirk(rows, rules);
}

/**
 * Refuses a roster in which a `reference_id` occurs twice, however far apart (SYNC-8).
 * Throws a Problem that names both rows.
 */
export function refuseDuplicates(rows: readonly MemberRow[]): void {
  const seen = new Map<string, number>();
  rows.forEach(({ reference_id: id }, index) => {
    const first = seen.get(id);
    if (first !== undefined)
      throw new Problem(
        'malformed',
        'duplicate_reference_id',
        `members[${index}].reference_id: ${JSON.stringify(id)} is already used by members[${first}]; ` +
          'a reference_id may occur once in a roster.',
        'SYNC-8',
      );
    seen.set(id, index);
  });
}

/** Refuses at submission what quirks refuse there, instead of failing the row later. */
function refuseByQuirk(rows: readonly MemberRow[], { quirks, plans }: SubmissionRules): void {
  const refusesPlans = quirks['unknown-plan'] === 'reject';
  const planIds = new Set(refusesPlans ? plans().map(({ id }) => id) : []);
  rows.forEach((row, index) => {
    const where = (field: string) => `members[${index}].${field} (reference_id ${shown(row.reference_id)})`;
    if (quirks.phone === 'required' && !row.phone) {
      const got = row.phone === null ? 'null' : 'none';
      throw new Problem('invalid', 'validation_failed', `${where('phone')}: expected a phone, got ${got}.`, 'SYNC-10');
    }
    if (refusesPlans && (!planIds.has(row.plan_id) || magicOutcome(row) === 'unknown-plan'))
      throw new Problem(
        'malformed',
        'unknown_plan',
        `${where('plan_id')}: expected a plan of this organization, see GET /v1/plans, got ${shown(row.plan_id)}.`,
        'SYNC-15',
      );
  });
}
