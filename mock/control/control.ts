import type { Worlds } from '../worlds/worlds.ts';
import { clockControl } from './clock.ts';
import { faultsControl } from './faults.ts';
import { groupsControl } from './groups.ts';
import { harControl } from './har.ts';
import { journalControl } from './journal.ts';
import { namedWorld } from './named-world.ts';
import { peopleControl } from './people.ts';
import { rejectionsControl } from './rejections.ts';
import { snapshotControl } from './snapshot.ts';
import { syncsControl } from './syncs.ts';
import { worldsControl } from './worlds.ts';

/**
 * What can be done to one world from outside the contract; each function is an operation of
 * `spec/control.openapi.yaml`. One that writes makes the world if there is none yet, one that reads throws.
 * All throw a Problem that says what was expected.
 */
export function worldControl(worlds: Worlds, name: string) {
  const world = namedWorld(worlds, name);
  return {
    ...worldsControl(worlds, world),
    ...snapshotControl(world),
    ...clockControl(world),
    ...syncsControl(world),
    ...rejectionsControl(world),
    ...faultsControl(world),
    ...groupsControl(world),
    ...peopleControl(world),
    ...journalControl(world),
    ...harControl(world),
  };
}

/** What can be done to one world from outside the contract. */
export type WorldControl = ReturnType<typeof worldControl>;
