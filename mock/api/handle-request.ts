import type { Context } from 'hono';
import { type OperationId, operations } from '../../generated/operations.ts';
import { hintsOf, queryHintsOf } from '../domain/hints.ts';
import { defaultQuotas, hasFewerRows, overQuota, type Quotas, refuseOver } from '../domain/quotas.ts';
import { answer } from '../http/answers.ts';
import { discardBody, expectJson, maxBodyBytes, maxSmallBodyBytes, parseJson, readBytes } from '../http/bodies.ts';
import { jsonText } from '../http/json.ts';
import { failure, problemIn, type Reply, refusal } from '../http/replies.ts';
import { validBody } from '../http/valid-body.ts';
import type { StoredGroup } from '../store/groups.ts';
import type { World } from '../worlds/world.ts';
import type { Caller } from '../worlds/worlds.ts';
import { authenticate, credentialsOf } from './authenticate.ts';
import { applyFault, noReply, preventsEffect } from './faults.ts';
import { groupOf } from './groups.ts';
import type { Handler } from './handlers.ts';
import { maskPath, record } from './journal-entry.ts';
import { handlers } from './operations.ts';
import { rateLimitHeaders, refuseOverLimit } from './rate-limit.ts';
import { errorContext, type ReceivedRequest, type RequestContext, type Service } from './request-context.ts';
import { expectPermitted } from './tokens.ts';
import { validQuery } from './validation.ts';

/**
 * Answers a request for an operation of the contract. Returns a promise only if the request has to wait, because Hono
 * sends a response faster than a promise of one: 5% to 13% of a retrieval.
 */
export function handleRequest(service: Service, c: Context, operation: OperationId): Response | Promise<Response> {
  const received = {
    started: performance.now(),
    credentials: credentialsOf(c, service.access.worlds),
    operation,
    params: c.req.param(),
  };
  return service.admit === undefined
    ? receive(service, c, received)
    : admitted(service, c, received).then(
        (quotas) => receive(service, c, received, quotas),
        (error) => refuse(service, c, received, error),
      );
}

/** Refuses a request without looking at its body. */
async function refuse(service: Service, c: Context, received: OperationRequest, error: unknown): Promise<Response> {
  if (operations[received.operation].body !== null) await discardBody(c);
  return finish(service, c, received, replyToError(service, c, received, error));
}

/** The quotas of the tenant that sends a request. Throws a Problem if it is refused, whose body is then not kept. */
async function admitted({ access, admit }: Service, c: Context, { credentials }: ReceivedRequest) {
  if (credentials.named === undefined) authenticate(c, access.worlds, credentials);
  return credentials.named && admit?.(credentials.named.world);
}

/** Reads the body, if the operation takes one. */
function receive(service: Service, c: Context, received: OperationRequest, quotas?: Quotas) {
  const { operation } = received;
  if (operations[operation].body === null) return respond(service, c, received);
  // Read before anything is decided, so that everything after it happens at once.
  return readBody(c, operation, quotas).then(
    (bytes) => respond(service, c, { ...received, bytes }),
    (unreadable) => respond(service, c, { ...received, unreadable }),
  );
}

/** Reads a body, unless it has more bytes than the tenant needs for it. */
function readBody(c: Context, operation: OperationId, quotas: Quotas | undefined): Promise<Uint8Array> {
  if (quotas === undefined) return readBytes(c, maxBodyBytes);
  if (operation !== 'submitMemberSync') return readBytes(c, maxSmallBodyBytes);
  const max = Math.max(maxSmallBodyBytes, (maxBodyBytes * quotas.rows) / defaultQuotas.rows);
  return readBytes(c, max, hasFewerRows(quotas) ? () => overQuota(quotas, 'rows') : undefined);
}

/** A request for an operation of the contract. */
type OperationRequest = ReceivedRequest & { readonly operation: OperationId };

/** Handles a request in its world and sends the reply. */
function respond(service: Service, c: Context, received: OperationRequest): Response | Promise<Response> {
  const handled = service.access.run(received.credentials.named?.world, () => handle(service, c, received));
  if (handled instanceof Promise || handled.request.fault) return respondLater(service, c, received, handled);
  return finish(service, c, handled.request, handled.reply);
}

async function respondLater(
  service: Service,
  c: Context,
  received: ReceivedRequest,
  pending: Handled | Promise<Handled>,
): Promise<Response> {
  let request: RequestContext = received;
  let reply: Reply;
  try {
    const handled = await pending;
    request = handled.request;
    const { fault } = request;
    const context = errorContext(service, request);
    reply = fault ? await applyFault(fault, handled.reply, service.host, context) : handled.reply;
  } catch (error) {
    reply = replyToError(service, c, request, error);
  }
  return finish(service, c, request, reply);
}

interface Handled {
  readonly request: RequestContext;
  readonly reply: Reply;
}

