import type { TestContext } from 'vitest';
import { NoPython } from '../../python-environment.ts';

/** For tests in Python: the first run on a machine installs the packages. */
export const installingTimeout = 600_000;

/** The result of a referee in Python; without Python the test is skipped with a warning. */
export async function orSkip<T>({ skip, task }: TestContext, judgement: Promise<T>): Promise<T> {
  try {
    return await judgement;
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    console.warn(`Skipped: ${task.name}: ${error.message}.`);
    return skip(error.message);
  }
}
