import type { OperationId } from '../../generated/operations.ts';
import type { Quirks } from '../../generated/quirks.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import type { Problem } from '../domain/problems.ts';
import type { Quotas } from '../domain/quotas.ts';
import type { ErrorContext } from '../http/replies.ts';
import type { Host } from '../jobs/clock.ts';
import type { WorldAccess } from '../worlds/access.ts';
import type { Fault } from '../worlds/faults.ts';
import type { Caller } from '../worlds/worlds.ts';
import type { Credentials } from './authenticate.ts';

/** The worlds and settings of a mock, which every request needs. */
export interface Service {
  readonly access: WorldAccess;
  /** Counts a request to a world, and returns the quotas of its tenant, if it has one. Throws a Problem if the request is refused. */
  readonly admit?: (world: string) => Quotas | undefined | Promise<Quotas | undefined>;
  readonly host: Host;
  readonly random: RandomBytes;
  /** Of worlds without settings of their own. */
  readonly quirks: Quirks;
  /** Called with every request after its answer is known. */
  readonly measure?: (request: MeasuredRequest) => void;
}

export interface MeasuredRequest {
  /** Null if the contract has no operation for its path and method. */
  readonly operation: OperationId | null;
  /** 0 if a fault dropped the connection. */
  readonly status: number;
  readonly milliseconds: number;
  /** Whether an injected fault changed or delayed the answer. */
  readonly hasFault: boolean;
}

/** A request as it arrived. */
export interface ReceivedRequest {
  /** When the request arrived, by `performance.now()`. */
  readonly started: number;
  readonly credentials: Credentials;
  /** Null if the contract has no operation for this path and method. */
  readonly operation: OperationId | null;
  /** The path parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** The raw body, if the operation takes one. */
  readonly bytes?: Uint8Array;
  /** Why the body could not be read. */
  readonly unreadable?: unknown;
}

/** What is known about a request. Each step of its handling adds to it. */
export interface RequestContext extends ReceivedRequest {
  caller?: Caller;
  fault?: Fault | undefined;
  /** Headers that any answer has. */
  headers?: Readonly<Record<string, string>>;
  /** The parsed body, if it is JSON. */
  body?: unknown;
  /** Hints about unknown fields of the body. */
  hints?: readonly string[];
  /** Why the request was refused. */
  problem?: Problem;
}

/** What an error body needs besides the problem. Without a caller, it is that of the world that the key names. */
export const errorContext = (
  { access, host, random, quirks }: Service,
  { caller, credentials }: RequestContext,
): ErrorContext => ({
  at: new Date(host.now()).toISOString(),
  random: caller?.world.random ?? random,
  quirks: (caller?.world ?? access.worlds.nearest(credentials.named) ?? { quirks }).quirks,
});
