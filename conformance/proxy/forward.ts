import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type InformationEvent, type ServerResponse } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { pipeline } from 'node:stream';
import { Capture, type CaptureBudget } from './capture.ts';

/** How to connect to a target over TLS, as `tls.connect` takes it. */
export type TlsConnectOptions = Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'rejectUnauthorized'>;

/** What passed through the proxy. */
export interface Passage {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly url: string;
  /** By lower-case name. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Null if the request had no body; undefined if it was too large to be kept. */
  readonly requestBody: string | null | undefined;
  /** Null if the answer did not arrive in full. */
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  } | null;
  /** Why no answer arrived in full. */
  readonly failure?: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface ForwardOptions {
  readonly target: URL;
  readonly tls: TlsConnectOptions;
  readonly budget: CaptureBudget;
  readonly now: () => number;
  readonly onPassage: (passage: Passage) => void;
}

type Pair = [name: string, value: string];

/** Headers that belong to one connection, and not to the message. */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** The headers to pass on, as they were written, duplicates included. */
function endToEnd({ rawHeaders, headers }: IncomingMessage): Pair[] {
  const named = (headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return pairsOf(rawHeaders).filter(([name]) => ![...hopByHop, ...named].includes(name.toLowerCase()));
}

const pairsOf = (raw: readonly string[]): Pair[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] as string] satisfies Pair] : []));

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/** Sends a request on to the target, and its answer back, byte by byte. Reports one passage. */
export function forward(request: IncomingMessage, response: ServerResponse, options: ForwardOptions): void {
  const { target, tls, budget, now, onPassage } = options;
  const { method = 'GET', url = '/' } = request;
  const startedAt = now();
  const sent = new Capture(budget);
  const received = new Capture(budget);
  let answer: IncomingMessage | undefined;
  let endedAt: number | undefined;
  let isOver = false;
  /** Reports the passage once: with its answer, or with the reason why there is none. */
  const end = (failure?: string) => {
    if (isOver) return;
    isOver = true;
    const arrived = failure === undefined ? answer : undefined;
    onPassage({
      method,
      url,
      requestHeaders: flat(request),
      requestBody: hasBody ? sent.text(request.headers['content-encoding']) : null,
      answer: arrived
        ? {
            status: arrived.statusCode as number,
            headers: flat(arrived),
            body: received.text(arrived.headers['content-encoding']),
          }
        : null,
      ...(failure !== undefined && { failure }),
      startedAt,
      endedAt: endedAt ?? now(),
    });
    sent.release();
    received.release();
  };

  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const hasBody = isChunked || request.headers['content-length'] !== undefined;
  const upstream = (target.protocol === 'https:' ? httpsRequest : httpRequest)({
    ...tls,
    // `URL` writes the brackets of an IPv6 address.
    hostname: target.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: target.port,
    method,
    path: target.pathname.replace(/\/+$/, '') + url,
    // Each request has its own connection, so that a target that closes idle ones does not seem to lose requests.
    agent: false,
    setHost: false,
    maxHeaderSize: 65_536,
  });
  upstream.setHeader('Host', target.host);
  for (const [name, values] of Map.groupBy(endToEnd(request), ([name]) => name)) {
    const texts = values.map(([, value]) => value);
    if (!/^host$/i.test(name)) upstream.setHeader(name, texts.length > 1 ? texts : (texts[0] as string));
  }
  if (isChunked) upstream.setHeader('transfer-encoding', 'chunked');
  // Without these lines Node would announce an empty body.
  if (!hasBody) for (const name of ['content-length', 'transfer-encoding']) upstream.removeHeader(name);
  if (request.headers.expect !== undefined) upstream.flushHeaders();

  upstream.on('information', (message) => {
    if (request.httpVersion !== '1.0') informOf(message, response);
  });
  upstream.on('response', (message) => {
    response.sendDate = false;
    try {
      response.writeHead(message.statusCode as number, message.statusMessage, endToEnd(message).flat());
    } catch (error) {
      // Node accepts a few answers that it refuses to send, such as one with status 099.
      upstream.destroy(error as Error);
      return;
    }
    answer = message;
    message.on('data', (chunk: Buffer) => received.add(chunk));
    message.on('end', () => {
      // Reported before the client can receive the answer and send the next request.
      endedAt = now();
      response.addTrailers(pairsOf(message.rawTrailers));
    });
    pipeline(message, response, (error) => {
      if (!error) end();
    });
  });
  upstream.on('error', (error) => {
    if (answer !== undefined) return;
    const reason = reasonOf(error);
    if (request.destroyed && !request.complete) end('the client disconnected');
    else {
      end(reason);
      answerRefusal(response, 502, `no answer from ${target.origin}: ${reason}`);
    }
  });
  response.on('close', () => {
    if (response.writableFinished) return;
    upstream.destroy();
    end(answer?.errored ? `the answer broke off: ${answer.errored.message}` : 'the client disconnected');
  });
  request.on('data', (chunk: Buffer) => sent.add(chunk));
  // Errors are handled by the listeners of each side.
  pipeline(request, upstream, () => {});
}

/** Passes on an interim answer. */
function informOf(
  { statusCode, rawHeaders }: Pick<InformationEvent, 'statusCode' | 'rawHeaders'>,
  response: ServerResponse,
) {
  if (statusCode === 100) response.writeContinue();
  else if (statusCode === 102) response.writeProcessing();
  else if (statusCode === 103) {
    const hints = Map.groupBy(pairsOf(rawHeaders), ([name]) => name.toLowerCase());
    response.writeEarlyHints(
      Object.fromEntries([...hints].map(([name, values]) => [name, values.map(([, value]) => value)])),
    );
  }
}

/** Why there is no answer, in a few words. */
function reasonOf(error: Error): string {
  const [first] = error instanceof AggregateError ? error.errors : [];
  const { message, code } = (first ?? error) as NodeJS.ErrnoException;
  return message || code || 'unknown error';
}

/** An answer of the proxy itself, in the form of the contract so that clients can read it. */
export function answerRefusal(response: ServerResponse, status: number, reason: string): void {
  if (response.headersSent || response.destroyed) return;
  const message = `groups-conformance proxy: ${reason}`;
  const body = {
    timestamp: new Date().toISOString(),
    message,
    error: message,
    app_error_code: null,
    trace_id: randomUUID(),
  };
  response.writeHead(status, { 'content-type': 'application/json', 'x-groups-conformance-proxy': 'own-answer' });
  response.end(JSON.stringify(body));
}
