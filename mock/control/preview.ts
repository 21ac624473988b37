import { previewOf } from '../domain/preview.ts';
import { reconcile } from '../domain/reconcile.ts';
import { refuseRoster } from '../domain/submission.ts';
import { validBody } from '../http/valid-body.ts';
import { noSuchGroup } from './groups.ts';
import type { NamedWorld, Schemas } from './named-world.ts';

export const previewControl = ({ name, existing }: NamedWorld) => ({
  /** What a sync with this roster would do if it completed now. Throws the Problem with which it would be refused. */
  previewSync(groupId: string, request: Schemas['PreviewRequest']): Schemas['Preview'] {
    const { store, quirks, rejections } = existing();
    const { members } = validBody('SubmitMemberSyncRequest', request, quirks) as Schemas['PreviewRequest'];
    const loaded = store.syncs.loadRoster(groupId, members);
    if (loaded === undefined) throw noSuchGroup(groupId, name);
    refuseRoster(members, { quirks, plans: () => store.organizations.plans(loaded.organizationId) });
    const reconciled = reconcile(loaded, {
      quirks,
      issueMemberId: () => '',
      issueAccountId: () => '',
      rejection: (referenceId, operation) => rejections.find(groupId, referenceId, operation)?.reason,
    });
    return { ...previewOf(loaded, reconciled), syncs_in_flight: store.overview.syncsInFlight(groupId) };
  },
});
