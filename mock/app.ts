import type { Context, Hono } from 'hono';
import { contractRoutes } from './api/routes.ts';
import { referenceRoutes } from './console/reference.ts';
import { controlRoutes } from './control/routes.ts';
import type { WorldSettings } from './worlds/world.ts';
import type { Worlds } from './worlds/worlds.ts';

/** What opens the control plane, and what ends the streams that would otherwise go on for ever. */
export interface AppOptions {
  readonly controlToken?: string | undefined;
  readonly stopping?: AbortSignal;
}

/** Everything that the mock answers, as one Hono application. */
export function createApp(worlds: Worlds, settings: WorldSettings, { controlToken, stopping }: AppOptions = {}): Hono {
  const app = contractRoutes(worlds, settings);

  // Loaded by the first request for a page, so that the mock starts no later for having a console.
  const load = async () => (await import('./console/routes.ts')).consoleRoutes(worlds, controlToken, stopping);
  let console: Promise<Hono> | undefined;
  const page = async (c: Context): Promise<Response> => {
    console ??= load();
    return (await console).fetch(c.req.raw, c.env);
  };
  for (const path of ['/_mock/', '/_mock/console/*']) app.all(path, page);
  app.get('/_mock', (c) => c.redirect('/_mock/'));

  app.route('/', controlRoutes(worlds, settings, controlToken));
  app.route('/', referenceRoutes(worlds));
  return app;
}
