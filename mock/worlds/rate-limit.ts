import { Problem, shown } from '../domain/problems.ts';

/** How many requests each key may send in a time. */
export interface RateLimit {
  readonly requests: number;
  readonly milliseconds: number;
}

const units: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000 };

/** Parses `60/min`. Throws a Problem. */
export function parseRateLimit(text: string): RateLimit {
  const [, count = '', unit = ''] = /^([1-9]\d{0,6})\/(s|min|h)$/.exec(text) ?? [];
  const milliseconds = units[unit];
  if (milliseconds === undefined)
    throw new Problem(
      'invalid',
      'bad_option',
      `rate limit: expected such as 10/s, 60/min or 1000/h, got ${shown(text)}`,
    );
  return { requests: Number(count), milliseconds };
}

/** Whether a request is within the limit, and what is left. */
export interface Allowance {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the key may send as many requests as the limit again. */
  readonly resetMs: number;
}

/** Counts the requests of each key. A window begins with the first request after the end of the last one. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #windows = new Map<string, { readonly end: number; count: number }>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Counts a request at an instant in milliseconds. */
  count(key: string, now: number): Allowance {
    const { requests, milliseconds } = this.#limit;
    let window = this.#windows.get(key);
    // The clock may also have been turned back to before the window.
    if (window === undefined || now >= window.end || now < window.end - milliseconds) {
      window = { end: now + milliseconds, count: 0 };
      this.#windows.set(key, window);
    }
    window.count += 1;
    return {
      isAllowed: window.count <= requests,
      limit: requests,
      remaining: Math.max(0, requests - window.count),
      resetMs: window.end - now,
    };
  }

  clear(): void {
    this.#windows.clear();
  }
}
