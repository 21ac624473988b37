import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/node';
import { root } from './generate/contract.ts';

/** The closing line that CI reads, whatever the runner's own summary looks like. */
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
    // Ends a test that hangs; a busy machine may take its time over tests that start processes.
    testTimeout: 60_000,
    // Most of the time goes to processes that tests start and wait for.
    maxWorkers: availableParallelism() + 1,
  },
});
