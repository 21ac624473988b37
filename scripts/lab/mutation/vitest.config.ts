import { defineConfig } from 'vitest/config';

/** Mutants of the domain run only the domain's own tests. */
export default defineConfig({
  test: {
    include: ['mock/domain/*.test.ts'],
    setupFiles: ['scripts/lab/mutation/setup.ts'],
    reporters: ['dot'],
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    bail: 1,
  },
});
