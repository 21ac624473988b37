import { defineConfig } from 'vitest/config';

/** What mutants of the domain must face: its own tests, not those of the mock around it. */
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
