import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/node';
import { root } from './generate/contract.ts';

/** Prints the closing line that CI reads. */
const closingLine: Reporter = {
  onTestRunEnd(modules) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const failed = count('failed') + modules.filter((module) => module.errors().length > 0).length;
    console.log(`\n${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
  },
};

export default defineConfig({
  root,
  test: {
    include: ['{mock,conformance,scripts}/**/*.test.ts'],
    setupFiles: ['scripts/seed.ts'],
    reporters: ['default', closingLine],
    // Ends a hanging test; tests that start processes are slow on a busy machine.
    testTimeout: 60_000,
    // Most of the time goes to processes that tests start and wait for.
    maxWorkers: availableParallelism() + 1,
  },
});
