import { type HarRecording, readHar } from './har.ts';
import type { ObserverOptions } from './memory.ts';
import { createObserver, type Findings } from './observer.ts';
import type { Readings } from './readings.ts';

/** What traffic shows of a service. */
export interface Inspection {
  readonly recording: HarRecording;
  readonly findings: Findings;
  readonly readings: Readings;
  /** RFC 3339 timestamps of the first and of the last exchange. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** Judges a recorded HAR offline. Throws HarError if the file is not a HAR, and errors of the file system. */
export async function inspect(
  file: string,
  { baseUrl, ...options }: ObserverOptions & { readonly baseUrl?: string | undefined } = {},
): Promise<Inspection> {
  const observer = createObserver(options);
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  const recording = await readHar(file, baseUrl, (exchange, isChronological) => {
    first = Math.min(first, exchange.startedAt);
    last = Math.max(last, exchange.endedAt);
    if (!isChronological) observer.forget();
    observer.see(exchange);
  });
  return {
    recording,
    findings: observer.findings(),
    readings: observer.readings(),
    startedAt: new Date(Math.min(first, last)).toISOString(),
    endedAt: new Date(last).toISOString(),
  };
}
