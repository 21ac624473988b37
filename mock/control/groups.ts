import { Problem, shown } from '../domain/problems.ts';
import { limitAndOffset, type NamedWorld, type Page, type Schemas } from './named-world.ts';

export const noSuchGroup = (groupId: string, world: string): Problem =>
  new Problem('not-found', 'group_not_found', `There is no group ${shown(groupId)} in world ${world}.`);

export const groupsControl = ({ name, existing }: NamedWorld) => ({
  /** The groups of every organization, newest first. */
  listGroups: (page: Page = {}): Schemas['GroupList'] => ({
    groups: existing().store.overview.groups(...limitAndOffset(page)),
  }),

  /** Every reference_id that was ever on the roster. One that waits to be applied is `provisioning`. */
  readRoster(groupId: string): Schemas['Roster'] {
    const { overview } = existing().store;
    const roster = overview.roster(groupId);
    if (roster === undefined) throw noSuchGroup(groupId, name);
    const members = new Map(roster.members.map((member) => [member.reference_id, member]));
    for (const reference_id of overview.awaited(groupId)) {
      const known = members.get(reference_id) ?? { reference_id, member_id: null, person: null, subscriptions: [] };
      if (!('state' in known) || known.state !== 'active')
        members.set(reference_id, { ...known, state: 'provisioning' });
    }
    return { ...roster, members: [...members.values()] };
  },
});
