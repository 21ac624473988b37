import type { TestContext } from 'vitest';
import { skipWithWarning } from '../../../mock/test-support/skip-with-warning.ts';
import { NoPython } from '../../python-environment.ts';

/** For tests in Python: the first run on a machine installs the packages. */
export const installingTimeout = 600_000;

/** The result of a referee in Python; without Python the test is skipped with a warning. */
export async function orSkip<T>(context: TestContext, judgement: Promise<T>): Promise<T> {
  try {
    return await judgement;
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    return skipWithWarning(context, error.message);
  }
}
