import type { components } from '../../generated/control-api.ts';
import type { OperationId, operations } from '../../generated/control-operations.ts';
import { schemas, type Validator } from '../../generated/control-validators.ts';
import { Problem, shown } from '../domain/problems.ts';
import { firstError, sentence } from '../http/messages.ts';
import type { World } from '../worlds/world.ts';
import type { Worlds } from '../worlds/worlds.ts';

export type Schemas = components['schemas'];

type Operation<Id extends OperationId> = (typeof operations)[Id];
type Named<Name> = Name extends keyof Schemas ? Schemas[Name] : undefined;
type Success<Id extends OperationId> = Extract<keyof Operation<Id>['responses'], '200' | '201'>;

/** The body of a request for an operation of the control plane. */
export type BodyOf<Id extends OperationId> = Named<Operation<Id>['body']>;
/** What an operation of the control plane answers. */
export type AnswerTo<Id extends OperationId> = Named<Operation<Id>['responses'][Success<Id>]>;

/** The world that control functions act on. */
export interface NamedWorld {
  /** The name that the caller uses. */
  readonly name: string;
  /** The name under which it is stored. */
  readonly stored: string;
  /** The world, created if it does not exist. */
  open(): World;
  /** The world. Throws a Problem if it does not exist. */
  existing(): World;
}

export const namedWorld = (worlds: Worlds, stored: string, name = stored): NamedWorld => ({
  name,
  stored,
  open: () => worlds.open(stored),
  existing() {
    const world = worlds.find(stored);
    if (world === undefined) throw noSuchWorld(name);
    return world;
  },
});

export const noSuchWorld = (name: string): Problem =>
  new Problem(
    'not-found',
    'world_not_found',
    `There is no world ${shown(name)}; the first request with its key creates it.`,
  );

/** Throws a Problem if a request, from HTTP or from code, does not fit its schema. */
export function check<Name extends keyof typeof schemas>(name: Name, request: Schemas[Name]): void {
  const validator = schemas[name] as Validator<unknown>;
  if (!validator(request)) throw new Problem('invalid', 'validation_failed', `${sentence(firstError(validator))}.`);
}

export interface Page {
  /** Counted from 1, which is the default. */
  readonly page?: number;
  /** Items per page; 100 by default. */
  readonly limit?: number;
}

export const limitAndOffset = ({ page = 1, limit = 100 }: Page): [limit: number, offset: number] => [
  limit,
  (page - 1) * limit,
];
