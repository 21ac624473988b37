import type { Hono } from 'hono';
import { contractRoutes } from './api/routes.ts';
import { referenceRoutes } from './console/reference.ts';
import { controlRoutes } from './control/routes.ts';
import type { WorldSettings } from './worlds/world.ts';
import type { Worlds } from './worlds/worlds.ts';

/** Everything that the mock answers, as one Hono application. */
export function createApp(worlds: Worlds, settings: WorldSettings, controlToken?: string): Hono {
  const app = contractRoutes(worlds, settings);
  app.route('/', controlRoutes(worlds, settings, controlToken));
  app.route('/', referenceRoutes(worlds));
  return app;
}