/** Authenticates the request, counts it, and executes it unless a fault prevents that. Never throws. */
function handle(service: Service, c: Context, received: OperationRequest): Handled {
  const request: RequestContext = { ...received };
  let reply: Reply;
  try {
    const caller = authenticate(c, service.access.worlds, received.credentials);
    request.caller = caller;
    const allowance = caller.world.limiter?.count(received.credentials.key as string, caller.world.clock.now());
    if (allowance !== undefined) {
      request.headers = rateLimitHeaders(allowance, service.host.now());
      refuseOverLimit(allowance);
    }
    const fault = caller.world.faults.next(received.operation);
    if (received.unreadable !== undefined) throw received.unreadable;
    request.fault = fault;
    reply = fault && preventsEffect(fault) ? noReply : execute(c, received.operation, request, caller);
  } catch (error) {
    reply = replyToError(service, c, request, error);
  }
  return { request, reply };
}

/** Executes the operation. Throws a Problem if the request is refused. */
function execute(c: Context, operation: OperationId, request: RequestContext, caller: Caller): Reply {
  const { quirks } = caller.world;
  expectPermitted(caller.token, operation);
  const groupFirst = quirks['refusal-order'] === 'group-first';
  const early = groupFirst ? lookUpGroup(caller, request) : undefined;
  const body = checkBody(caller.world, c, operation, request);
  addHints(request, queryHintsOf(Object.keys(operations[operation].query), c.req.url));
  const query = validQuery(operation, c.req.url, quirks['pagination-errors'] === 'clamp');
  const group = groupFirst ? early : lookUpGroup(caller, request);
  const { params } = request;
  const handler = handlers[operation] as Handler<OperationId>;
  const { status, body: answered } = handler({
    ...caller,
    params,
    group: group as never,
    query,
    body: body as never,
    quirks,
    random: caller.world.random,
  });
  return { status: Number(status), body: answered };
}

/** The group that the path names, if any. Throws a Problem if the organization has no such group. */
function lookUpGroup(caller: Caller, { params }: RequestContext): StoredGroup | undefined {
  return params.group_id === undefined ? undefined : groupOf(caller, params.group_id);
}

/** The valid body, if the operation takes one. Throws a Problem if the body breaks the contract. */
function checkBody({ quirks, quotas }: World, c: Context, operation: OperationId, request: RequestContext): unknown {
  const schema = operations[operation].body;
  if (schema === null) return undefined;
  const bytes = request.bytes as Uint8Array;
  const isLeftOut = bytes.length === 0 && c.req.header('content-type') === undefined;
  if (isLeftOut && operations[operation].bodyIsOptional) return {};
  expectJson(c);
  request.body = parseJson(bytes);
  if (operation === 'submitMemberSync') refuseLongRoster(quotas, request.body);
  addHints(request, hintsOf(schema, request.body));
  return validBody(schema, request.body, quirks);
}

/** Throws a Problem if a roster has more rows than its tenant may send, before they cost anything else. */
function refuseLongRoster(quotas: Quotas | undefined, body: unknown): void {
  if (quotas === undefined || !hasFewerRows(quotas)) return;
  const { members } = (body ?? {}) as { members?: unknown };
  if (Array.isArray(members)) refuseOver(quotas, 'rows', members.length);
}

function addHints(request: RequestContext, hints: readonly string[]): void {
  if (hints.length > 0) request.hints = [...(request.hints ?? []), ...hints];
}

/** The reply to a request that was refused, or that the mock failed to handle. */
export function replyToError(service: Service, c: Context, request: RequestContext, error: unknown): Reply {
  const problem = problemIn(error);
  if (problem !== undefined) {
    request.problem = problem;
    return refusal(problem, errorContext(service, request));
  }
  const reply = failure(errorContext(service, request));
  const { trace_id } = reply.body as { trace_id: string };
  console.error(
    `groups-mock: ${c.req.method} ${maskPath(c.req.path)} failed: ${(error as Error).message} (trace ${trace_id})`,
  );
  return reply;
}

/** Records the exchange in the journal and sends the reply. */
export function finish(service: Service, c: Context, request: RequestContext, reply: Reply): Response {
  const { access, host, measure } = service;
  const { hints } = request;
  const added = request.headers ?? {};
  const headers =
    hints === undefined && request.headers === undefined
      ? reply.headers
      : { ...added, ...reply.headers, ...(hints && { 'x-mock-hint': hints.join(' | ') }) };
  const sent = { ...reply, headers, text: reply.text ?? jsonText(reply.body) };
  record(c, access.worlds, request, sent, host.now());
  measure?.({
    operation: request.operation,
    status: reply.cut === 'connection' ? 0 : reply.status,
    milliseconds: performance.now() - request.started,
    hasFault: request.fault !== undefined,
  });
  return answer(c, sent);
}
