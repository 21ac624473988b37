import type { components } from '../../generated/control-api.ts';
import { schemas, type Validator } from '../../generated/control-validators.ts';
import { Problem, shown } from '../domain/problems.ts';
import { firstError, sentence } from '../http/messages.ts';
import type { World } from '../worlds/world.ts';
import type { Worlds } from '../worlds/worlds.ts';

export type Schemas = components['schemas'];

/** The world that the functions of a control are about. */
export interface NamedWorld {
  readonly name: string;
  /** The world, made if there is none yet. */
  open(): World;
  /** The world; throws a Problem if there is none. */
  existing(): World;
}

export const namedWorld = (worlds: Worlds, name: string): NamedWorld => ({
  name,
  open: () => worlds.open(name),
  existing() {
    const world = worlds.find(name);
    if (world === undefined)
      throw new Problem('not-found', 'world_not_found', `There is no world ${shown(name)}; its first use makes it.`);
    return world;
  },
});

/** Throws a Problem if a request is not what its schema says, whether it came over HTTP or from a program. */
export function check<Name extends keyof typeof schemas>(name: Name, request: Schemas[Name]): void {
  const validator = schemas[name] as Validator<unknown>;
  if (!validator(request)) throw new Problem('invalid', 'validation_failed', `${sentence(firstError(validator))}.`);
}

export interface Page {
  /** Counted from 1, which is the default. */
  readonly page?: number;
  /** How many there are on a page; 100 by default. */
  readonly limit?: number;
}

export const slice = ({ page = 1, limit = 100 }: Page): [limit: number, offset: number] => [limit, (page - 1) * limit];
