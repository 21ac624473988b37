import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** How long requests under way may take after the mock was told to stop. */
const graceMs = 1500;

export interface Server {
  readonly url: string;
  /** Stops listening and resolves when every connection is closed, cut short after the time of grace. */
  readonly close: () => Promise<void>;
}

/** Listens for requests to the application. Rejects with the system's error (`syscall` listen). */
export async function listen(app: Hono, port: number, hostname: string): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${actual}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}
