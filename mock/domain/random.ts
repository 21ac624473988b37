import { createHash } from 'node:crypto';
import type { RandomBytes } from './identifiers.ts';

/** A pseudorandom source: the same seed gives the same bytes, call by call. It can begin after a number of calls. */
export function randomStream(seed: string, after = 0): RandomBytes {
  let calls = after;
  return (size) => {
    const call = `${seed}:${calls++}`;
    const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, block) =>
      createHash('sha256').update(`${call}:${block}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, size);
  };
}

/** The same source, read in large blocks: a call of the system's random source costs as much as a whole request. */
export function pooled(random: RandomBytes, poolSize = 4096): RandomBytes {
  let pool: Uint8Array = new Uint8Array();
  let used = 0;
  return (size) => {
    if (pool.length - used < size) {
      pool = random(Math.max(size, poolSize));
      used = 0;
    }
    used += size;
    return pool.subarray(used - size, used);
  };
}

/** A number from 0 up to, but not including, 1, made from 4 bytes of the source. */
export function fraction(random: RandomBytes): number {
  return Buffer.from(random(4)).readUInt32BE() / 2 ** 32;
}
