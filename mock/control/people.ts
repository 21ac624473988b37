import { nextState } from '../domain/lifecycle.ts';
import { Problem, shown } from '../domain/problems.ts';
import { limitAndOffset, type NamedWorld, type Page, type Schemas } from './named-world.ts';

export const peopleControl = ({ name, existing }: NamedWorld) => ({
  /** Oldest first. */
  listPeople: (page: Page = {}): Schemas['PersonList'] => ({
    people: existing().store.overview.people(...limitAndOffset(page)),
  }),

  /** Ends the active subscription of a person, in any group, so that they are no longer blocked elsewhere. */
  unsubscribePerson(key: number): Schemas['Person'] {
    const { store, clock } = existing();
    const find = () => (Number.isSafeInteger(key) ? store.overview.person(key) : undefined);
    if (find() === undefined)
      throw new Problem('not-found', 'person_not_found', `There is no person ${shown(key)} in world ${name}.`);
    const state = nextState('active', 'unlisted');
    if (state === undefined || !store.members.unsubscribe(key, state, clock.timestamp()))
      throw new Problem('conflict', 'not_subscribed', `The person ${key} has no active subscription.`);
    return find() as Schemas['Person'];
  },
});
