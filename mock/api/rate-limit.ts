import { Problem } from '../domain/problems.ts';
import type { Allowance } from '../worlds/rate-limit.ts';

const secondsIn = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));

/** The headers by which official clients wait. `now` is the machine's time, by which a client measures. */
export const rateLimitHeaders = ({ isAllowed, limit, remaining, resetMs }: Allowance, now: number) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(Math.ceil((now + resetMs) / 1000)),
  ...(!isAllowed && { 'retry-after': String(secondsIn(resetMs)) }),
});

/** Throws a Problem if the request is over the limit. */
export function refuseOverLimit({ isAllowed, limit, resetMs }: Allowance): void {
  if (!isAllowed)
    throw new Problem(
      'rate-limited',
      'rate_limited',
      `Too many requests with this key: the limit is ${limit} (--rate-limit); wait ${secondsIn(resetMs)} s.`,
    );
}
