import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type OperationId, operations } from '../../generated/operations.ts';
import { Problem } from '../domain/problems.ts';
import type { WorldSettings } from '../worlds/world.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';
import { createGroup, listGroups, retrieveGroup, updateGroup } from './groups.ts';
import type { Handler } from './handlers.ts';
import { listPlans } from './plans.ts';
import { failure, type Reply, refusal } from './replies.ts';
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

/** Well above a roster of 5,000 rows with every field at its limit. */
const mostBytes = 16 * 1024 * 1024;

/** The seven operations of the contract under their paths, for callers of these worlds. */
export function contractRoutes(worlds: Worlds, settings: Pick<WorldSettings, 'quirks' | 'host' | 'random'>): Hono {
  const { quirks, host, random } = settings;
  const app = new Hono();

  const now = () => new Date(host.now()).toISOString();
  const answer = ({ status, body, headers }: Reply): Response =>
    Response.json(body, { status, ...(headers && { headers }) });
  const errorContext = { random, quirks };

  const authenticate = (c: Context): Caller => {
    const header = c.req.header('authorization');
    if (header === undefined)
      throw new Problem(
        'unauthorized',
        'unauthorized',
        'Expected the header "Authorization: Bearer <key>", got none.',
        'AUTH-1',
      );
    const key = /^bearer +(\S+) *$/i.exec(header)?.[1];
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

  const operate = async (c: Context, id: OperationId): Promise<Reply> => {
    const caller = authenticate(c);
    const query = validQuery(id, new URL(c.req.url).searchParams, quirks['pagination-errors'] === 'clamp');
    const schema = operations[id].body;
    const body = schema === null ? undefined : validBody(schema, await jsonBody(c));
    const handler = handlers[id] as Handler<OperationId>;
    const { status, body: answered } = handler({
      ...caller,
      params: c.req.param(),
      query,
      body: body as never,
      quirks,
      random,
    });
    return { status: Number(status), body: answered };
  };

  app.use(
    bodyLimit({
      maxSize: mostBytes,
      onError(c) {
        authenticate(c);
        throw new Problem('malformed', 'body_too_large', `Expected a body of at most ${mostBytes} bytes, got more.`);
      },
    }),
  );

  for (const [id, { method, path }] of Object.entries(operations))
    app.on(method, honoPath(path), async (c) => answer(await operate(c, id as OperationId)));

  for (const path of new Set(Object.values(operations).map((operation) => operation.path)))
    app.all(honoPath(path), (c) => {
      authenticate(c);
      const allowed = Object.values(operations).filter((operation) => operation.path === path);
      const list = allowed.map(({ method }) => method).join(', ');
      const problem = new Problem(
        'method-not-allowed',
        'method_not_allowed',
        `${c.req.method} is not possible on ${path}; expected ${list}.`,
        'ERR-6',
      );
      const reply = refusal(problem, { ...errorContext, at: now() });
      return answer({ ...reply, headers: { ...reply.headers, allow: list } });
    });

  app.notFound((c) => {
    const message = `There is nothing at ${c.req.method} ${c.req.path}; see GET /openapi.json for what there is.`;
    return answer(refusal(new Problem('not-found', 'path_not_found', message), { ...errorContext, at: now() }));
  });

  app.onError((error, c) => {
    const at = now();
    if (error instanceof Problem)
      return answer(refusal(error, { ...errorContext, at, openStatus: !c.req.path.endsWith('/members/sync') }));
    console.error(`groups-mock: ${c.req.method} ${c.req.path} failed: ${error.message}`);
    return answer(failure({ ...errorContext, at }));
  });

  return app;
}

/** `/v1/groups/{group_id}` as Hono writes it: `/v1/groups/:group_id`. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The parsed body. Throws a Problem where it is not JSON in UTF-8 (ERR-4, §8.24) or not declared as JSON. */
async function jsonBody(c: Context): Promise<unknown> {
  const type = c.req.header('content-type');
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(
      'malformed',
      'unsupported_media_type',
      `Expected the header "Content-Type: application/json", got ${type === undefined ? 'none' : JSON.stringify(type)}.`,
    );
  try {
    return JSON.parse(utf8.decode(await c.req.arrayBuffer()), wellFormed);
  } catch (error) {
    throw new Problem('malformed', 'malformed_json', `Expected a JSON body: ${(error as Error).message}.`, 'ERR-4');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Half of a surrogate pair, such as `"\ud800"`, cannot be stored, so it could not be returned as given (GRP-2). */
function wellFormed(_name: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('a string holds half a surrogate pair');
  return value;
}
