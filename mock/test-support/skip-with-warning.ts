import type { TestContext } from 'vitest';

/** Skips a test, and prints the reason where the output of a run shows it. */
export function skipWithWarning({ skip, task }: TestContext, reason: string): never {
  console.warn(`Skipped: ${task.name}: ${reason}.`);
  return skip(reason);
}
