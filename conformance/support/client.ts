import { Pool } from 'undici';
import { type OperationId, operations } from '../../generated/operations.ts';
import { audit, type Finding } from './audit.ts';
import { type Exchange, redactedBody, redactedHeaders } from './exchange.ts';
import { pause, retryAfterMs } from './waiting.ts';

/** The network or the target's HTTP broke: nothing that a rule speaks of. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** An answer, read as it comes: where a part is missing, its reading is empty and never throws. */
export class Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined where it is not JSON. */
  readonly json: unknown;

  constructor(status: number, headers: Readonly<Record<string, string>>, text: string) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.json = parsed(text);
  }

  /** `data` of one resource. */
  get data(): Readonly<Record<string, unknown>> {
    return record(record(this.json).data);
  }

  /** `data` of a list. */
  get rows(): readonly Readonly<Record<string, unknown>>[] {
    const { data } = record(this.json);
    return Array.isArray(data) ? data.map(record) : [];
  }

  get pagination(): Readonly<Record<string, unknown>> {
    return record(record(this.json).pagination);
  }
}

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is sent: an operation of the contract with its parts, or anything else that a rule needs. */
export interface Call {
  readonly operation?: OperationId;
  readonly method?: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  /** Over the usual headers; null takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

export interface Target {
  readonly baseUrl: string;
  /** Headers of every request, such as those that a gateway wants. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Who watches the exchanges of a run. */
export interface Witness {
  record(exchange: Exchange): void;
  found(finding: Finding): void;
}

const longestAnswerMs = 30_000;
const mostAnswerBytes = 32 * 1024 * 1024;
const mostRetries = 5;

/** One connection to a target: never more than one request in flight, redirects not followed. */
export class Connection {
  readonly #pool: Pool;
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
    this.#pool = new Pool(new URL(target.baseUrl).origin, {
      connections: 1,
      pipelining: 1,
      headersTimeout: longestAnswerMs,
      bodyTimeout: longestAnswerMs,
      connect: { timeout: 10_000 },
      clientTtl: null,
    });
  }

  /**
   * Sends a call with a key and returns the answer; on 429 it waits as `Retry-After` says and repeats. Every exchange
   * goes to the witness. Throws a NetworkError where no answer came.
   */
  async send(key: string | null, call: Call, witness: Witness): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#sendOnce(key, call, witness);
      if (answer.status !== 429 || attempt > mostRetries) return answer;
      await pause(retryAfterMs(answer.headers) ?? 2 ** attempt * 100);
    }
  }

  async #sendOnce(key: string | null, call: Call, witness: Witness): Promise<Answer> {
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

    const startedAt = new Date();
    const record = (answer: Answer | null): Exchange => {
      const exchange = {
        operation: call.operation ?? null,
        startedAt: startedAt.toISOString(),
        milliseconds: Date.now() - startedAt.getTime(),
        request: {
          method,
          url: url.href,
          headers: redactedHeaders(headers),
          body: body === null ? null : redactedBody(body),
        },
        response: answer && {
          status: answer.status,
          headers: redactedHeaders(answer.headers),
          body: redactedBody(answer.text),
        },
      };
      witness.record(exchange);
      return exchange;
    };

    let answer: Answer;
    try {
      answer = await this.#exchange(url, method, headers, body);
    } catch (error) {
      record(null);
      throw new NetworkError(`${method} ${url.href}: no answer: ${reasonOf(error)}`, { cause: error });
    }
    const exchange = record(answer);
    for (const finding of audit(exchange, answer)) witness.found(finding);
    return answer;
  }

  async #exchange(url: URL, method: string, headers: Record<string, string>, body: string | null): Promise<Answer> {
    const path = url.pathname + url.search;
    const response = await this.#pool.request({ path, method: method as 'GET', headers, body });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += (chunk as Buffer).length;
      if (size > mostAnswerBytes) throw new Error(`the answer is longer than ${mostAnswerBytes} bytes`);
      chunks.push(chunk as Buffer);
    }
    const flat = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
    return new Answer(response.statusCode, Object.fromEntries(flat), Buffer.concat(chunks).toString('utf8'));
  }

  #url({ operation, path, params = {}, query = {} }: Call): URL {
    const template = path ?? (operation ? operations[operation].path : '/');
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const url = new URL(this.#target.baseUrl.replace(/\/+$/, '') + filled);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** Why a request had no answer, in a few words. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
