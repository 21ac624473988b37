import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { CallOutcome, SendCall } from '../crash-test/client-session.ts';

/** What a client met on the way to its answers. */
export interface Troubles {
  requests: number;
  /** Answers 503 with `Retry-After`: nothing happened, and the request was sent again. */
  refused: number;
  /** Other answers of 500 and more. */
  errors: string[];
  /** Connections that ended before an answer. */
  cut: number;
  /** Reads among those that were refused, failed or cut. */
  failedReads: number;
  /** How much later than it was due a completed sync was first seen, in milliseconds. */
  latenesses: number[];
}

const noTroubles = (): Troubles => ({
  requests: 0,
  refused: 0,
  errors: [],
  cut: 0,
  failedReads: 0,
  latenesses: [],
});

/** A client gives up after this time without an answer, unless it is told otherwise. */
const defaultPatienceMs = 120_000;
const watchers = 4;

/**
 * A client of a hosted sandbox: it sends again what was refused with a 503, and reads also if they were cut off. A write
 * that was cut off is 'unknown'. It watches some syncs until they are completed, to see how late they are.
 */
export class HostedClient {
  readonly troubles = noTroubles();
  readonly #url: string;
  readonly #syncDelayMs: number;
  readonly #patienceMs: number;
  readonly #agent: Agent;
  readonly #watching = new Set<Promise<void>>();

  constructor(url: string, syncDelayMs: number, patienceMs = defaultPatienceMs) {
    this.#url = url;
    this.#syncDelayMs = syncDelayMs;
    this.#patienceMs = patienceMs;
    this.#agent = new Agent({ connections: 64, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  }

  readonly call: SendCall = async (method, path, key, body) => {
    const answer = await this.send(method, path, { authorization: `Bearer ${key}` }, body);
    const id = answer !== 'unknown' && method === 'POST' && answer.status === 202 && answer.body.data.request_id;
    if (id && this.#watching.size < watchers) {
      const watched = this.#watch(`${path}/${id}`, key, performance.now() + this.#syncDelayMs);
      this.#watching.add(watched);
      void watched.finally(() => this.#watching.delete(watched));
    }
    return answer;
  };

  /** Calls the control plane. Throws if it refuses. */
  // biome-ignore lint/suspicious/noExplicitAny: callers know the shape of what they ask for
  async control(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.send(method, `/_mock${path}`, {}, body);
    if (answer === 'unknown' || answer.status >= 300)
      throw new Error(`${method} /_mock${path} was answered with ${JSON.stringify(answer)}`);
    return answer.body;
  }

  async send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<CallOutcome> {
    const isRead = method === 'GET';
    const until = performance.now() + this.#patienceMs;
    while (performance.now() < until) {
      this.troubles.requests += 1;
      try {
        const response = await request(this.#url + path, {
          method: method as 'GET',
          dispatcher: this.#agent,
          headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const { statusCode: status } = response;
        const text = await response.body.text();
        if (status < 500) return { status, body: JSON.parse(text) };
        if (isRead) this.troubles.failedReads += 1;
        const retryAfter = response.headers['retry-after'];
        if (status === 503 && retryAfter !== undefined) {
          this.troubles.refused += 1;
          await sleep(Math.min(1000 * Number(retryAfter), 1000) * Math.random());
          // The database has not said whether the write took effect.
          if (!isRead && text.includes('database_unavailable')) return 'unknown';
          continue;
        }
        this.troubles.errors.push(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
      } catch {
        this.troubles.cut += 1;
        if (isRead) this.troubles.failedReads += 1;
      }
      if (!isRead) return 'unknown';
      await sleep(20);
    }
    throw new Error(`${method} ${path} had no answer in ${this.#patienceMs / 1000} s`);
  }

  async #watch(path: string, key: string, dueAt: number): Promise<void> {
    await sleep(Math.max(0, dueAt - performance.now() - 10));
    for (;;) {
      const answer = await this.send('GET', path, { authorization: `Bearer ${key}` });
      if (answer === 'unknown' || answer.status !== 200) return;
      if (answer.body.data.completed_at !== null) {
        this.troubles.latenesses.push(performance.now() - dueAt);
        return;
      }
      await sleep(20);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#watching);
    await this.#agent.close();
  }
}
