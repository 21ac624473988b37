import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  type ExpectStatic,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect';

const globals = globalThis as { [GLOBAL_EXPECT]?: ExpectStatic; [ASYMMETRIC_MATCHERS_OBJECT]?: object };

function createExpect(): ExpectStatic {
  for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
  const expect = (value: unknown, message?: string) => chai.expect(value, message);
  return Object.assign(expect, chai.expect, globals[ASYMMETRIC_MATCHERS_OBJECT]) as unknown as ExpectStatic;
}

/** The assertions of the checks. In a process of vitest they are its own, since chai keeps one set of matchers for all. */
export const expect: ExpectStatic = globals[GLOBAL_EXPECT] ?? createExpect();

/** Fails the check unless the claim holds: says what was looked at, and in words what was expected and what came. */
export function claim(holds: boolean, what: string, expected: string, received: unknown): asserts holds {
  if (!holds) throw new chai.AssertionError(what, { expected, actual: received });
}
