import { Agent, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { request as sendWithUndici } from 'undici';
import { type Mock, startMock } from '../../../mock/index.ts';

/** A server on a free loopback port. */
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

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'date']);

/** Passes a request with any method on to a target and returns the answer. */
export async function passOn({ method, url, headers }: Request, body: Uint8Array, target: string): Promise<Response> {
  const { pathname, search } = new URL(url);
  const answer = await sendWithUndici(target + pathname + search, {
    method: method as 'GET',
    headers: Object.fromEntries([...headers].filter(([name]) => !hopByHop.has(name))),
    ...(body.length > 0 && { body }),
    headersTimeout: 30_000,
  });
  const content = await answer.body.arrayBuffer();
  return new Response(content.byteLength > 0 ? content : null, {
    status: answer.statusCode,
    headers: Object.entries(answer.headers).flatMap(([name, value]) =>
      hopByHop.has(name) ? [] : [value].flat().map((text): [string, string] => [name, text ?? '']),
    ),
  });
}

/** Relays every exchange to a target byte by byte, and calls back with each answer. */
export async function relay(
  target: string,
  onAnswer: (method: string, path: string, status: number) => void,
): Promise<Served> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/', rawHeaders: headers } = request;
    const sent = send({ hostname, port, method, path, headers, agent }, (answer) => {
      const { statusCode = 502, rawHeaders } = answer;
      onAnswer(method, path.replace(/\?.*$/, ''), statusCode);
      response.writeHead(statusCode, rawHeaders);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    request.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Runs `work` with a mock, by default one whose syncs complete at once, and closes it afterwards. */
export async function withMock<T>(work: (mock: Mock) => Promise<T>, syncDelayMs = 0): Promise<T> {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: syncDelayMs } });
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}
