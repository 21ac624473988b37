import { scenarios } from '../../generated/scenarios.ts';
import type { WorldAccess } from '../worlds/access.ts';
import type { Keys } from '../worlds/keys.ts';
import { nameWithin, type Reach } from '../worlds/reach.ts';
import { scenarioNamed } from '../worlds/scenarios.ts';
import { type Summary, summaryOf } from '../worlds/summary.ts';
import type { World } from '../worlds/world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { check, limitAndOffset, type NamedWorld, type Page, type Schemas } from './named-world.ts';

/** Every open world of this process, and the names of those that are closed. */
export function listWorlds(worlds: Worlds): Schemas['WorldList'] {
  const names = worlds.names();
  const open = worlds.all();
  return { worlds: open.map((world) => describe(world)), closed: names.slice(open.length), total: names.length };
}

/** A page of the worlds within reach. Those of a folder stay closed, and of a database those whose summaries are known. */
export async function pageOfWorlds(
  access: WorldAccess,
  reach: Reach,
  { search, ...page }: Page & { readonly search?: string } = {},
): Promise<Schemas['WorldList']> {
  const [limit, offset] = limitAndOffset(page);
  const filter = { ...reach, ...(search !== undefined && { search }) };
  const { names, summaries, total } = await access.names({ limit, offset, ...filter });
  const worlds: Schemas['World'][] = [];
  const closed: string[] = [];
  for (const stored of names) {
    const name = nameWithin(reach, stored);
    const summary =
      summaries?.get(stored) ??
      (await access.run(stored, () => {
        const open = access.worlds.peek(stored);
        return open && summaryOf(open);
      }));
    if (summary === undefined) closed.push(name);
    else worlds.push(shown(summary, access.worlds.keys, stored, name));
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

export const describe = (world: World, name = world.name): Schemas['World'] =>
  shown(summaryOf(world), world.keys, world.name, name);

const shown = ({ organizations, ...summary }: Summary, keys: Keys, stored: string, name: string): Schemas['World'] => ({
  name,
  ...summary,
  organizations: organizations.map(({ id, slug, ...organization }) => ({
    id,
    slug,
    key: keys.apiKey(slug, stored),
    ...organization,
  })),
});

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
