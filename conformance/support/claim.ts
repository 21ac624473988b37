import { chai } from 'vitest';

/** Fails the check unless the claim holds: says what was looked at, and in words what was expected and what came. */
export function claim(holds: boolean, what: string, expected: string, received: unknown): asserts holds {
  if (!holds) throw new chai.AssertionError(what, { expected, actual: received });
}
