import { type Context, Hono } from 'hono';
import { type OperationId, operations } from '../../generated/operations.ts';
import { Problem } from '../domain/problems.ts';
import { answer } from '../http/answers.ts';
import { bytesOf, expectJson, mostBytes, nextTurn, parseJson } from '../http/bodies.ts';
import { type ErrorContext, failure, problemIn, type Reply, refusal } from '../http/replies.ts';
import type { Fault } from '../worlds/faults.ts';
import type { WorldSettings } from '../worlds/world.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';
import { harmlessPath, keyOf, record, type Visit } from './exchanges.ts';
import { suffer } from './faults.ts';
import { createGroup, listGroups, retrieveGroup, updateGroup } from './groups.ts';
import type { Handler } from './handlers.ts';
import { listPlans } from './plans.ts';
import { retrieveMemberSync, submitMemberSync } from './syncs.ts';
import { validBody, validQuery } from './validation.ts';

const handlers: { readonly [Id in OperationId]: Handler<Id> } = {
  createGroup,
  listGroups,
  retrieveGroup,
  updateGroup,
  submitMemberSync,
  retrieveMemberSync,
  listPlans,
};

/** The seven operations of the contract under their paths, for callers of these worlds. */
export function contractRoutes(worlds: Worlds, settings: Pick<WorldSettings, 'quirks' | 'host' | 'random'>): Hono {
  const { quirks, host } = settings;
  const app = new Hono();

  const now = () => new Date(host.now()).toISOString();
  const visitOf = (operation: OperationId | null, params: Visit['params'] = {}): Visit => ({
    started: performance.now(),
    operation,
    params,
  });
  const errorContext = ({ caller }: Visit): ErrorContext => ({
    at: now(),
    random: caller?.world.random ?? settings.random,
    quirks,
  });

  const authenticate = (c: Context): Caller => {
    const key = keyOf(c);
    const caller = key === undefined ? undefined : worlds.caller(key);
    if (caller !== undefined) return caller;
    if (c.req.header('authorization') === undefined)
      throw new Problem(
        'unauthorized',
        'unauthorized',
        'Expected the header "Authorization: Bearer <key>", got none.',
        'AUTH-1',
      );
    throw new Problem(
      'unauthorized',
      'unauthorized',
      'The key in the Authorization header is unknown; expected "Bearer vit_apk_<organization>" with an organization ' +
        'of this mock.',
      'AUTH-2',
    );
  };

  /** The reply to a request that was refused, or on which the mock failed. */
  const failed = (c: Context, visit: Visit, error: unknown): Reply => {
    const problem = problemIn(error);
    if (problem !== undefined) {
      visit.problem = problem;
      return refusal(problem, errorContext(visit));
    }
    console.error(`groups-mock: ${c.req.method} ${harmlessPath(c.req.path)} failed: ${(error as Error).message}`);
    return failure(errorContext(visit));
  };

  const finish = (c: Context, visit: Visit, reply: Reply): Response => {
    record(c, worlds, visit, reply, host.now());
    return answer(c, reply);
  };

  const perform = (c: Context, id: OperationId, { params }: Visit, caller: Caller, body?: unknown): Reply => {
    const { world, organization } = caller;
    const query = validQuery(id, c.req.url, quirks['pagination-errors'] === 'clamp');
    const handler = handlers[id] as Handler<OperationId>;
    const { status, body: answered } = handler({
      world,
      organization,
      params,
      query,
      body: body as never,
      quirks,
      random: world.random,
    });
    return { status: Number(status), body: answered };
  };

  /** As `perform`, for a request that has to be waited for: for its body, or because a fault happens to it. */
  const performLater = async (c: Context, id: OperationId, visit: Visit): Promise<Reply> => {
    try {
      const schema = operations[id].body;
      const body = schema === null ? undefined : await readBody(c, schema, visit);
      // While this waited, the world may have been dropped.
      visit.caller = authenticate(c);
      // A write would finish at once a sync that is being applied a little at a time, and hold up everyone.
      const quiet = () => (schema === null ? undefined : visit.caller?.world.store.sliced.quiet());
      for (let over = quiet(); over !== undefined; over = quiet()) {
        await over;
        visit.caller = authenticate(c);
      }
      return perform(c, id, visit, visit.caller, body);
    } catch (error) {
      return failed(c, visit, error);
    }
  };

  /** The body is read also where the fault lets nothing be done with it: so the journal can tell what was sent again. */
  const performFaulty = async (c: Context, id: OperationId, visit: Visit, fault: Fault): Promise<Reply> => {
    try {
      if (operations[id].body !== null) visit.bytes = await bytesOf(c, mostBytes);
      return await suffer(fault, () => performLater(c, id, visit), host, errorContext(visit));
    } catch (error) {
      return failed(c, visit, error);
    }
  };

  const operate = (c: Context, id: OperationId): Response | Promise<Response> => {
    const visit = visitOf(id, c.req.param());
    try {
      const caller = authenticate(c);
      visit.caller = caller;
      visit.fault = caller.world.faults.next(id);
      const { fault } = visit;
      if (fault === undefined && operations[id].body === null) return finish(c, visit, perform(c, id, visit, caller));
      const reply = fault ? performFaulty(c, id, visit, fault) : performLater(c, id, visit);
      return reply.then((replied) => finish(c, visit, replied));
    } catch (error) {
      return finish(c, visit, failed(c, visit, error));
    }
  };

  const refuseMethod = (c: Context, path: string, list: string): Response => {
    const visit = visitOf(null);
    visit.caller = authenticate(c);
    const message = `${c.req.method} is not possible on ${path}; expected ${list}.`;
    const reply = failed(c, visit, new Problem('method-not-allowed', 'method_not_allowed', message, 'ERR-6'));
    return finish(c, visit, { ...reply, headers: { ...reply.headers, allow: list } });
  };

  // One handler a path, whatever the method: Hono calls the only one there is directly, and awaits a chain of several.
  for (const [path, ids] of byPath)
    app.all(honoPath(path), (c) => {
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
      const id = ids.get(method);
      return id === undefined ? refuseMethod(c, path, [...ids.keys()].join(', ')) : operate(c, id);
    });

  app.notFound((c) => {
    const visit = visitOf(null);
    const message = `There is nothing at ${c.req.method} ${c.req.path}; see GET /openapi.json for what there is.`;
    return finish(c, visit, failed(c, visit, new Problem('not-found', 'path_not_found', message)));
  });

  app.onError((error, c) => {
    const visit = visitOf(null);
    return finish(c, visit, failed(c, visit, error));
  });

  return app;
}

async function readBody(c: Context, schema: BodySchema, visit: Visit): Promise<unknown> {
  expectJson(c);
  visit.bytes ??= await bytesOf(c, mostBytes);
  const isLarge = visit.bytes.length > largeBody;
  if (isLarge) await nextTurn();
  visit.body = parseJson(visit.bytes);
  if (isLarge) await nextTurn();
  const body = validBody(schema, visit.body);
  if (isLarge) await nextTurn();
  return body;
}

/** From so many bytes on, everyone else gets a turn between the steps of a submission. */
const largeBody = 64 * 1024;

type BodySchema = NonNullable<(typeof operations)[OperationId]['body']>;

/** The operations of each path, by method. */
const byPath = new Map<string, Map<string, OperationId>>();
for (const [id, { method, path }] of Object.entries(operations))
  byPath.set(path, (byPath.get(path) ?? new Map()).set(method, id as OperationId));

/** `/v1/groups/{group_id}` as Hono writes it: `/v1/groups/:group_id`. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
