import type { Context } from 'hono';
import { Problem } from '../domain/problems.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** The key in the Authorization header, valid or not; undefined if there is none. */
export const keyOf = (c: Context): string | undefined =>
  /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];

/** The caller of a request, if its key is valid. */
export function callerOf(c: Context, worlds: Worlds): Caller | undefined {
  try {
    return authenticate(c, worlds);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** The caller of a request. Throws a Problem that says what is wrong with the header (AUTH-1, AUTH-2). */
export function authenticate(c: Context, worlds: Worlds): Caller {
  const key = keyOf(c);
  if (key !== undefined) return worlds.caller(key);
  const expected = 'Expected the header "Authorization: Bearer <key>", got';
  if (c.req.header('authorization') === undefined)
    throw new Problem('unauthorized', 'unauthorized', `${expected} none.`, 'AUTH-1');
  // The message does not repeat the header, because it may contain a key.
  throw new Problem('unauthorized', 'unauthorized', `${expected} one that is not "Bearer" and a single key.`, 'AUTH-2');
}
