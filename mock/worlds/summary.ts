import type { components } from '../../generated/control-api.ts';
import type { World } from './world.ts';

type Schemas = components['schemas'];

/** What a list shows of a world, other than its name and its keys. */
export interface Summary extends Pick<Schemas['World'], 'clock' | 'syncs_in_flight'> {
  readonly organizations: readonly Omit<Schemas['Organization'], 'key'>[];
}

export const summaryOf = ({ clock, store }: World): Summary => ({
  clock: { now: clock.timestamp(), frozen: clock.frozen },
  syncs_in_flight: store.overview.syncsInFlight(),
  organizations: store.overview
    .organizations()
    .map(({ id, slug, groups }) => ({ id, slug, groups, plans: store.organizations.plans(id) })),
});
