import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type Reporter, type TestSpecification } from 'vitest/node';
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

/** Files that take longest come first, so that no processor is idle at the end. */
const slowest = ['referees', 'wheel', 'packed', 'commands', 'hostile-targets', 'command', 'browser', 'suite', 'main'];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = slowest.indexOf(basename(moduleId).split('.')[0] ?? '');
      return index < 0 ? slowest.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Experiments, outside judges and long forms, which only `npm test -- --full` runs. */
const nightlyTests = ['{mock,conformance,scripts}/**/*.nightly.test.ts'];

/** Rooms whose tests start no processes, browsers or runs of the suite. */
const unitTests = [
  'mock/{domain,store,jobs,worlds,http,api,control,advisor}/**/*.test.ts',
  'conformance/{run,observe,rules,verdict,report,certificate,contract}/**/*.test.ts',
  'scripts/{generate,gate,hygiene,release,boundaries}/**/*.test.ts',
];

/** Tests that start no process either, but servers or runs of the suite. */
const inProcessTests = [
  'mock/{index,quirks,programmatic,server,readings,docs}.test.ts',
  'mock/{metrics,tenants}/**/*.test.ts',
  'mock/console/!(browser|reference).test.ts',
  'conformance/*.test.ts',
  'conformance/{cli,compare}/**/*.test.ts',
  'conformance/proxy/{proxy,forward}.test.ts',
  'conformance/self-test/{advice,compare,readings,usage-of-mock}.test.ts',
  'scripts/{readme,packaging}.test.ts',
  'scripts/docs/{links,citations}.test.ts',
  'scripts/lab/{bench,crash-test}/*.test.ts',
];

const globalSetup = ['mock/test-support/postgres-template.ts'];

export default defineConfig({
  root,
  test: {
    setupFiles: ['scripts/seed.ts'],
    sequence: { sequencer: SlowestFirst },
    reporters: ['default', closingLine],
    // Ends a hanging test; tests that start processes are slow on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Isolating files would import the same modules again for each.
      { extends: true, test: { name: 'unit', include: unitTests, isolate: false } },
      { extends: true, test: { name: 'in-process', include: inProcessTests, exclude: nightlyTests, isolate: false } },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['{mock,conformance,scripts}/**/*.test.ts'],
          exclude: [...unitTests, ...inProcessTests, ...nightlyTests],
          globalSetup,
        },
      },
      { extends: true, test: { name: 'nightly', include: nightlyTests, globalSetup } },
    ],
    // Most of the time goes to processes that tests start and wait for.
    maxWorkers: availableParallelism() + 1,
  },
});
