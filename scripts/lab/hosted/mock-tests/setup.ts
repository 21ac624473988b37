import { relative } from 'node:path';
import { beforeEach, type TestContext, vi } from 'vitest';
import type { MockOptions } from '../../../../mock/index.ts';
import { root } from '../../../generate/contract.ts';
import { excludedOptions, excludedTests } from './excluded.ts';
import { startReplicatedMock } from './replicated-mock.ts';

/** What is noted about each test. */
export interface TestMeta {
  readonly usesReplicas?: boolean;
  /** Why it cannot run with replicas. */
  readonly excluded?: string;
}

const { GROUPS_TEST_REPLICAS: count, GROUPS_TEST_REPLICAS_DATABASE: postgres } = process.env;
let current: TestContext | undefined;

const note = ({ task }: TestContext, meta: TestMeta) => Object.assign(task.meta, meta);

function exclude(context: TestContext, reason: string): void {
  note(context, { excluded: reason });
  context.skip(reason);
}

beforeEach((context) => {
  current = context;
  const excluded = excludedTests[relative(root, context.task.file.filepath)] ?? {};
  const [, reason] = Object.entries(excluded).find(([part]) => context.task.fullTestName.includes(part)) ?? [];
  if (reason !== undefined) exclude(context, reason);
});

vi.mock('../../../../mock/index.ts', async (load) => ({
  ...(await load<typeof import('../../../../mock/index.ts')>()),
  startMock(options: MockOptions = {}) {
    const context = current as TestContext;
    for (const [option, reason] of Object.entries(excludedOptions))
      if (options[option as keyof MockOptions] !== undefined) exclude(context, `${option}: ${reason}`);
    note(context, { usesReplicas: true });
    return startReplicatedMock(options, postgres as string, Number(count));
  },
}));
