import { isUtf8 } from 'node:buffer';
import { operations } from '../../generated/operations.ts';
import { sha256 } from '../contract/judged-contract.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { Answer, type Call } from './answer.ts';
import { NetworkError, Stopped } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { openHttp } from './http-transport.ts';
import { RunTotals, runLimits } from './limits.ts';
import { Redaction } from './redaction.ts';
import { defaultRequestTimeoutMs } from './timeouts.ts';
import type { IncomingAnswer, OpenTransport, OutgoingRequest, Transport } from './transport.ts';
import { Pace, pause, retryAfterMs } from './waiting.ts';

export interface Target {
  readonly baseUrl: string;
  /** Sent with every request, for example for a gateway. */
  readonly headers: Readonly<Record<string, string>>;
  /** The keys of both organizations, which are removed from the evidence. */
  readonly keys?: readonly string[];
  /** How long one answer may take from the first byte sent to the last one received, in milliseconds. Default 30,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** What the run has done on earlier connections, and does on this one. */
  readonly totals?: RunTotals | undefined;
  /** The connection stops itself instead of sending more requests, those of earlier connections included. */
  readonly maxRequests?: number | undefined;
  /** The connection stops itself instead of creating more groups, those of earlier connections included. */
  readonly maxGroups?: number | undefined;
  /** The maximum number of requests per second. */
  readonly rate?: number | undefined;
  /** Called with every exchange as it ends: in full, and redacted as evidence. */
  readonly onExchange?: ((exchange: ObservedExchange, evidence: Exchange) => void) | undefined;
  /** Called before a wait because of a 429. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
  /** How requests reach the target. Default: over HTTP. */
  readonly openTransport?: OpenTransport | undefined;
}

/** Takes the evidence of an exchange. */
type Keep = (exchange: Exchange) => void;

/** Shows the operator of a service who sends invalid requests on purpose. */
const userAgent = 'groups-conformance';
const maxRetries = 5;
/** The longest wait before a retry, even if the target asks for more. */
const maxWaitMs = 60_000;
/** The suite gives up on the target after this many unanswered requests in a row, or this many timeouts. */
const maxUnanswered = 3;
const maxTimeouts = 10;
/** Each timeout halves the time limit of later requests, down to this. */
const minPatienceMs = 5000;

/** One connection to a target: never more than one request in flight, redirects not followed. */
export class Connection {
  readonly #transport: Transport;
  readonly #target: Target;
  readonly #redaction: Redaction;
  readonly #stop = new AbortController();
  /** Settles when the current request has ended. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #totals: RunTotals;
  #unanswered: NetworkError[] = [];
  #timeouts = 0;
  readonly #pace: Pace | undefined;
  /** The path of the base URL. */
  readonly #basePath: string;

  constructor(target: Target) {
    this.#target = target;
    this.#basePath = new URL(target.baseUrl).pathname.replace(/\/+$/, '');
    this.#totals = target.totals ?? new RunTotals();
    this.#pace = target.rate === undefined ? undefined : new Pace(target.rate);
    this.#redaction = new Redaction(target.keys ?? [], target.headers);
    this.#transport = (target.openTransport ?? openHttp)(target.baseUrl);
  }

  /** Aborted when the connection was stopped; the reason says why. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Requests sent so far, those of earlier connections included. */
  get sent(): number {
    return this.#totals.requests;
  }

  /** Aborts the current request; every later call throws Stopped with this reason. */
  stop(reason: string): void {
    this.#stop.abort(new Stopped(reason));
  }

  /** Removes a key that was issued during the run from later evidence. */
  hide(key: string): void {
    this.#redaction.add(key);
  }

  /** A text without the keys and other secrets of the run. */
  redact(text: string): string {
    return this.#redaction.text(text);
  }

  /**
   * Sends a call with a key and returns the answer; on 429 it waits as `Retry-After` says and repeats. Every exchange
   * is given to `keep`. Throws a NetworkError if no answer came, or only 429, and Stopped after `stop`.
   */
  async send(key: string | null, call: Call, keep: Keep): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#inTurn(() => this.#sendOnce(key, call, keep));
      if (answer.status !== 429) {
        this.#unanswered = [];
        return answer;
      }
      this.#totals.throttled += 1;
      const asked = retryAfterMs(answer.headers);
      const what = call.operation ?? 'the request';
      if (asked !== undefined && asked > maxRetries * maxWaitMs)
        throw this.#noAnswer(`${what} was answered with 429, to be sent again in ${Math.round(asked / 1000)} s`);
      if (attempt > (this.#unanswered.length > 0 ? 1 : maxRetries))
        throw this.#noAnswer(`${what} was answered with 429 ${attempt} times`);
      const ms = Math.min(asked ?? 2 ** attempt * 100, maxWaitMs);
      this.#totals.throttledMs += ms;
      this.#target.onWait?.(ms);
      await pause(ms, this.signal);
    }
  }

