import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { type Mock, type MockOptions, startMock } from '../../../../mock/index.ts';

/** A request as it passes between threads. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

export interface SentResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What the replicas are asked; `replicas` is the number that `open` has answered. */
export type Question =
  | { readonly ask: 'open'; readonly options: MockOptions; readonly now?: number }
  | { readonly ask: 'send'; readonly replicas: number; readonly request: SentRequest }
  | { readonly ask: 'close'; readonly replicas: number };

export interface Opened {
  readonly replicas: number;
  readonly urls: readonly string[];
  readonly keys: readonly string[];
}

export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

export type WorkerAnswer = { readonly value: unknown } | { readonly error: SentError };

export interface WorkerData {
  /** The URL of a server in which databases can be created. */
  readonly postgres: string;
  readonly count: number;
  /** A port for questions whose sender waits, and what wakes it up. */
  readonly waiting: { readonly port: MessagePort; readonly signal: Int32Array };
}

interface Replicas {
  readonly database: string;
  readonly mocks: readonly Mock[];
  sent: number;
}

const { postgres, count, waiting } = workerData as WorkerData;
const opened = new Map<number, Replicas>();
/** Databases whose replicas are closed. */
const free: string[] = [];
let databases = 0;

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function createDatabase(): Promise<string> {
  databases += 1;
  const name = `replicas_${process.pid}_${databases}`;
  await query(postgres, `CREATE DATABASE ${name}`);
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  return url.href;
}

/** Starts replicas. Their machines' time stands still if `now` is given. World `main` exists, as in one process. */
async function open(options: MockOptions, now?: number): Promise<Opened> {
  const database = free.pop() ?? (await createDatabase());
  const host = now === undefined ? {} : { host: { now: () => now, after: () => () => {} } };
  const start = () => startMock({ ...options, ...host, database });
  const first = await start();
  await first.fetch('/_mock/worlds/main/reset', { method: 'POST' });
  const others = await Promise.all(Array.from({ length: count - 1 }, start));
  const number = opened.size + 1;
  const mocks = [first, ...others];
  opened.set(number, { database, mocks, sent: 0 });
  return { replicas: number, urls: mocks.map(({ url }) => url), keys: first.keys };
}

/** Sends a request to the replicas in turn. What it adds to the journal is stored before the next one is sent. */
async function send(replicas: Replicas, { url, body, ...init }: SentRequest): Promise<SentResponse> {
  const mock = replicas.mocks[replicas.sent++ % count] as Mock;
  try {
    const response = await mock.fetch(url, {
      ...init,
      headers: init.headers.map(([name, value]) => [name, value] as [string, string]),
      ...(body !== undefined && { body: body as Uint8Array<ArrayBuffer> }),
    });
    return { status: response.status, headers: [...response.headers], body: await response.bytes() };
  } finally {
    await mock.fetch('/_mock/worlds/main/journal');
  }
}

async function close({ mocks, database }: Replicas): Promise<void> {
  await Promise.all(mocks.map((mock) => mock.close()));
  await query(database, 'TRUNCATE worlds RESTART IDENTITY CASCADE');
  free.push(database);
}

function perform(question: Question): Promise<unknown> {
  if (question.ask === 'open') return open(question.options, question.now);
  const replicas = opened.get(question.replicas) as Replicas;
  return question.ask === 'send' ? send(replicas, question.request) : close(replicas);
}

async function answerTo(question: Question): Promise<WorkerAnswer> {
  try {
    return { value: await perform(question) };
  } catch (error) {
    const { name, message, code } = error as SentError;
    return { error: { name, message, ...(code !== undefined && { code }) } };
  }
}

parentPort?.on('message', async ({ number, question }: { number: number; question: Question }) => {
  parentPort?.postMessage({ number, answer: await answerTo(question) });
});
waiting.port.on('message', async (question: Question) => {
  waiting.port.postMessage(await answerTo(question));
  Atomics.store(waiting.signal, 0, 1);
  Atomics.notify(waiting.signal, 0);
});
