import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { bindingsOf } from '../http/bindings.ts';
import type { World } from '../worlds/world.ts';

/** Changes within this time are sent as one event. */
const debounceMs = 250;

/** Streams an event after every change of the world, so that the page reloads its content. */
export function streamChanges(c: Context, world: World, stopping: AbortSignal | undefined): Response {
  return streamSSE(c, async (stream) => {
    let changed = Promise.withResolvers<void>();
    const notify = () => changed.resolve();
    const end = () => stream.abort();
    const unwatch = world.watch(notify);
    stopping?.addEventListener('abort', end);
    if (stopping?.aborted) end();
    stream.onAbort(notify);
    // A closed page ends its half of the connection; there is no other event for that.
    bindingsOf(c).incoming?.socket.once('end', end);
    // Send the first event at once, because the world may have changed since the page was rendered.
    notify();
    for (;;) {
      await changed.promise;
      // The browser connects again, to the world as it is opened next.
      if (stream.aborted || world.isClosed) break;
      changed = Promise.withResolvers();
      await stream.writeSSE({ event: 'changed', data: '' });
      await stream.sleep(debounceMs);
    }
    unwatch();
    stopping?.removeEventListener('abort', end);
  });
}
