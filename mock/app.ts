import type { Context, Hono } from 'hono';
import { contractRoutes } from './api/routes.ts';
import type { FindObstacle, Obstacle } from './control/health.ts';
import { controlRoutes } from './control/routes.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { WorldAccess } from './worlds/access.ts';
import type { WorldSettings } from './worlds/world.ts';

export interface AppOptions {
  /** The token with which other machines may use the control plane. */
  readonly controlToken?: string | undefined;
  /** Ends the event streams of the console, which would otherwise stay open. */
  readonly stopping?: AbortSignal;
  /** Finds what keeps the mock from serving, other than that it stops. */
  readonly findObstacle?: FindObstacle;
  readonly metrics?: Metrics | undefined;
}

const draining: Obstacle = { reason: 'draining', message: 'The mock is stopping; it finishes the requests that run.' };

/** All routes of the mock, as one Hono application. */
export function createApp(access: WorldAccess, settings: WorldSettings, options: AppOptions = {}): Hono {
  const { controlToken, stopping, findObstacle, metrics } = options;
  const app = contractRoutes({ access, ...settings, ...(metrics && { measure: metrics.measure }) });

  // Loaded by the first request, so that the console does not slow down the start.
  const lazily = (load: () => Promise<Hono>) => {
    let pages: Promise<Hono> | undefined;
    return async (c: Context): Promise<Response> => {
      pages ??= load();
      return (await pages).fetch(c.req.raw, c.env);
    };
  };
  const console = lazily(async () =>
    (await import('./console/routes.ts')).consoleRoutes(access, {
      token: controlToken,
      stopping,
      answer: (request) => app.fetch(request),
    }),
  );
  const pagesOfReference = lazily(async () => (await import('./console/reference.ts')).referenceRoutes(access));
  const reference = async (c: Context): Promise<Response> => {
    const response = await pagesOfReference(c);
    return response.status === 404 ? c.notFound() : response;
  };
  for (const path of ['/_mock/', '/_mock/console/*']) app.all(path, console);
  for (const path of ['/docs', '/docs/*', '/openapi.json', '/openapi.yaml']) app.get(path, reference);
  for (const path of ['/_mock/docs', '/_mock/openapi.json', '/_mock/openapi.yaml']) app.get(path, reference);
  app.get('/', (c) => (c.req.header('accept')?.includes('text/html') ? c.redirect('/_mock/') : c.notFound()));
  app.get('/_mock', (c) => c.redirect('/_mock/'));

  // A separate application, because thirty more paths would slow down the routing of the contract.
  const control = controlRoutes(access, settings, {
    token: controlToken,
    findObstacle: async () => (stopping?.aborted ? draining : findObstacle?.()),
    metrics,
  });
  app.all('/_mock/*', (c) => control.fetch(c.req.raw, c.env));
  return app;
}
