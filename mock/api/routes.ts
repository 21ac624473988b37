import { type Context, Hono } from 'hono';
import { type OperationId, operations } from '../../generated/operations.ts';
import { Problem } from '../domain/problems.ts';
import { honoPath } from '../http/paths.ts';
import type { Reply } from '../http/replies.ts';
import { authenticate, type Credentials, callerOf, credentialsOf } from './authenticate.ts';
import { finish, handleRequest, replyToError } from './handle-request.ts';
import type { RequestContext, Service } from './request-context.ts';

/** The routes of the contract's operations. */
export function contractRoutes(service: Service): Hono {
  const app = new Hono();

  const { access, admit } = service;

  /** The world that a request names, after the request was admitted to it. */
  async function enter({ named }: Credentials): Promise<string | undefined> {
    if (named !== undefined) await admit?.(named.world);
    return named?.world;
  }

  /** Refuses a request. Who sent it is only for the journal. */
  async function refuse(c: Context, error: unknown, headers: Reply['headers'] = {}): Promise<Response> {
    const credentials = credentialsOf(c, access.worlds);
    const request: RequestContext = { started: performance.now(), credentials, operation: null, params: {} };
    let refused = error;
    try {
      const caller = await access.run(await enter(credentials), () => callerOf(c, access.worlds, credentials));
      if (caller !== undefined) request.caller = caller;
    } catch (unavailable) {
      refused = unavailable;
    }
    const reply = replyToError(service, c, request, refused);
    return finish(service, c, request, { ...reply, headers: { ...reply.headers, ...headers } });
  }

  // One handler per path for all methods, so that an unsupported method is a 405.
  for (const [path, ids] of operationsByPath)
    app.all(honoPath(path), (c) => {
      const id = ids.get(c.req.method === 'HEAD' ? 'GET' : c.req.method);
      return id === undefined ? refuseMethod(c, path, [...ids.keys()].join(', ')) : handleRequest(service, c, id);
    });

  async function refuseMethod(c: Context, path: string, methods: string): Promise<Response> {
    // An invalid key is refused first.
    const credentials = credentialsOf(c, access.worlds);
    await access.run(await enter(credentials), () => authenticate(c, access.worlds, credentials));
    const message = `${c.req.method} is not possible on ${path}; expected ${methods}.`;
    return refuse(c, new Problem('method-not-allowed', 'method_not_allowed', message, 'ERR-6'), { allow: methods });
  }

  app.notFound((c) => {
    const { method, path } = c.req;
    const meant = servedPath(path);
    const isSister = /^\/v\d+\//.test(path) && meant === undefined;
    const what = isSister
      ? `${method} ${path} is misspelt or outside the groups flow, which is all that this mock serves`
      : `There is nothing at ${method} ${path}`;
    const advice = meant === undefined ? 'GET /openapi.json lists the operations.' : `did you mean ${meant}?`;
    return refuse(c, new Problem('not-found', 'path_not_found', `${what}; ${advice}`));
  });

  app.onError((error, c) => refuse(c, error));

  return app;
}

/** The operations of each path, by method. */
const operationsByPath = new Map<string, Map<string, OperationId>>();
for (const [id, { method, path }] of Object.entries(operations))
  operationsByPath.set(path, (operationsByPath.get(path) ?? new Map()).set(method, id as OperationId));

/** The path without a prefix, a capital V or a slash at the end, if that makes it the path of an operation. */
function servedPath(path: string): string | undefined {
  const plain = path.replace(/\/+$/, '').replace(/^.*\/v(?=\d+\/)/i, '/v');
  const isServed = [...operationsByPath.keys()].some((template) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain),
  );
  return isServed && plain !== path ? plain : undefined;
}
