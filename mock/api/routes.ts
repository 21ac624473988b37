import { type Context, Hono } from 'hono';
import { type OperationId, operations } from '../../generated/operations.ts';
import { Problem } from '../domain/problems.ts';
import { answer } from '../http/answers.ts';
import { jsonBytes, limitBody, mostBytes, parseJson } from '../http/bodies.ts';
import { type ErrorContext, failure, type Reply, refusal } from '../http/replies.ts';
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
  const visitOf = (operation: OperationId | null): Visit => ({ started: performance.now(), operation });
  const errorContext = ({ caller, operation }: Visit): ErrorContext => ({
    at: now(),
    random: caller?.world.random ?? settings.random,
    quirks,
    openStatus: operation !== 'submitMemberSync',
  });

  const authenticate = (c: Context): Caller => {
    if (c.req.header('authorization') === undefined)
      throw new Problem(
        'unauthorized',
        'unauthorized',
        'Expected the header "Authorization: Bearer <key>", got none.',
        'AUTH-1',
      );
    const key = keyOf(c);
    const caller = key === undefined ? undefined : worlds.caller(key);
    if (caller === undefined)
      throw new Problem(
        'unauthorized',
        'unauthorized',
        'The key in the Authorization header is unknown; expected "Bearer vit_apk_<organization>" with an organization ' +
          'of this mock.',
        'AUTH-2',
      );
    return caller;
  };

  /** The reply to a request that was refused, or on which the mock failed. */
  const failed = (c: Context, visit: Visit, error: unknown): Reply => {
    if (error instanceof Problem) {
      visit.problem = error;
      return refusal(error, errorContext(visit));
    }
    console.error(`groups-mock: ${c.req.method} ${harmlessPath(c.req.path)} failed: ${(error as Error).message}`);
    return failure(errorContext(visit));
  };

  const finish = (c: Context, visit: Visit, reply: Reply): Response => {
    record(c, worlds, visit, reply, now());
    return answer(c, reply);
  };

  const perform = async (c: Context, id: OperationId, visit: Visit, known: Caller): Promise<Reply> => {
    const query = validQuery(id, new URL(c.req.url).searchParams, quirks['pagination-errors'] === 'clamp');
    const schema = operations[id].body;
    const body = schema === null ? undefined : await readBody(c, schema, visit);
    // While this waited for the body, or for a fault's delay, the world may have been dropped.
    const caller = schema === null && visit.fault === undefined ? known : authenticate(c);
    const handler = handlers[id] as Handler<OperationId>;
    const { status, body: answered } = handler({
      ...caller,
      params: c.req.param(),
      query,
      body: body as never,
      quirks,
      random: caller.world.random,
    });
    return { status: Number(status), body: answered };
  };

  const operate = async (c: Context, id: OperationId): Promise<Response> => {
    const visit = visitOf(id);
    const attempt = async (work: () => Promise<Reply>): Promise<Reply> => {
      try {
        return await work();
      } catch (error) {
        return failed(c, visit, error);
      }
    };
    const reply = await attempt(async () => {
      const caller = authenticate(c);
      visit.caller = caller;
      visit.fault = caller.world.faults.next(id);
      const work = () => perform(c, id, visit, caller);
      if (visit.fault === undefined) return work();
      // Also where the fault keeps it from being read: so the journal can tell whether the same was sent again.
      if (operations[id].body !== null) visit.bytes = new Uint8Array(await c.req.arrayBuffer());
      return suffer(visit.fault, () => attempt(work), host, errorContext(visit));
    });
    return finish(c, visit, reply);
  };

  app.use('/v1/*', limitBody(mostBytes, authenticate));

  for (const [id, { method, path }] of Object.entries(operations))
    app.on(method, honoPath(path), (c) => operate(c, id as OperationId));

  for (const path of new Set(Object.values(operations).map((operation) => operation.path)))
    app.all(honoPath(path), (c) => {
      const visit = visitOf(null);
      visit.caller = authenticate(c);
      const allowed = Object.values(operations).filter((operation) => operation.path === path);
      const list = allowed.map(({ method }) => method).join(', ');
      const message = `${c.req.method} is not possible on ${path}; expected ${list}.`;
      const reply = failed(c, visit, new Problem('method-not-allowed', 'method_not_allowed', message, 'ERR-6'));
      return finish(c, visit, { ...reply, headers: { ...reply.headers, allow: list } });
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
  visit.bytes = await jsonBytes(c);
  visit.body = parseJson(visit.bytes);
  return validBody(schema, visit.body);
}

type BodySchema = NonNullable<(typeof operations)[OperationId]['body']>;

/** `/v1/groups/{group_id}` as Hono writes it: `/v1/groups/:group_id`. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
