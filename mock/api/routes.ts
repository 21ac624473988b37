import { type Context, Hono } from 'hono';
import { type OperationId, operations } from '../../generated/operations.ts';
import { Problem } from '../domain/problems.ts';
import { authenticate, callerOf } from './authenticate.ts';
import { finish, handleRequest, replyToError } from './handle-request.ts';
import { newRequest, type Service } from './request-context.ts';

/** The routes of the contract's operations. */
export function contractRoutes(service: Service): Hono {
  const app = new Hono();

  const refuse = (c: Context, error: unknown): Response => {
    const request = newRequest(null);
    // Only for the journal: nothing else depends on who asked for a path that does not exist.
    const caller = callerOf(c, service.worlds);
    if (caller !== undefined) request.caller = caller;
    return finish(service, c, request, replyToError(service, c, request, error));
  };

  // One handler per path for all methods, so that an unsupported method is a 405.
  for (const [path, ids] of operationsByPath)
    app.all(honoPath(path), (c) => {
      const id = ids.get(c.req.method === 'HEAD' ? 'GET' : c.req.method);
      return id === undefined ? refuseMethod(c, path, [...ids.keys()].join(', ')) : handleRequest(service, c, id);
    });

  function refuseMethod(c: Context, path: string, methods: string): Response {
    const request = newRequest(null);
    request.caller = authenticate(c, service.worlds);
    const message = `${c.req.method} is not possible on ${path}; expected ${methods}.`;
    const problem = new Problem('method-not-allowed', 'method_not_allowed', message, 'ERR-6');
    const reply = replyToError(service, c, request, problem);
    return finish(service, c, request, { ...reply, headers: { ...reply.headers, allow: methods } });
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

/** `/v1/groups/{group_id}` as Hono writes it: `/v1/groups/:group_id`. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
