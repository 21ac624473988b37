import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Mock, startMock } from '../../mock/index.ts';

/** A server on loopback, on a port of its own. */
export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Answers every request with `answer`. */
export async function serve(answer: (request: Request) => Response | Promise<Response>): Promise<Served> {
  const server = createAdaptorServer({ fetch: answer });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Runs `work` with a mock whose syncs complete at once, and closes it afterwards. */
export async function withMock<T>(work: (mock: Mock) => Promise<T>): Promise<T> {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}
