import type { Context, Hono } from 'hono';
import { contractRoutes } from './api/routes.ts';
import { Guard } from './control/guard.ts';
import type { FindObstacle, Obstacle } from './control/health.ts';
import { controlRoutes } from './control/routes.ts';
import { tenantsControl } from './control/tenants.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Tenants } from './tenants/tenants.ts';
import type { WorldAccess } from './worlds/access.ts';
import { tenantOf } from './worlds/reach.ts';
import type { WorldSettings } from './worlds/world.ts';

export interface AppOptions {
  /** The token with which other machines may use the control plane. */
  readonly controlToken?: string | undefined;
  /** Ends the event streams of the console, which would otherwise stay open. */
  readonly stopping?: AbortSignal;
  /** Finds what keeps the mock from serving, other than that it stops. */
  readonly findObstacle?: FindObstacle;
  readonly metrics?: Metrics | undefined;
  /** The partners that share the mock; absent if anybody can make keys. */
  readonly tenants?: Tenants | undefined;
}

const draining: Obstacle = { reason: 'draining', message: 'The mock is stopping; it finishes the requests that run.' };

function admitTo(world: string, { admission }: Tenants) {
  const tenant = tenantOf(world);
  return tenant === undefined ? undefined : admission.admit(tenant);
}

/** All routes of the mock, as one Hono application. */
export function createApp(access: WorldAccess, settings: WorldSettings, options: AppOptions = {}): Hono {
  const { controlToken, stopping, findObstacle, metrics, tenants } = options;
  const guard = new Guard(controlToken, tenants);
  const app = contractRoutes({
    access,
    ...settings,
    ...(metrics && { measure: metrics.measure }),
    ...(tenants && { admit: (world: string) => admitTo(world, tenants) }),
  });

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
      guard,
      tenants: tenantsControl(tenants, settings.seed),
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
    guard,
    tenants,
    findObstacle: async () => (stopping?.aborted ? draining : findObstacle?.()),
    metrics,
  });
  app.all('/_mock/*', (c) => control.fetch(c.req.raw, c.env));
  return app;
}
