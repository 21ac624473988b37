import type { components } from '../../generated/api.ts';
import type { Quirks } from '../../generated/quirks.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import { Problem, type ProblemKind } from '../domain/problems.ts';

/** An answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** The body as it is sent, if that is known already. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Where to drop the connection: before the answer, or in the middle of its body. */
  readonly cut?: 'connection' | 'body' | undefined;
}

export const statuses: Readonly<Record<ProblemKind, number>> = {
  malformed: 400,
  invalid: 400,
  unauthorized: 401,
  'not-found': 404,
  forbidden: 403,
  'method-not-allowed': 405,
  conflict: 409,
  'rate-limited': 429,
  unavailable: 503,
};

/** What an error body needs besides the problem. */
export interface ErrorContext {
  /** RFC 3339 timestamp. */
  readonly at: string;
  readonly random: RandomBytes;
  readonly quirks: Quirks;
}

/** The contract's error body (ERR-1, ERR-2); the header `x-mock-rule` names the rule that the request broke. */
export function refusal(problem: Problem, { at, random, quirks }: ErrorContext): Reply {
  const { kind, code, message, rule, retryAfter } = problem;
  const status = kind === 'invalid' && quirks['validation-status'] === '422' ? 422 : statuses[kind];
  const headers = {
    ...(rule && { 'x-mock-rule': rule }),
    ...(kind === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  };
  if (kind === 'unauthorized' && quirks['error-shape'] === 'legacy')
    return { status, headers, body: { error: { code, message } } };
  return { status, headers, body: errorBody(message, code, at, random) };
}

/** The problem with the request; undefined if the mock itself failed. */
export function problemIn(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  // Deeply nested JSON can be parsed, but walking through it exhausts the stack.
  const isTooDeep = error instanceof RangeError && error.message.includes('call stack');
  return isTooDeep
    ? new Problem('malformed', 'nested_too_deeply', 'Expected a body that is nested less deeply.', 'ERR-7')
    : undefined;
}

/** The answer if the mock itself failed. */
export function failure({ at, random }: ErrorContext): Reply {
  return { status: 500, body: errorBody('The mock failed to handle this request; see its log.', null, at, random) };
}

/** What the answer of an injected fault is made of. */
export interface FaultyAnswer {
  readonly status: number;
  readonly app_error_code?: string | null;
  readonly body?: unknown;
}

/** The answer of an injected fault: its own body, or the contract's error body. */
export function faulty({ status, app_error_code, body }: FaultyAnswer, { at, random }: ErrorContext): Reply {
  if (typeof body === 'string') return { status, body, text: body };
  if (body !== undefined) return { status, body };
  const message = 'This answer is an injected fault; see the faults in the control plane of the mock.';
  const code = app_error_code === undefined ? (status === 429 ? 'rate_limited' : 'fault') : app_error_code;
  return { status, body: errorBody(message, code, at, random) };
}

function errorBody(message: string, code: string | null, timestamp: string, random: RandomBytes) {
  const body: components['schemas']['Error'] = {
    timestamp,
    message,
    error: message,
    app_error_code: code,
    trace_id: Buffer.from(random(16)).toString('hex'),
  };
  return body;
}