  /** Runs requests one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  #noAnswer(message: string, cause?: unknown): NetworkError {
    const error = new NetworkError(message, { cause });
    this.#unanswered.push(error);
    return error;
  }

  /** Waits until the next request may be sent. Throws if none may. */
  async #admission(createsGroup: boolean): Promise<void> {
    this.signal.throwIfAborted();
    const last = this.#unanswered.at(-1);
    if (last && this.#unanswered.length >= maxUnanswered)
      throw new NetworkError(`not sent, because ${maxUnanswered} requests in a row had no answer; ${last.message}`);
    if (this.#timeouts >= maxTimeouts)
      throw new NetworkError(`not sent, because ${maxTimeouts} requests took too long`);
    const { maxRequests = Number.POSITIVE_INFINITY, maxGroups = Number.POSITIVE_INFINITY } = this.#target;
    const { requests, groups, largeAnswers } = this.#totals;
    if (requests >= maxRequests) this.stop(`the limit of ${maxRequests} requests is reached (--max-requests)`);
    if (createsGroup && groups >= maxGroups) this.stop(`the limit of ${maxGroups} groups is reached (--max-groups)`);
    if (largeAnswers > runLimits.largeAnswers)
      this.stop(`the target sent more than ${runLimits.largeAnswers} characters in large answers`);
    this.signal.throwIfAborted();
    if (this.#pace) await pause(this.#pace.delay(performance.now()), this.signal);
    this.#totals.requests += 1;
  }

  async #sendOnce(key: string | null, call: Call, keep: Keep): Promise<Answer> {
    const known = call.operation && operations[call.operation];
    const method = call.method ?? known?.method ?? 'GET';
    const url = this.#url(call);
    const body = call.rawBody ?? (call.body === undefined ? null : JSON.stringify(call.body));
    const headers: Record<string, string> = { accept: 'application/json', ...this.#target.headers };
    if (key !== null) headers.authorization = `Bearer ${key}`;
    if (body !== null) headers['content-type'] = 'application/json';
    for (const [name, value] of Object.entries(call.headers ?? {}))
      if (value === null) delete headers[name];
      else headers[name] = value;

    const createsGroup = method === 'POST' && url.pathname === this.#basePath + operations.createGroup.path;
    await this.#admission(createsGroup);
    const startedAt = now();
    const record = (answer: Answer | null): void => {
      const endedAt = now();
      const sent = {
        operation: call.operation ?? null,
        startedAt: new Date(startedAt).toISOString(),
        milliseconds: Math.round(endedAt - startedAt),
        request: {
          method,
          url: url.href,
          headers,
          body: body === null ? null : body.toString(),
          ...(body instanceof Buffer && !isUtf8(body) && { bodyBase64: body.toString('base64') }),
        },
        response: answer && { status: answer.status, headers: answer.headers, body: answer.text },
      };
      const exchange = this.#redaction.exchange(sent, (text) => this.#totals.evidence(text));
      keep(exchange);
      const type = headers['content-type'];
      this.#target.onExchange?.(
        {
          method,
          path: url.pathname.slice(this.#basePath.length),
          query: url.search,
          requestHeaders: type === undefined ? {} : { 'content-type': type },
          requestBody: body === null ? null : body.toString(),
          status: answer?.status ?? null,
          ...(answer && {
            responseHeaders: answer.headers,
            responseBody: answer.text,
            responseJson: answer.json,
          }),
          key: this.#labelOf(headers.authorization),
          startedAt,
          endedAt,
        },
        exchange,
      );
    };

    let answer: Answer;
    try {
      const request = { url, method, headers: { 'user-agent': userAgent, ...headers }, body };
      answer = new Answer(await this.#deliver(request));
      if (createsGroup && (answer.status < 400 || answer.status >= 500)) this.#totals.groups += 1;
      if (answer.text.length > runLimits.largeAnswerCharacters) this.#totals.largeAnswers += answer.text.length;
    } catch (error) {
      if (createsGroup) this.#totals.groups += 1;
      record(null);
      this.signal.throwIfAborted();
      if (error instanceof TookTooLong) this.#timeouts += 1;
      throw this.#noAnswer(`${method} ${this.#redaction.url(url.href)}: no answer: ${causeText(error)}`, error);
    }
    record(answer);
    return answer;
  }

  /** Sends a request; aborts it after the time limit, or when the connection is stopped. */
  async #deliver(request: OutgoingRequest): Promise<IncomingAnswer> {
    const patience = this.#target.requestTimeoutMs ?? defaultRequestTimeoutMs;
    const ms = Math.min(patience, Math.max(minPatienceMs, patience / 2 ** this.#timeouts));
    const underWay = new AbortController();
    const giveUp = () => underWay.abort(this.signal.reason);
    const timer = setTimeout(() => underWay.abort(new TookTooLong()), ms);
    this.signal.addEventListener('abort', giveUp);
    try {
      return await this.#transport.send(request, underWay.signal);
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', giveUp);
    }
  }

  /** A label for the key that a request was sent with, which tells keys apart. */
  #labelOf(authorization: string | undefined): string | null {
    if (authorization === undefined) return null;
    const index = (this.#target.keys ?? []).findIndex((key) => authorization === `Bearer ${key}`);
    return ['own', 'other'][index] ?? `unknown ${sha256(authorization)}`;
  }

  #url({ operation, path, params = {}, query = {} }: Call): URL {
    const template = path ?? (operation ? operations[operation].path : '/');
    // A target can issue an id that is not well-formed Unicode, which a URL cannot contain.
    const encoded = (value: string) => encodeURIComponent(value.toWellFormed());
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] ?? ''));
    const url = new URL(this.#target.baseUrl.replace(/\/+$/, '') + filled);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}

/** Milliseconds since 1970, by a clock that never goes back. */
const now = (): number => performance.timeOrigin + performance.now();

class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
  override readonly message = 'it took too long';
}

/** Why a request had no answer, in a few words. */
function causeText(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return causeText(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
