import { setTimeout as sleep } from 'node:timers/promises';

/** The only place where the suite waits. If the signal aborts, throws its reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal && { signal }).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

/**
 * How long an answer asks to wait (`retry-after-ms`, or `Retry-After` in seconds or as a date), in milliseconds. A date is
 * compared with the answer's own clock, which may be wrong.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now = Date.now()): number | undefined {
  const exact = Number.parseFloat(headers['retry-after-ms'] ?? '');
  const text = headers['retry-after'] ?? '';
  const sent = Date.parse(headers.date ?? '');
  const until = Date.parse(text) - (Number.isNaN(sent) ? now : sent);
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : until;
  const ms = Number.isFinite(exact) ? exact : seconds;
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}

/** Pauses between polls: each 1.5 times as long as the one before, ten seconds at most, never past the deadline. */
export function* backOff(timeoutMs: number, firstMs = 5, now: () => number = Date.now): Generator<number> {
  const deadline = now() + timeoutMs;
  for (let next = firstMs; ; next = Math.min(next * 1.5, 10_000)) {
    const left = deadline - now();
    if (left <= 0) return;
    yield Math.min(next, left);
  }
}

/** Limits the number of requests per second. */
export class Pace {
  readonly #gapMs: number;
  #nextAt = 0;

  constructor(rate: number) {
    this.#gapMs = 1000 / rate;
  }

  /** Reserves the next slot; returns how long to wait for it, in milliseconds. */
  delay(now: number): number {
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#gapMs;
    return at - now;
  }
}
