import { Agent, request } from 'undici';

export interface WholeAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the simulated partner compares the bodies with what it expects
  readonly body: any;
}

/** Requests sent, and how many of them met a fault. */
export interface RequestCounts {
  requests: number;
  /** Requests that a fault refused before they had an effect; they are sent again. */
  refused: number;
  /** Answers that were lost or cut off. */
  unseen: number;
}

const maxAttempts = 30;

/** Sends requests to a mock with faults on, and repeats those that a fault refused. */
export class RetryingClient {
  readonly #url: string;
  readonly #traffic: RequestCounts;
  readonly #agent = new Agent({ connections: 16, keepAliveTimeout: 1000 });

  constructor(url: string, traffic: RequestCounts) {
    this.#url = url;
    this.#traffic = traffic;
  }

  /**
   * Repeats a write until the answer is not a fault. Returns 'unseen' if the answer was lost; the write took effect,
   * because the faults of the soak drop answers only after the work is done.
   */
  async write(method: 'POST' | 'PATCH', path: string, key: string, body: unknown): Promise<WholeAnswer | 'unseen'> {
    return this.#send(method, path, key, typeof body === 'string' ? body : JSON.stringify(body));
  }

  async read(path: string, key: string): Promise<WholeAnswer> {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const answer = await this.#send('GET', path, key);
      if (answer !== 'unseen') return answer;
    }
    throw new Error(`GET ${path} had no complete answer in ${maxAttempts} attempts`);
  }

  /** Calls the control plane, which has no faults. Throws if it refuses. */
  async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<WholeAnswer['body']> {
    const answer = await this.#send(method, `/_mock/worlds${path}`, '', body && JSON.stringify(body));
    if (answer === 'unseen' || answer.status >= 300)
      throw new Error(`${method} /_mock/worlds${path} was answered with ${JSON.stringify(answer)}`);
    return answer.body;
  }

  async #send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, key: string, body?: unknown) {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      this.#traffic.requests += 1;
      try {
        const response = await request(this.#url + path, {
          method,
          dispatcher: this.#agent,
          headers: {
            ...(key && { authorization: `Bearer ${key}` }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: body as string }),
        });
        const answer: WholeAnswer = { status: response.statusCode, body: await response.body.json() };
        if (response.headers['x-mock-fault'] === undefined || answer.status < 300) return answer;
        this.#traffic.refused += 1;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') throw new Error('the mock is gone');
        this.#traffic.unseen += 1;
        return 'unseen';
      }
    }
    throw new Error(`${method} ${path} met a fault ${maxAttempts} times in a row`);
  }

  close = () => this.#agent.destroy();
}
