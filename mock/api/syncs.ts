import { issueId } from '../domain/identifiers.ts';
import { magicOutcome } from '../domain/magic.ts';
import { Problem, shown } from '../domain/problems.ts';
import { refuseRoster } from '../domain/submission.ts';
import { acceptSync } from '../jobs/acceptance.ts';
import type { Handler } from './handlers.ts';

/** Queues the whole roster, or refuses all of it (SYNC-8, SYNC-10). */
export const submitMemberSync: Handler<'submitMemberSync'> = ({ world, organization, group, body, random, quirks }) => {
  refuseRoster(body.members, { quirks, plans: () => world.store.organizations.plans(organization.id) });
  const magicOutcomes = new Set(body.members.map(magicOutcome));
  const sync = {
    id: issueId('grpmsr', random),
    groupKey: group.key,
    acceptedAt: world.clock.timestamp(),
    progress: magicOutcomes.has('never') ? ('stalled' as const) : ('queued' as const),
    slow: magicOutcomes.has('slow'),
  };
  acceptSync(world, sync, body.members);
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
