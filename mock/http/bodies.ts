import { finished } from 'node:stream/promises';
import type { Context } from 'hono';
import { Problem } from '../domain/problems.ts';
import { bindingsOf } from './bindings.ts';

/** Node's own, before a test fakes timers. */
const { setImmediate: inNextTurn } = globalThis;
let turn: Promise<void> | undefined;

/**
 * Resolves when Node has read what has arrived so far. All requests of a turn share a promise: with one for each, a sync of 1
 * row takes 1.2 times the processor time.
 */
function nextTurn(): Promise<void> {
  turn ??= new Promise<void>((resolve) => inNextTurn(resolve)).then(() => {
    turn = undefined;
  });
  return turn;
}

/** Larger than any valid roster: 5,000 rows with every field at its limit. */
export const maxBodyBytes = 16 * 1024 * 1024;
/** Larger than any other body of a client that does not pad it; for tenants, who share the memory. */
export const maxSmallBodyBytes = 256 * 1024;

/** Throws a Problem if the body is not declared as JSON. */
export function expectJson(c: Context): void {
  const type = c.req.header('content-type');
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(
      'malformed',
      'unsupported_media_type',
      `Expected the header "Content-Type: application/json", got ${type === undefined ? 'none' : JSON.stringify(type)}.`,
    );
}

/** Reads a body. Throws a Problem if the connection closes early, or as soon as the body exceeds `max` bytes. */
export async function readBytes(c: Context, max: number, tooLarge = bodyTooLarge): Promise<Uint8Array> {
  const length = c.req.header('content-length');
  const isMeasured = length !== undefined && c.req.header('transfer-encoding') === undefined;
  if (isMeasured && Number(length) > max) {
    if (Number(length) <= maxBodyBytes) await discardBody(c);
    throw tooLarge(max);
  }
  const { incoming } = bindingsOf(c);
  try {
    // Waits one turn, whether or not a length is given, so that short pipelined requests keep their order. A short body
    // has arrived by then.
    if (incoming !== undefined) await nextTurn();
    // Reading it from Node saves a seventh of the processor time of a create.
    if (incoming?.complete) return Buffer.from(incoming.read() ?? []);
    return isMeasured ? new Uint8Array(await c.req.arrayBuffer()) : await readCounted(c, max, tooLarge);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed', 'body_cut', 'Expected the whole body; the connection was closed before its end.');
  }
}

/**
 * Lets a body go by, so that its connection can be used again. Hono closes the connection of a body that has not arrived
 * half a second after the answer, when a balancer may already have another client's request on it.
 */
export async function discardBody(c: Context): Promise<void> {
  const { incoming } = bindingsOf(c);
  if (incoming === undefined) return;
  incoming.resume();
  // Whether the body arrives does not change the answer.
  await finished(incoming, { writable: false }).catch(() => {});
}

/** Reads a body without a content length. */
async function readCounted(c: Context, max: number, tooLarge: typeof bodyTooLarge): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.length;
    if (size <= max) chunks.push(chunk);
    else if (size > maxBodyBytes) break;
  }
  if (size > max) throw tooLarge(max);
  return Buffer.concat(chunks);
}

const bodyTooLarge = (max: number): Problem =>
  new Problem('malformed', 'body_too_large', `Expected a body of at most ${max} bytes, got more.`);

/** Parses a JSON body. Throws a Problem if it is not JSON in UTF-8 (ERR-4, §8.24). */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    // Valid UTF-8 cannot contain a lone surrogate, but an escape can. Checking every string is slow.
    return /\\u[dD][89a-fA-F]/.test(text) ? JSON.parse(text, refuseLoneSurrogate) : JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed', 'malformed_json', `Expected a JSON body: ${(error as Error).message}.`, 'ERR-4');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A lone surrogate, such as `"\ud800"`, cannot be stored, so it could not be returned unchanged (GRP-2). */
function refuseLoneSurrogate(_name: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('a string contains a lone surrogate');
  return value;
}
