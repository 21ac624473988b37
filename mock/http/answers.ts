import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { bindingsOf } from './bindings.ts';
import { jsonText } from './json.ts';
import type { Reply } from './replies.ts';

const json = { 'content-type': 'application/json' } as const;

/** Placeholders for a connection that was dropped before an answer. Only callers in this process see one. */
const dropped = new WeakSet<Response>();

/** Whether a response stands for a dropped connection. */
export const isDropped = (response: Response): boolean => dropped.has(response);

/** Sends a reply as JSON, or the part of it that a fault lets through. */
export function answer(c: Context, { status, body, headers, cut, text = jsonText(body) }: Reply): Response {
  // Setting headers on the response later would be slow.
  const fields = headers === undefined ? json : { ...json, ...headers };
  if (cut === undefined) return new Response(text, { status, headers: fields });
  const { outgoing } = bindingsOf(c);
  if (cut === 'connection') {
    if (outgoing) {
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    const placeholder = new Response();
    dropped.add(placeholder);
    return placeholder;
  }
  const bytes = Buffer.from(text);
  const half = bytes.subarray(0, bytes.length / 2);
  if (outgoing) {
    outgoing.writeHead(status, { ...fields, 'content-length': bytes.length });
    outgoing.write(half, () => outgoing.destroy());
    return RESPONSE_ALREADY_SENT;
  }
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(half),
    pull: (controller) => controller.error(new TypeError('terminated')),
  });
  return new Response(stream, { status, headers: { ...fields, 'content-length': String(bytes.length) } });
}
