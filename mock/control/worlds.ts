import { scenarios } from '../../generated/scenarios.ts';
import type { WorldAccess } from '../worlds/access.ts';
import { nameWithin, type Reach } from '../worlds/reach.ts';
import { scenarioNamed } from '../worlds/scenarios.ts';
import type { World } from '../worlds/world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { check, limitAndOffset, type NamedWorld, type Page, type Schemas } from './named-world.ts';

/** Every open world of this process, and the names of those that are closed. */
export function listWorlds(worlds: Worlds): Schemas['WorldList'] {
  const names = worlds.names();
  const open = worlds.all();
  return { worlds: open.map((world) => describe(world)), closed: names.slice(open.length), total: names.length };
}

/** A page of the worlds within reach. Those of a folder stay closed. */
export async function pageOfWorlds(
  access: WorldAccess,
  reach: Reach,
  { search, ...page }: Page & { readonly search?: string } = {},
): Promise<Schemas['WorldList']> {
  const [limit, offset] = limitAndOffset(page);
  const filter = { ...reach, ...(search !== undefined && { search }) };
  const { names, total } = await access.names({ limit, offset, ...filter });
  const worlds: Schemas['World'][] = [];
  const closed: string[] = [];
  for (const stored of names) {
    const name = nameWithin(reach, stored);
    const world = await access.run(stored, () => {
      const open = access.worlds.peek(stored);
      return open && describe(open, name);
    });
    if (world === undefined) closed.push(name);
    else worlds.push(world);
  }
  return { worlds, closed, total };
}

/** The scenarios that a world can start with. */
export function listScenarios(): Schemas['ScenarioList'] {
  return {
    scenarios: Object.entries(scenarios).map(([name, { holds, try: attempt, see }]) => ({
      name,
      holds,
      try: attempt,
      see,
    })),
  };
}

export function describe({ name: stored, clock, store, keys }: World, name = stored): Schemas['World'] {
  return {
    name,
    clock: { now: clock.timestamp(), frozen: clock.frozen },
    syncs_in_flight: store.overview.syncsInFlight(),
    organizations: store.overview.organizations().map(({ id, slug, groups }) => ({
      id,
      slug,
      key: keys.apiKey(slug, stored),
      groups,
      plans: store.organizations.plans(id),
    })),
  };
}

export const worldsControl = (worlds: Worlds, { name, stored, open, existing }: NamedWorld) => ({
  describeWorld: () => describe(existing(), name),

  /** Drops the world; the next use of its name creates a new one. Returns the remaining worlds. */
  dropWorld(): Schemas['WorldList'] {
    existing();
    worlds.drop(stored);
    return listWorlds(worlds);
  },

  /** Resets the world to this seed or to that of the mock. */
  resetWorld(seed?: Schemas['Seed']): Schemas['World'] {
    if (seed !== undefined) check('Seed', seed);
    worlds.reset(stored, seed);
    return describe(existing(), name);
  },

  /** Resets the world to the content and the faults of a scenario. */
  loadScenario(request: Schemas['ScenarioRequest']): Schemas['World'] {
    check('ScenarioRequest', request);
    const { seed, faults } = scenarioNamed(request.name);
    worlds.reset(stored, seed);
    for (const fault of faults) existing().faults.add(fault);
    return describe(existing(), name);
  },

  /** Adds a seed to the world. Throws a Problem, and then adds nothing. */
  seedWorld(seed: Schemas['Seed']): Schemas['World'] {
    check('Seed', seed);
    open().plant(seed);
    return describe(existing(), name);
  },
});
