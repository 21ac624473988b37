import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { Problem } from './domain/problems.ts';
import { type Reply, refusal } from './http/replies.ts';
import type { WorldSettings } from './worlds/world.ts';

/** How long requests under way may take after the mock was told to stop. */
const graceMs = 1500;

export interface Server {
  readonly url: string;
  /** Stops listening and resolves when every connection is closed, cut short after the time of grace. */
  readonly close: () => Promise<void>;
}

/** Listens for requests to the application. Rejects with the system's error (`syscall` listen). */
export async function listen(app: Hono, settings: WorldSettings, port: number, hostname: string): Promise<Server> {
  const unreadable = (why: string, status = 400): Reply => {
    const problem = new Problem('malformed', 'unreadable_request', `Expected a request of HTTP/1.1: ${why}.`);
    return { ...refusal(problem, { ...settings, at: new Date(settings.host.now()).toISOString() }), status };
  };
  const handle = getRequestListener(app.fetch, {
    errorHandler: (error) => {
      const { status, body } = unreadable((error as Error).message);
      return Response.json(body, { status });
    },
  });
  const underWay = new WeakMap<Duplex, ServerResponse>();
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    underWay.set(incoming.socket, outgoing);
    // A Request cannot be made of such a target.
    if (/^\w+:\/\/[^/?#]*@/.test(incoming.url ?? '')) send(outgoing, unreadable('its target names a user'));
    else void handle(incoming, outgoing);
  };
  const options = {
    // That HTTP/1.1 wants a Host is for the listener to say, with the error body.
    requireHostHeader: false,
    // From Node 24.12 on: a request without a body gets no stream, which is dear.
    optimizeEmptyRequests: true,
    // Nobody's next request meets a connection that is just being closed; whose other end is gone is for TCP to notice.
    keepAliveTimeout: 0,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  const server = createServer(options, answer)
    .on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) =>
      send(outgoing, unreadable(`nothing here meets the expectation ${JSON.stringify(incoming.headers.expect)}`, 417)),
    )
    .on('connect', (_, socket: Duplex) => hangUp(socket, unreadable('this is no proxy, CONNECT is not possible', 405)))
    .on('clientError', (error: NodeJS.ErrnoException & { reason?: string }, socket: Duplex) => {
      const outgoing = underWay.get(socket);
      // The client would take it for the answer to a request before the broken one, which has its effect.
      const wouldMislead = outgoing && !outgoing.writableFinished && (outgoing.headersSent || outgoing.req.complete);
      if (!socket.writable || wouldMislead) socket.destroy();
      else hangUp(socket, unreadable(error.reason || error.message, framingStatuses[error.code ?? '']));
    });

  // A client that has said that it sends no more is still owed its answer, which may take more than one turn.
  Object.assign(server, { httpAllowHalfOpen: true });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${actual}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Where it is not 400. */
const framingStatuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function send(outgoing: ServerResponse, { status, body }: Reply): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers on a connection that has no request to answer any more, and closes it. */
function hangUp(socket: Duplex, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy());
}
