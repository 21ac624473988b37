import type { WorldAccess } from '../worlds/access.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { clockControl } from './clock.ts';
import { faultsControl } from './faults.ts';
import { groupsControl } from './groups.ts';
import { harControl } from './har.ts';
import { journalControl } from './journal.ts';
import { namedWorld } from './named-world.ts';
import { peopleControl } from './people.ts';
import { previewControl } from './preview.ts';
import { rejectionsControl } from './rejections.ts';
import { type RequestFilter, requestsControl } from './requests.ts';
import { settingsControl } from './settings.ts';
import { snapshotControl } from './snapshot.ts';
import { syncsControl } from './syncs.ts';
import { worldsControl } from './worlds.ts';

/**
 * The control plane of one world; each function but `requests` is an operation of `spec/control.openapi.yaml`. If the world does not
 * exist, functions that write create it, and functions that read throw. All throw a Problem that says what was expected.
 */
export function worldControl(worlds: Worlds, stored: string, name = stored) {
  const world = namedWorld(worlds, stored, name);
  return {
    ...worldsControl(worlds, world),
    ...settingsControl(world),
    ...snapshotControl(world),
    ...clockControl(world),
    ...syncsControl(world),
    ...rejectionsControl(world),
    ...faultsControl(world),
    ...groupsControl(world),
    ...previewControl(world),
    ...peopleControl(world),
    ...journalControl(world),
    ...requestsControl(world),
    ...harControl(world),
    /**
     * The requests of this world or another, oldest first.
     *
     * @example
     * expect(mock.control().requests({ operation: 'submitMemberSync' })).toMatchObject([{ status: 202, rows: 5 }]);
     */
    requests: ({ world: of = stored, ...filter }: RequestFilter & { readonly world?: string } = {}) =>
      requestsControl(namedWorld(worlds, of)).listRequests(filter).requests,
  };
}

/** The control plane of one world. */
export type WorldControl = ReturnType<typeof worldControl>;

/** The control plane of one world, each function a unit of work for which the caller waits. */
export type AwaitedControl = {
  readonly [Name in keyof WorldControl]: (
    ...given: Parameters<WorldControl[Name]>
  ) => Promise<ReturnType<WorldControl[Name]>>;
};

export function awaitedControl(access: WorldAccess, stored: string, name = stored): AwaitedControl {
  const control = worldControl(access.worlds, stored, name);
  const awaited = Object.entries(control).map(([operation, call]) => [
    operation,
    async (...given: unknown[]) => access.run(stored, () => (call as (...given: unknown[]) => unknown)(...given)),
  ]);
  return Object.fromEntries(awaited);
}
