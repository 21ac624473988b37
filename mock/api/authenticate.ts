import type { Context } from 'hono';
import { Problem } from '../domain/problems.ts';
import { headerOf } from '../http/headers.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** The key that a request was sent with, whether or not anybody has it; undefined if it has none. */
export const keyOf = (c: Context): string | undefined =>
  /^bearer +(\S+) *$/i.exec(headerOf(c, 'authorization') ?? '')?.[1];

/** Who sent the request. Throws a Problem that says what is wrong with the header (AUTH-1, AUTH-2). */
export function authenticate(c: Context, worlds: Worlds): Caller {
  const key = keyOf(c);
  if (key !== undefined) return worlds.caller(key);
  const expected = 'Expected the header "Authorization: Bearer <key>", got';
  if (headerOf(c, 'authorization') === undefined)
    throw new Problem('unauthorized', 'unauthorized', `${expected} none.`, 'AUTH-1');
  // What came instead is not repeated: it may be a key.
  throw new Problem('unauthorized', 'unauthorized', `${expected} one that is not "Bearer" and a single key.`, 'AUTH-2');
}
