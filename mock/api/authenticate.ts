import type { Context } from 'hono';
import { Problem } from '../domain/problems.ts';
import { bearerOf } from '../http/bearer.ts';
import type { NamedByKey } from '../worlds/keys.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** What the Authorization header of a request has. */
export interface Credentials {
  /** The key, valid or not; undefined if the header is missing or malformed. */
  readonly key: string | undefined;
  /** What the key names; undefined if it is not a key of this mock. */
  readonly named: NamedByKey | undefined;
}

/** Reads the Authorization header. */
export function credentialsOf(c: Context, { keys }: Worlds): Credentials {
  const key = bearerOf(c);
  return { key, named: key === undefined ? undefined : keys.read(key) };
}

/** The caller of a request, if its key is valid. */
export function callerOf(c: Context, worlds: Worlds, credentials: Credentials): Caller | undefined {
  try {
    return authenticate(c, worlds, credentials);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** The caller of a request. Throws a Problem that says what is wrong with the header (AUTH-1, AUTH-2). */
export function authenticate(c: Context, worlds: Worlds, { key, named }: Credentials): Caller {
  if (key !== undefined) return worlds.caller(key, named);
  const expected = 'Expected the header "Authorization: Bearer <key>", got';
  if (c.req.header('authorization') === undefined)
    throw new Problem('unauthorized', 'unauthorized', `${expected} none.`, 'AUTH-1');
  // The message does not repeat the header, because it may contain a key.
  throw new Problem('unauthorized', 'unauthorized', `${expected} one that is not "Bearer" and a single key.`, 'AUTH-2');
}
