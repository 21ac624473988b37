import { createReadStream } from 'node:fs';
import { exchangesOf, type Recording } from './har.ts';
import type { ObserverOptions } from './memory.ts';
import { createObserver, type Findings } from './observer.ts';
import type { Readings } from './readings.ts';

export interface Inspection {
  readonly recording: Recording;
  readonly findings: Findings;
  readonly readings: Readings;
}

/** Judges a recorded HAR offline. Throws HarError if the file is not a HAR, and errors of the file system. */
export async function inspect(
  file: string,
  { baseUrl, ...options }: ObserverOptions & { readonly baseUrl?: string | undefined } = {},
): Promise<Inspection> {
  const recording: Recording = {
    baseUrl: baseUrl?.replace(/\/+$/, '') ?? null,
    entries: 0,
    ignored: 0,
    otherBaseUrls: new Set(),
    unreadable: 0,
  };
  const observer = createObserver(options);
  for await (const exchange of exchangesOf(createReadStream(file, 'utf8'), recording)) observer.see(exchange);
  return { recording, findings: observer.findings(), readings: observer.readings() };
}
