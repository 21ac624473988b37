import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { Problem } from './domain/problems.ts';
import { type Reply, refusal } from './http/replies.ts';
import type { WorldSettings } from './worlds/world.ts';

/** How a server closes, in milliseconds. */
interface Closing {
  /** How long it still accepts requests, so that a load balancer can notice. */
  readonly listenMs: number;
  /** How long running requests may take after that. */
  readonly graceMs: number;
}

const atOnce: Closing = { listenMs: 0, graceMs: 1500 };
/** Together less than the ten seconds that a cluster should allow. */
const draining: Closing = { listenMs: 5000, graceMs: 4000 };

export interface Server {
  readonly url: string;
  /**
   * Stops listening, and closes the remaining connections after a grace period. `drain` accepts requests for some seconds
   * more. From the start every answer closes its connection.
   */
  readonly close: (how?: { readonly drain?: boolean }) => Promise<void>;
}

/** Listens for requests to the application. Rejects with the system's error (`syscall` listen). */
export async function listen(app: Hono, settings: WorldSettings, port: number, hostname: string): Promise<Server> {
  const unreadable = (why: string, status = 400): Reply => {
    const problem = new Problem('malformed', 'unreadable_request', `Expected an HTTP/1.1 request: ${why}.`);
    return { ...refusal(problem, { ...settings, at: new Date(settings.host.now()).toISOString() }), status };
  };
  const handle = getRequestListener(app.fetch, {
    errorHandler: (error) => {
      const { status, body } = unreadable((error as Error).message);
      return Response.json(body, { status });
    },
  });
  /** The latest response of each connection. */
  const responses = new Map<Duplex, ServerResponse>();
  let isClosing = false;
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    responses.set(incoming.socket, outgoing);
    if (isClosing) outgoing.shouldKeepAlive = false;
    // The constructor of Request throws for such a target.
    if (/^\w+:\/\/[^/?#]*@/.test(incoming.url ?? '')) send(outgoing, unreadable('its target contains a user name'));
    else void handle(incoming, outgoing);
  };
  const options = {
    // Hono's listener reports a missing Host itself, with the error body.
    requireHostHeader: false,
    // From Node 24.12: creates no stream for a request without a body, because streams are slow.
    optimizeEmptyRequests: true,
    // Idle connections are never closed, so that no request arrives on a closing one. TCP keep-alive detects dead peers.
    keepAliveTimeout: 0,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  const server = createServer(options, answer)
    .on('connection', (socket) => socket.once('close', () => responses.delete(socket)))
    .on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) =>
      send(
        outgoing,
        unreadable(`the mock does not support the expectation ${JSON.stringify(incoming.headers.expect)}`, 417),
      ),
    )
    .on('connect', (_, socket: Duplex) =>
      hangUp(socket, unreadable('the mock is not a proxy, so it does not support CONNECT', 405)),
    )
    .on('clientError', (error: NodeJS.ErrnoException & { reason?: string }, socket: Duplex) => {
      const outgoing = responses.get(socket);
      // An answer now would look like the one to an earlier request on the connection, which did take effect.
      const wouldMislead = outgoing && !outgoing.writableFinished && (outgoing.headersSent || outgoing.req.complete);
      if (!socket.writable || wouldMislead) socket.destroy();
      else hangUp(socket, unreadable(error.reason || error.message, framingStatuses[error.code ?? '']));
    });

  // A client that has closed its half of the connection still waits for its answer.
  Object.assign(server, { httpAllowHalfOpen: true });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${actual}`,
    async close({ drain = false } = {}) {
      const { listenMs, graceMs } = drain ? draining : atOnce;
      isClosing = true;
      for (const response of responses.values()) response.shouldKeepAlive = false;
      if (listenMs > 0) await new Promise<void>((resolve) => settings.host.after(listenMs, resolve));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Statuses of unreadable requests other than 400. */
const framingStatuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function send(outgoing: ServerResponse, { status, body }: Reply): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers on a connection without a readable request, and closes it. */
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
