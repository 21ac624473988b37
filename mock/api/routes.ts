import { type Context, Hono } from 'hono';
import { type OperationId, operations } from '../../generated/operations.ts';
import { Problem } from '../domain/problems.ts';
import { authenticate } from './authenticate.ts';
import { finish, handleRequest, replyToError } from './handle-request.ts';
import { newRequest, type Service } from './request-context.ts';

/** The routes of the contract's operations. */
export function contractRoutes(service: Service): Hono {
  const app = new Hono();

  const refuse = (c: Context, error: unknown): Response => {
    const request = newRequest(null);
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
    const message = `There is nothing at ${c.req.method} ${c.req.path}; GET /openapi.json lists the operations.`;
    return refuse(c, new Problem('not-found', 'path_not_found', message));
  });

  app.onError((error, c) => refuse(c, error));

  return app;
}

/** The operations of each path, by method. */
const operationsByPath = new Map<string, Map<string, OperationId>>();
for (const [id, { method, path }] of Object.entries(operations))
  operationsByPath.set(path, (operationsByPath.get(path) ?? new Map()).set(method, id as OperationId));

/** `/v1/groups/{group_id}` as Hono writes it: `/v1/groups/:group_id`. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
