import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { bindingsOf } from '../http/headers.ts';
import type { World } from '../worlds/world.ts';

/** Longer apart than this, changes are told one by one; what comes closer is told together. */
const breathMs = 250;

/** Tells a page, for as long as it listens, that something happened in the world; it then asks for what it shows. */
export function tellChanges(c: Context, world: World, stopping: AbortSignal | undefined): Response {
  return streamSSE(c, async (stream) => {
    let changed = Promise.withResolvers<void>();
    const tell = () => changed.resolve();
    const end = () => stream.abort();
    const unwatch = world.watch(tell);
    stopping?.addEventListener('abort', end);
    stream.onAbort(tell);
    // A page that is gone has closed its half of the connection, of which a server is told nothing else.
    bindingsOf(c).incoming?.socket.once('end', end);
    // The first at once: something may have happened since the page was made.
    tell();
    for (;;) {
      await changed.promise;
      if (stream.aborted) break;
      changed = Promise.withResolvers();
      await stream.writeSSE({ event: 'changed', data: '' });
      await stream.sleep(breathMs);
    }
    unwatch();
    stopping?.removeEventListener('abort', end);
  });
}
