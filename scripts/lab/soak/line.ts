import { Agent, request } from 'undici';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the bodies are judged by what the partner expects of them
  readonly body: any;
}

/** What the line met. */
export interface Traffic {
  requests: number;
  /** Requests refused by a fault, without effect, and sent again. */
  refused: number;
  /** Answers that were lost, or came in part. */
  unseen: number;
}

const mostAttempts = 30;

/** Requests to a mock with faults on, many at a time. */
export class Line {
  readonly #url: string;
  readonly #traffic: Traffic;
  readonly #agent = new Agent({ connections: 16, keepAliveTimeout: 1000 });

  constructor(url: string, traffic: Traffic) {
    this.#url = url;
    this.#traffic = traffic;
  }

  /**
   * Sends until there is an answer that is no fault. 'unseen' where that of a write was lost: by the faults of the soak
   * it has had its effect all the same.
   */
  async write(method: 'POST' | 'PATCH', path: string, key: string, body: unknown): Promise<Answer | 'unseen'> {
    return this.#send(method, path, key, typeof body === 'string' ? body : JSON.stringify(body));
  }

  async read(path: string, key: string): Promise<Answer> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const answer = await this.#send('GET', path, key);
      if (answer !== 'unseen') return answer;
    }
    throw new Error(`GET ${path} had no whole answer in ${mostAttempts} attempts`);
  }

  /** Calls the control plane, where there are no faults. Throws where it refuses. */
  async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await this.#send(method, `/_mock/worlds${path}`, '', body && JSON.stringify(body));
    if (answer === 'unseen' || answer.status >= 300)
      throw new Error(`${method} /_mock/worlds${path} was answered with ${JSON.stringify(answer)}`);
    return answer.body;
  }

  async #send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, key: string, body?: unknown) {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
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
        const answer: Answer = { status: response.statusCode, body: await response.body.json() };
        if (response.headers['x-mock-fault'] === undefined || answer.status < 300) return answer;
        this.#traffic.refused += 1;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') throw new Error('the mock is gone');
        this.#traffic.unseen += 1;
        return 'unseen';
      }
    }
    throw new Error(`${method} ${path} met a fault ${mostAttempts} times in a row`);
  }

  close = () => this.#agent.destroy();
}
