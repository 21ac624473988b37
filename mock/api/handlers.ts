import type { components } from '../../generated/api.ts';
import type { OperationId, operations } from '../../generated/operations.ts';
import type { Quirks } from '../../generated/quirks.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import type { StoredGroup } from '../store/groups.ts';
import type { Caller } from '../worlds/worlds.ts';
import type { QueryParameters } from './validation.ts';

type Schemas = components['schemas'];
type Operation<Id extends OperationId> = (typeof operations)[Id];
type Named<Name> = Name extends keyof Schemas ? Schemas[Name] : undefined;
type Success<Id extends OperationId> = Extract<keyof Operation<Id>['responses'], '200' | '201' | '202'>;

/** A request for an operation after authentication and validation. */
interface OperationRequest<Id extends OperationId> extends Caller {
  readonly params: Readonly<Record<string, string>>;
  /** The group that the path names, in the caller's organization. */
  readonly group: Operation<Id>['path'] extends `${string}{group_id}${string}` ? StoredGroup : undefined;
  readonly query: QueryParameters;
  readonly body: Named<Operation<Id>['body']>;
  readonly quirks: Quirks;
  readonly random: RandomBytes;
}

/** Answers an operation with one of its documented successes, or throws a Problem. */
export type Handler<Id extends OperationId> = (call: OperationRequest<Id>) => {
  readonly status: Success<Id>;
  readonly body: Named<Operation<Id>['responses'][Success<Id>]>;
};
