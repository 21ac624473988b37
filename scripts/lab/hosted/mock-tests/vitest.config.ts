import { defineConfig } from 'vitest/config';
import { root } from '../../../generate/contract.ts';

export default defineConfig({
  root,
  test: {
    setupFiles: ['scripts/seed.ts', 'scripts/lab/hosted/mock-tests/setup.ts'],
    include: ['mock/{api,worlds,control,jobs,advisor}/**/*.test.ts', 'mock/{quirks,programmatic,index}.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
