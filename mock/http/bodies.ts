import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Problem } from '../domain/problems.ts';

/** Well above a roster of 5,000 rows with every field at its limit. */
export const mostBytes = 16 * 1024 * 1024;

const cut = () =>
  new Problem('malformed', 'body_cut', 'Expected the whole body; the connection was closed before its end.');

/** Refuses a body of more bytes, after `first`, which may refuse the request for a better reason. */
export function limitBody(maxSize: number, first: (c: Context) => void = () => {}): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize,
    onError(c) {
      first(c);
      throw new Problem('malformed', 'body_too_large', `Expected a body of at most ${maxSize} bytes, got more.`);
    },
  });
  // It reads what comes in chunks itself; what handlers throw does not pass through here.
  return (c, next) =>
    limit(c, next).catch((error) => {
      throw error instanceof Problem ? error : cut();
    });
}

/** The bytes of a body that is declared as JSON; throws a Problem where it is declared as anything else, or is cut. */
export async function jsonBytes(c: Context): Promise<Uint8Array> {
  const type = c.req.header('content-type');
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(
      'malformed',
      'unsupported_media_type',
      `Expected the header "Content-Type: application/json", got ${type === undefined ? 'none' : JSON.stringify(type)}.`,
    );
  try {
    return new Uint8Array(await c.req.arrayBuffer());
  } catch {
    throw cut();
  }
}

/** What the bytes say. Throws a Problem where they are not JSON in UTF-8 (ERR-4, §8.24). */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes), wellFormed);
  } catch (error) {
    throw new Problem('malformed', 'malformed_json', `Expected a JSON body: ${(error as Error).message}.`, 'ERR-4');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Half of a surrogate pair, such as `"\ud800"`, cannot be stored, so it could not be returned as given (GRP-2). */
function wellFormed(_name: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('a string holds half a surrogate pair');
  return value;
}
