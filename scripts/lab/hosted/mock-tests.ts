import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { startPostgres } from '../../../mock/test-support/postgres.ts';
import { root } from '../../generate/contract.ts';
import type { Experiment } from './experiment.ts';
import type { TestMeta } from './mock-tests/setup.ts';

/** What Vitest reports of a file of tests. */
interface FileReport {
  readonly name: string;
  readonly message: string;
  readonly status: 'passed' | 'failed';
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly meta: TestMeta;
    readonly failureMessages: readonly string[];
  }[];
}

/** Runs the tests of the mock with replicas in place of each mock that they start. */
export const mockTests: Experiment = async ({ short }) => {
  // A test may start dozens of mocks.
  const postgres = await startPostgres({ max_connections: '1000' });
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-tests-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const config = join(import.meta.dirname, 'mock-tests/vitest.config.ts');
    const args = ['run', '--config', config, '--reporter=json', `--outputFile=${file}`];
    const child = spawn(process.execPath, [vitest, ...args, ...(short ? ['mock/worlds/isolation'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GROUPS_TEST_REPLICAS: '3', GROUPS_TEST_REPLICAS_DATABASE: postgres.url },
    });
    const [printed, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    if (child.exitCode !== 0 && child.exitCode !== 1) throw new Error(`vitest failed:\n${printed}${complaint}`);
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as { testResults: readonly FileReport[] };
    return outcomeOf(testResults);
  } finally {
    rmSync(folder, { recursive: true });
    await postgres.stop();
  }
};

function outcomeOf(files: readonly FileReport[]) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const excluded = tests.flatMap(({ meta }) => meta.excluded ?? []);
  const used = tests.filter(({ meta }) => meta.usesReplicas && meta.excluded === undefined);
  const failures = tests.filter(({ status }) => status === 'failed');
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.message !== '');
  return {
    figures: {
      'tests through three replicas': used.length,
      'tests that use no mock': tests.length - used.length - excluded.length,
      'tests excluded': excluded.length,
      ...Object.fromEntries(
        [...Map.groupBy(excluded, (reason) => reason)].map(([reason, of]) => [`excluded: ${reason}`, of.length]),
      ),
      failed: failures.length,
    },
    violations: [
      ...failures.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('\n')}`),
      ...brokenFiles.map(({ name, message }) => `${relative(root, name)}: ${message}`),
    ],
  };
}
