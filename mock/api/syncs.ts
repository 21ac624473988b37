import { issueId } from '../domain/identifiers.ts';
import { magicOutcome } from '../domain/magic.ts';
import type { MemberRow } from '../domain/people.ts';
import { Problem, shown } from '../domain/problems.ts';
import { refuseDuplicates } from '../domain/roster.ts';
import { acceptSync } from '../jobs/acceptance.ts';
import type { Call, Handler } from './handlers.ts';

/** Refuses at submission what quirks refuse there, instead of failing the row later (§8.4, §8.5). */
function refuseByQuirk({ world, organization, quirks }: Call<'submitMemberSync'>, rows: readonly MemberRow[]): void {
  const refusesPlans = quirks['unknown-plan'] === 'reject';
  const plans = new Set(refusesPlans ? world.store.organizations.plans(organization.id).map((plan) => plan.id) : []);
  rows.forEach((row, index) => {
    const where = (field: string) => `members[${index}].${field} (reference_id ${shown(row.reference_id)})`;
    if (quirks.phone === 'required' && !row.phone) {
      const got = row.phone === null ? 'null' : 'none';
      throw new Problem('invalid', 'validation_failed', `${where('phone')}: expected a phone, got ${got}.`, 'SYNC-10');
    }
    if (refusesPlans && (!plans.has(row.plan_id) || magicOutcome(row) === 'unknown-plan'))
      throw new Problem(
        'malformed',
        'unknown_plan',
        `${where('plan_id')}: expected a plan of this organization, see GET /v1/plans, got ${shown(row.plan_id)}.`,
        'SYNC-15',
      );
  });
}

/** Queues the whole roster, or refuses all of it (SYNC-8, SYNC-10). */
export const submitMemberSync: Handler<'submitMemberSync'> = (call) => {
  const { world, group, body, random, quirks } = call;
  refuseDuplicates(body.members);
  refuseByQuirk(call, body.members);
  const magicOutcomes = new Set(body.members.map(magicOutcome));
  const sync = {
    id: issueId('grpmsr', random),
    groupKey: group.key,
    acceptedAt: world.clock.timestamp(),
    progress: magicOutcomes.has('never') ? ('stalled' as const) : ('queued' as const),
    slow: magicOutcomes.has('slow'),
  };
  acceptSync({ ...world, quirks }, sync, body.members);
  return {
    status: '202',
    body: { data: { request_id: sync.id, group_id: group.id, accepted_at: sync.acceptedAt } },
  };
};

export const retrieveMemberSync: Handler<'retrieveMemberSync'> = ({ world, group, params }) => {
  const id = params.request_id as string;
  const sync = world.store.syncs.find(group.key, id);
  if (sync === undefined)
    throw new Problem(
      'not-found',
      'sync_request_not_found',
      `There is no sync request ${shown(id)} of group ${group.id}.`,
      'SYNC-14',
    );
  world.queue.countPoll(id);
  return { status: '200', body: { data: sync } };
};
