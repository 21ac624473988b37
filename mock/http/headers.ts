import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** What Node gave for this request; nothing where it came from within the process. */
export const bindingsOf = (c: Context): Partial<HttpBindings> => (c.env as Partial<HttpBindings> | undefined) ?? {};

/** As `c.req.header` gives it, much cheaper where it was sent once. */
export function soleHeader(c: Context, name: 'authorization' | 'content-type'): string | undefined {
  const { incoming } = bindingsOf(c);
  if (incoming === undefined) return c.req.header(name);
  let sole: string | undefined;
  const { rawHeaders } = incoming;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const field = rawHeaders[index] as string;
    if (field.length !== name.length || field.toLowerCase() !== name) continue;
    if (sole !== undefined) return c.req.header(name);
    sole = rawHeaders[index + 1];
  }
  return sole;
}

/**
 * A header of the request, by its name in small letters, as Node has parsed it: much cheaper than `c.req.header`, and
 * for those only of which it does not matter what is told when they are sent twice.
 */
export function plainHeader(c: Context, name: string): string | undefined {
  const { incoming } = bindingsOf(c);
  if (incoming === undefined) return c.req.header(name);
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : undefined;
}
