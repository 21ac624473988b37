import { scenarios } from '../../generated/scenarios.ts';
import { scenarioNamed } from '../worlds/scenarios.ts';
import type { World } from '../worlds/world.ts';
import { mainWorld, type Worlds } from '../worlds/worlds.ts';
import { check, type NamedWorld, type Schemas } from './named-world.ts';

/** Every world that is open. */
export function listWorlds(worlds: Worlds): Schemas['WorldList'] {
  return { worlds: worlds.all().map(describe) };
}

/** What a world can begin with by a name. */
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

export function describe({ name, clock, store }: World): Schemas['World'] {
  return {
    name,
    clock: { now: clock.timestamp(), frozen: clock.frozen },
    syncs_in_flight: store.overview.syncsInFlight(),
    organizations: store.overview.organizations().map(({ id, slug, groups }) => ({
      id,
      slug,
      key: `vit_apk_${slug}${name === mainWorld ? '' : `.${name}`}`,
      groups,
      plans: store.organizations.plans(id),
    })),
  };
}

export const worldsControl = (worlds: Worlds, { name, open, existing }: NamedWorld) => ({
  describeWorld: () => describe(existing()),

  /** Drops the world; the next use of its name makes a new one. Returns the worlds that are left. */
  dropWorld(): Schemas['WorldList'] {
    existing();
    worlds.drop(name);
    return listWorlds(worlds);
  },

  /** Starts the world again, from this seed or that of the mock. */
  resetWorld(seed?: Schemas['Seed']): Schemas['World'] {
    if (seed !== undefined) check('Seed', seed);
    worlds.reset(name, seed);
    return describe(existing());
  },

  /** Starts the world again with what a scenario holds, and with its faults. */
  loadScenario(request: Schemas['ScenarioRequest']): Schemas['World'] {
    check('ScenarioRequest', request);
    const { seed, faults } = scenarioNamed(request.name);
    worlds.reset(name, seed);
    for (const fault of faults) existing().faults.add(fault);
    return describe(existing());
  },

  /** Adds to the world, all or nothing. */
  seedWorld(seed: Schemas['Seed']): Schemas['World'] {
    check('Seed', seed);
    open().plant(seed);
    return describe(existing());
  },
});
