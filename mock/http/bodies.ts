import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import type { Context } from 'hono';
import { Problem } from '../domain/problems.ts';
import { bindingsOf, plainHeader, soleHeader } from './headers.ts';

/** Resolves when Node has read what has come by now. Taken when this loads: later fake timers of a test hold nothing up. */
export const nextTurn = promisify(setImmediate);

/** Well above a roster of 5,000 rows with every field at its limit. */
export const mostBytes = 16 * 1024 * 1024;

/** Throws a Problem where the body is not declared as JSON. */
export function expectJson(c: Context): void {
  const type = soleHeader(c, 'content-type');
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(
      'malformed',
      'unsupported_media_type',
      `Expected the header "Content-Type: application/json", got ${type === undefined ? 'none' : JSON.stringify(type)}.`,
    );
}

/**
 * The bytes of a body, which are taken once. Throws a Problem where it is cut, or, without reading on, where it has more
 * than `most` bytes.
 */
export async function bytesOf(c: Context, most: number): Promise<Uint8Array> {
  const length = plainHeader(c, 'content-length');
  const isMeasured = length !== undefined && plainHeader(c, 'transfer-encoding') === undefined;
  if (isMeasured && Number(length) > most) throw tooLarge(most);
  const { incoming } = bindingsOf(c);
  try {
    if (incoming !== undefined) {
      // Node is at the end of the head. In whatever form a body is it waits, so that short ones keep their order.
      await nextTurn();
      if (isMeasured && incoming.complete) return taken(incoming);
    }
    // To touch the stream of the request has a whole Request made, so only what must be counted is read so.
    return isMeasured ? new Uint8Array(await c.req.arrayBuffer()) : await counted(c, most);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed', 'body_cut', 'Expected the whole body; the connection was closed before its end.');
  }
}

/**
 * A body that has come as a whole, past Hono: listening for its parts would be dear for a short one, and so what several
 * clients sent at once is worked on together.
 */
function taken(incoming: IncomingMessage): Uint8Array {
  const body: Uint8Array = incoming.read() ?? new Uint8Array();
  // One that shares its memory with others would hold on to all of it.
  return body.buffer.byteLength === body.length ? body : new Uint8Array(body);
}

async function counted(c: Context, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  // A copy of its own: small ones would hold on to a piece of memory that many share.
  return new Uint8Array(Buffer.concat(chunks));
}

const tooLarge = (most: number): Problem =>
  new Problem('malformed', 'body_too_large', `Expected a body of at most ${most} bytes, got more.`);

/** What the bytes say. Throws a Problem where they are not JSON in UTF-8 (ERR-4, §8.24). */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    // Bytes in UTF-8 hold no half of a pair, an escape can: to look at every value is dear, so only where there is one.
    return /\\u[dD][89a-fA-F]/.test(text) ? JSON.parse(text, wellFormed) : JSON.parse(text);
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
