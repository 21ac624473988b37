import type { components } from '../../generated/control-api.ts';
import { changedFields } from './people.ts';
import { type Addition, type KnownPerson, type LoadedSync, ofKind, type Reconciled } from './roster.ts';

type Schemas = components['schemas'];

/** What a reconciliation would do, by `reference_id` instead of by the ids that it would issue. */
export function previewOf(sync: LoadedSync, reconciled: Reconciled): Omit<Schemas['Preview'], 'syncs_in_flight'> {
  const { roster, listed, people } = sync;
  const { changes, results } = reconciled;
  const ended = new Map(ofKind(changes, 'unsubscribe').map(({ subscription }) => [subscription.person, subscription]));
  const updates = new Map(ofKind(changes, 'update').map((update) => [update.person, update]));
  const stays = roster.filter(({ referenceId }) => listed.has(referenceId));

  return {
    group_id: sync.groupId,
    rows: listed.size,
    added: ofKind(changes, 'subscribe').map(({ addition }) => additionOf(addition, sync, ended)),
    kept: stays.filter(({ person }) => !updates.has(person)).map(({ referenceId }) => referenceId),
    changed: stays.flatMap(({ person, referenceId }) => {
      const update = updates.get(person);
      if (update === undefined) return [];
      const { details } = people.get(person) as KnownPerson;
      return [{ reference_id: referenceId, fields: changedFields(details, update.details) }];
    }),
    removed: [...ended.values()]
      .filter(({ groupId }) => groupId === sync.groupId)
      .map(({ referenceId, memberId }) => ({ reference_id: referenceId, member_id: memberId })),
    refused: results.failures,
    ignored_plans: stays.flatMap(({ referenceId, planId = '' }) => {
      const named = listed.get(referenceId) as string;
      return named === planId ? [] : [{ reference_id: referenceId, plan_id: planId, ignored_plan_id: named }];
    }),
  };
}

function additionOf(
  { referenceId, planId, person }: Addition,
  { groupId, members }: LoadedSync,
  ended: ReadonlyMap<number, { readonly groupId: string }>,
): Schemas['PreviewAddition'] {
  const isKnown = typeof person === 'number';
  const returns = isKnown && members.get(referenceId)?.account?.person === person;
  const before = isKnown ? ended.get(person)?.groupId : undefined;
  return {
    reference_id: referenceId,
    plan_id: planId,
    account: returns ? 'returning' : isKnown ? 'known' : 'new',
    moved_from: before === undefined || before === groupId ? null : before,
  };
}
