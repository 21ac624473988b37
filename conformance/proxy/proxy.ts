import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ObservedExchange } from '../observe/exchange.ts';
import { isApiPath } from '../observe/har.ts';
import type { Inspection } from '../observe/inspect.ts';
import type { ObserverOptions } from '../observe/memory.ts';
import { createObserver, type Violation } from '../observe/observer.ts';
import { CaptureBudget } from './capture.ts';
import { answerRefusal, forward, type Passage, type TlsConnectOptions } from './forward.ts';
import type { HarFile } from './har-file.ts';

export interface ProxyOptions extends ObserverOptions {
  /** Where the service is, without `/v1`. */
  readonly target: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly tls?: TlsConnectOptions;
  /** Called as soon as a rule is certainly broken. */
  readonly onViolation?: (violation: Violation) => void;
  /** Called if an answer did not arrive in full; says which request and why. */
  readonly onFailure?: (request: string, reason: string) => void;
  /** Receives every exchange. */
  readonly har?: HarFile | undefined;
}

export interface RunningProxy {
  /** What a client takes as its base URL. */
  readonly url: string;
  /** What was seen so far. */
  inspection(): Inspection;
  /** Ends the requests in flight. */
  close(): Promise<void>;
}

/** Starts a reverse proxy on loopback that judges what passes. Throws errors of listening, such as a port in use. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { target, port, tls = {}, onViolation, onFailure, har, ...observerOptions } = options;
  const observer = createObserver(observerOptions);
  const keys = new Map<string, string>();
  const budget = new CaptureBudget();
  let [entries, ignored, unkept, underWay] = [0, 0, 0, 0];
  const startedAt = new Date().toISOString();

  const onPassage = (passage: Passage): void => {
    entries += 1;
    underWay -= 1;
    const exchange = exchangeOf(passage, keys);
    if (passage.failure !== undefined) onFailure?.(`${exchange.method} ${exchange.path}`, passage.failure);
    if (!isApiPath(exchange.path) || exchange.method === 'OPTIONS' || exchange.status === 304) {
      ignored += 1;
      return;
    }
    if (passage.requestBody === undefined || (passage.answer && passage.answer.body === undefined)) unkept += 1;
    har?.add(exchange);
    const violations = [...observer.see(exchange), ...(underWay === 0 ? observer.settle() : [])];
    for (const violation of violations) onViolation?.(violation);
  };

  const forwardOptions = {
    target: new URL(target),
    tls,
    budget,
    now: () => performance.timeOrigin + performance.now(),
    onPassage,
  };
  const onRequest: RequestListener = (request, response) => {
    if (!request.url?.startsWith('/'))
      return answerRefusal(
        response,
        400,
        'expected a path such as /v1/groups; use this address as base URL, not as an HTTP proxy',
      );
    underWay += 1;
    forward(request, response, forwardOptions);
  };
  // The proxy adds no timeouts of its own.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0, maxHeaderSize: 65_536 }, onRequest);
  server.on('checkContinue', onRequest).on('checkExpectation', onRequest);
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const baseUrl = target.replace(/\/+$/, '');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inspection: () => ({
      recording: { baseUrl, entries, ignored, otherBaseUrls: [], unreadable: 0, unkept, isChronological: true },
      findings: observer.findings(),
      readings: observer.readings(),
      startedAt,
      endedAt: new Date().toISOString(),
    }),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function exchangeOf(passage: Passage, keys: Map<string, string>): ObservedExchange {
  const { method, url, requestHeaders, requestBody, answer, startedAt, endedAt } = passage;
  const [path = '', query] = url.split(/\?(.*)/s);
  const { authorization } = requestHeaders;
  if (authorization !== undefined && !keys.has(authorization)) keys.set(authorization, `key ${keys.size + 1}`);
  return {
    method,
    path,
    query: query === undefined ? '' : `?${query}`,
    requestHeaders,
    ...(requestBody !== undefined && { requestBody: requestBody === '' ? null : requestBody }),
    status: answer?.status ?? null,
    ...(answer && { responseHeaders: answer.headers }),
    ...(answer?.body !== undefined && { responseBody: answer.body }),
    key: authorization === undefined ? null : (keys.get(authorization) as string),
    startedAt,
    endedAt,
  };
}
