import type { Context } from 'hono';

/** What follows `Bearer` in the Authorization header; undefined if there is no such header, or it is malformed. */
export const bearerOf = (c: Context): string | undefined =>
  /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
