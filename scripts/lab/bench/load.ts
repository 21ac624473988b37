import type { Subject } from './processes.ts';

/** A request that is sent repeatedly. */
export interface Load {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key: string;
  /** JSON; `[<id>]` in it is replaced by a different text in every request. */
  readonly body?: string;
  /** Sent in turn instead of `path` and `body`, which are the first of them. */
  readonly rotation?: readonly { readonly path: string; readonly body: string }[];
  readonly connections: number;
  /**
   * How many requests a slice sends, instead of as many as fit into its time: if only a few do, those that are cut off at its
   * end cost the subject a third of its processor time.
   */
  readonly requests?: number;
}

/** The figures of one slice of load on one subject. */
export interface Slice {
  /** Successful answers per second of the subject's processor time, on which other load of the machine has little effect. */
  readonly rate: number;
  /** Successful answers per second. */
  readonly throughput: number;
}

export const headersOf = ({ key, body }: Pick<Load, 'key' | 'body'>): Record<string, string> => ({
  authorization: `Bearer ${key}`,
  ...(body !== undefined && { 'content-type': 'application/json' }),
});

/** One request of a load, for `fetch`. */
export const requestOf = (load: Omit<Load, 'connections'>): RequestInit => ({
  method: load.method,
  headers: headersOf(load),
  ...(load.body !== undefined && { body: load.body }),
});

/**
 * Keeps this process awake while it loads a subject: waking a sleeping load generator with every answer would slow down
 * the slower subjects only.
 */
async function awake<T>(work: () => Promise<T>): Promise<T> {
  let isDone = false;
  const turn = (): void => {
    if (!isDone) setImmediate(turn);
  };
  turn();
  try {
    return await work();
  } finally {
    isDone = true;
  }
}

/** Seconds of load before each slice: a subject that has been idle is slow at first. */
const leadIn = 0.25;

/**
 * Loads a subject for the given seconds, or with the number of requests that the load has, and measures until `settled`,
 * when everything accepted is done. Throws an Error if a request fails.
 */
export async function measureSlice(
  subject: Subject,
  load: Load,
  seconds: number,
  settled: (subject: Subject) => Promise<void> = async () => {},
): Promise<Slice> {
  // The lab installs it, and tests of the report need none of it.
  const { default: autocannon } = await import('autocannon');
  let sent = 0;
  const setupRequest = (request: object) => ({ ...request, ...load.rotation?.[sent++ % load.rotation.length] });
  const fire = (length: { readonly duration: number } | { readonly amount: number }) =>
    awake(() =>
      autocannon({
        url: subject.url + load.path,
        method: load.method,
        headers: headersOf(load),
        connections: load.connections,
        ...length,
        timeout: 60,
        // How often it checks whether the time is over, in milliseconds.
        sampleInt: 10,
        ...(load.body !== undefined && { body: load.body, idReplacement: load.body.includes('[<id>]') }),
        ...(load.rotation && { requests: [{ setupRequest }] }),
      }),
    );
  await fire(load.requests === undefined ? { duration: leadIn } : { amount: load.connections });
  await settled(subject);
  const cpuBefore = await subject.ask('cpu');
  const started = performance.now();
  const result = await fire(load.requests === undefined ? { duration: seconds } : { amount: load.requests });
  await settled(subject);
  const elapsed = (performance.now() - started) / 1000;
  const cpu = (await subject.ask('cpu')) - cpuBefore;
  const answered = result['2xx'];
  if (answered === 0 || result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${subject.name}: ${load.method} ${load.path}: ${answered} successes, ${result.non2xx} refusals, ${result.errors} errors`,
    );
  return { rate: (answered / cpu) * 1e6, throughput: answered / elapsed };
}
