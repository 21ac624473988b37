import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** What Node gave for this request; nothing if it came from within the process. */
export const bindingsOf = (c: Context): Partial<HttpBindings> => (c.env as Partial<HttpBindings> | undefined) ?? {};
