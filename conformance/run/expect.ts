import type { chai, ExpectStatic } from '@vitest/expect';

interface Assertions {
  readonly expect: ExpectStatic;
  readonly AssertionError: typeof chai.AssertionError;
}

let assertions: Assertions | undefined;

/** Loads the assertions, before the first check runs: to list checks nobody needs them. */
export async function loadAssertions(): Promise<void> {
  assertions ??= await createAssertions();
}

async function createAssertions(): Promise<Assertions> {
  const library = await import('@vitest/expect');
  const { ASYMMETRIC_MATCHERS_OBJECT, chai, GLOBAL_EXPECT } = library;
  const globals = globalThis as unknown as Readonly<Record<symbol, ExpectStatic | undefined>>;
  const { AssertionError } = chai;
  // In a process of vitest its own are used, since chai keeps one set of matchers for all.
  const ofVitest = globals[GLOBAL_EXPECT];
  if (ofVitest) return { expect: ofVitest, AssertionError };
  for (const plugin of [library.JestExtend, library.JestChaiExpect, library.JestAsymmetricMatchers]) chai.use(plugin);
  const expect = (value: unknown, message?: string) => chai.expect(value, message);
  return {
    expect: Object.assign(expect, chai.expect, globals[ASYMMETRIC_MATCHERS_OBJECT]) as unknown as ExpectStatic,
    AssertionError,
  };
}

function loaded(): Assertions {
  if (assertions === undefined) throw new Error('the assertions are not loaded: call loadAssertions first');
  return assertions;
}

/** The assertions of the checks. */
export const expect = <T>(value: T, message?: string) => loaded().expect(value, message);

/** Fails the check unless the claim holds: says what was looked at, and in words what was expected and what came. */
export function claim(holds: boolean, what: string, expected: string, received: unknown): asserts holds {
  if (!holds) throw new (loaded().AssertionError)(what, { expected, actual: received });
}
