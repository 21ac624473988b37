import { isWithin, nameWithin } from './reach.ts';
import type { Summary } from './summary.ts';
import type { Worlds } from './worlds.ts';

export interface UnitOptions {
  /** Whether the work reads the journal of the world. */
  readonly readsJournal?: boolean;
}

/** Which worlds to list. */
export interface NamesFilter {
  readonly limit: number;
  readonly offset: number;
  /** A part of the name, without the tenant if one is given. */
  readonly search?: string;
  /** Only the worlds of this tenant. */
  readonly tenant?: string;
}

/** The names of some worlds, and how many have the searched text in their names. */
export interface WorldNames {
  readonly names: readonly string[];
  /** By name, the summaries of worlds that need not be opened to list them. */
  readonly summaries?: ReadonlyMap<string, Summary>;
  readonly total: number;
}

/** How requests reach worlds: at once, or through a database that several mocks share. */
export interface WorldAccess {
  readonly worlds: Worlds;
  /**
   * Runs work on one world as a unit: nothing else happens to the world meanwhile, and what the work changed is stored
   * when its value is there. Work that is not about a world names none. With a shared database the value is a promise,
   * and the work may run again, so it must have no effects outside of the world.
   */
  run<T>(world: string | undefined, work: () => T, options?: UnitOptions): T | Promise<T>;
  names(filter: NamesFilter): WorldNames | Promise<WorldNames>;
}

/** Access to worlds that only this process has open. */
export const directAccess = (worlds: Worlds): WorldAccess => ({
  worlds,
  run: (_world, work) => work(),
  names({ limit, offset, search = '', ...reach }) {
    const isFound = (name: string) => nameWithin(reach, name).toLowerCase().includes(search.toLowerCase());
    const found = worlds.names().filter((name) => isWithin(reach, name) && isFound(name));
    return { names: found.slice(offset, offset + limit), total: found.length };
  },
});
