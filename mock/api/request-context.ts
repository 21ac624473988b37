import type { OperationId } from '../../generated/operations.ts';
import type { Quirks } from '../../generated/quirks.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import type { Problem } from '../domain/problems.ts';
import type { ErrorContext } from '../http/replies.ts';
import type { Host } from '../jobs/clock.ts';
import type { Fault } from '../worlds/faults.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** What every request is answered from: the worlds of a mock, and the settings that they share. */
export interface Service {
  readonly worlds: Worlds;
  readonly quirks: Quirks;
  readonly host: Host;
  readonly random: RandomBytes;
}

/** What is known of a request; each step of its handling adds to it. */
export interface RequestContext {
  /** When it began, by `performance.now()`. */
  readonly started: number;
  /** Null if no operation of the contract is at its path and method. */
  readonly operation: OperationId | null;
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>;
  caller?: Caller;
  fault?: Fault | undefined;
  /** The body as it was sent. */
  bytes?: Uint8Array;
  /** What the body says, if it is JSON. */
  body?: unknown;
  /** What to say of fields that the contract does not know. */
  hints?: readonly string[];
  /** Why the request was refused. */
  problem?: Problem;
}

export const newRequest = (operation: OperationId | null, params: RequestContext['params'] = {}): RequestContext => ({
  started: performance.now(),
  operation,
  params,
});

/** What the body of an error needs besides the error. */
export const errorContext = ({ quirks, host, random }: Service, { caller }: RequestContext): ErrorContext => ({
  at: new Date(host.now()).toISOString(),
  random: caller?.world.random ?? random,
  quirks,
});
