import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Node's request and response objects; empty if the request came from within this process. */
export const bindingsOf = (c: Context): Partial<HttpBindings> => (c.env as Partial<HttpBindings> | undefined) ?? {};
