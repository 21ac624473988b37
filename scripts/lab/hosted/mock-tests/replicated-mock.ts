import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type OperationId, operations } from '../../../../generated/control-operations.ts';
import type { Mock, MockOptions, Schemas, WorldClock, WorldControl } from '../../../../mock/index.ts';
import type { Opened, Question, SentRequest, SentResponse, WorkerAnswer, WorkerData } from './replicas.worker.ts';

/** How long an answer may take, in milliseconds. */
const waitMs = 120_000;

/** The thread with the replicas, which other threads may wait for. */
class ReplicasThread {
  readonly #worker: Worker;
  readonly #waiting = new MessageChannel();
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #pending = new Map<number, (answer: WorkerAnswer) => void>();
  #asked = 0;

  constructor(postgres: string, count: number) {
    const data: WorkerData = { postgres, count, waiting: { port: this.#waiting.port2, signal: this.#signal } };
    this.#worker = new Worker(new URL('./replicas.worker.ts', import.meta.url), {
      workerData: data,
      transferList: [this.#waiting.port2],
    });
    this.#worker.on('message', ({ number, answer }: { number: number; answer: WorkerAnswer }) => {
      this.#pending.get(number)?.(answer);
      this.#pending.delete(number);
    });
    this.#worker.unref();
  }

  async ask<T>(question: Question): Promise<T> {
    this.#asked += 1;
    const number = this.#asked;
    this.#worker.ref();
    const answer = await new Promise<WorkerAnswer>((resolve) => {
      this.#pending.set(number, resolve);
      this.#worker.postMessage({ number, question });
    });
    if (this.#pending.size === 0) this.#worker.unref();
    return unwrap<T>(answer);
  }

  /** Stops this thread until the answer is there. */
  askAndWait<T>(question: Question): T {
    Atomics.store(this.#signal, 0, 0);
    this.#waiting.port1.postMessage(question);
    if (Atomics.wait(this.#signal, 0, 0, waitMs) === 'timed-out')
      throw new Error(`the replicas do not answer ${JSON.stringify(question)}`);
    return unwrap<T>(receiveMessageOnPort(this.#waiting.port1)?.message);
  }
}

function unwrap<T>(answer: WorkerAnswer): T {
  if ('value' in answer) return answer.value as T;
  const { name, message, code } = answer.error;
  const kind = name === 'TypeError' ? TypeError : Error;
  throw Object.assign(new kind(message), { name, ...(code !== undefined && { code }) });
}

let thread: ReplicasThread | undefined;

/**
 * Starts replicas of a mock in another thread, whose machines' time stands still. Requests go to them in turn. Functions
 * that answer at once wait for that thread, which asks the control plane over HTTP.
 */
export async function startReplicatedMock({ host, ...options }: MockOptions, postgres: string, count: number) {
  thread ??= new ReplicasThread(postgres, count);
  const replicas = thread;
  const time = typeof host === 'object' ? { now: host.now() } : {};
  const given = typeof host === 'string' ? { ...options, host } : options;
  const { urls, keys, replicas: number } = await replicas.ask<Opened>({ ask: 'open', options: given, ...time });
  const [url = ''] = urls;

  const callControl = (id: OperationId, world: string, given: readonly unknown[] = []): unknown => {
    const request = controlRequest(id, world, given);
    const { status, body } = replicas.askAndWait<SentResponse>({ ask: 'send', replicas: number, request });
    const answer = JSON.parse(Buffer.from(body).toString());
    if (status >= 400) throw Object.assign(new Error(answer.message), { code: answer.app_error_code });
    return answer;
  };

  const control = (world = 'main'): WorldControl =>
    Object.fromEntries([
      ...Object.keys(operations).map((id) => [
        id,
        (...given: unknown[]) => callControl(id as OperationId, world, given),
      ]),
      [
        'requests',
        ({ world: of = world, ...filter } = {} as { readonly world?: string }) =>
          (callControl('listRequests', of, [filter]) as Schemas['RequestList']).requests,
      ],
    ]);

  const clock = (world?: string) => {
    const { readClock, freezeClock, advanceClock, resumeClock } = control(world);
    return {
      get frozen() {
        return readClock().frozen;
      },
      now: () => Date.parse(readClock().now),
      timestamp: () => readClock().now,
      freeze: (at?: number) => void freezeClock(at === undefined ? {} : { at: new Date(at).toISOString() }),
      // Over HTTP it is a whole number.
      advance: (ms: number) => void advanceClock({ ms: Math.ceil(ms) }),
      resume: () => void resumeClock(),
    } as Partial<WorldClock> as WorldClock;
  };

  const worlds = () => callControl('listWorlds', '', [{ limit: 1000 }]) as Schemas['WorldList'];

  const mock: Mock = {
    url,
    keys,
    control,
    clock,
    worlds,
    reset(world) {
      const listed = worlds();
      const names =
        world === undefined ? [...listed.worlds.map(({ name }) => name), ...(listed.closed ?? [])] : [world];
      for (const name of names) callControl('resetWorld', name);
    },
    async fetch(input, init) {
      const request = new Request(input instanceof Request ? input : new URL(input, url), init);
      request.signal.throwIfAborted();
      const aborted = new Promise<never>((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
      });
      const answer = sentRequest(request).then((sent) =>
        replicas.ask<SentResponse>({ ask: 'send', replicas: number, request: sent }),
      );
      const { status, headers, body } = await Promise.race([answer, aborted]);
      const hasBody = ![204, 205, 304].includes(status);
      return new Response(hasBody ? (body as Uint8Array<ArrayBuffer>) : null, {
        status,
        headers: headers.map(([name, value]) => [name, value] as [string, string]),
      });
    },
    close: () => replicas.ask({ ask: 'close', replicas: number }),
  };
  return mock;
}

async function sentRequest(request: Request): Promise<SentRequest> {
  const { method, url } = request;
  const body = request.body === null ? {} : { body: await request.bytes() };
  return { method, url, headers: [...request.headers], ...body };
}

/** The request for an operation: what is given are the parameters of its path but the world, then its body or its query. */
function controlRequest(id: OperationId, world: string, given: readonly unknown[]): SentRequest {
  const { method, path, body } = operations[id];
  const rest = [...given];
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(name === 'world' ? world : rest.shift())),
  );
  const [value = body === null ? {} : undefined] = rest;
  const query = body === null ? new URLSearchParams(definedTexts(value as object)).toString() : '';
  return {
    method,
    url: `http://replicas.invalid${target}${query && `?${query}`}`,
    headers: [['content-type', 'application/json']],
    ...(body !== null && value !== undefined && { body: Buffer.from(JSON.stringify(value)) }),
  };
}

const definedTexts = (query: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
