import { extname, join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { Reporter, TestCase } from 'vitest/node';
import type { CheckRecord } from './outcome.ts';
import type { Selected } from './selection.ts';
import type { Remains, Settings } from './support/session.ts';

const interruptions = ['SIGINT', 'SIGTERM'] as const;

/** Called as checks end, in the order in which they do. */
export type OnCheck = (record: CheckRecord, progress: { readonly done: number; readonly of: number }) => void;

/**
 * Runs the selected checks under vitest and collects what they left. A signal that is aborted
 * ends the run early, with a clean-up; its reason is kept with the checks that were not made.
 */
export async function runChecks(
  settings: Settings,
  selection: readonly Selected[],
  onCheck?: OnCheck,
  signal?: AbortSignal,
): Promise<{ records: CheckRecord[]; remains: Remains }> {
  // A second to load, which help texts and refusals need not wait for.
  const { startVitest } = await import('vitest/node');
  const records: CheckRecord[] = [];
  let remains: Remains = { left: [], groups: 0, requests: 0 };
  const errors: { readonly message: string; readonly stack?: string | undefined }[] = [];
  const channel = new BroadcastChannel(settings.runId);
  const sendStop = () => channel.postMessage(reasonOf(signal));
  const take = (test: TestCase): void => {
    const { record } = test.meta();
    if (record === undefined) return;
    records.push(record);
    onCheck?.(record, { done: records.length, of: selection.length });
  };
  const before = interruptions.map((name) => [name, process.listeners(name)] as const);
  const collector: Reporter = {
    onInit() {
      // The test runner would end the process at once; whether and how a run is interrupted is up to its caller.
      for (const [name, listeners] of before)
        for (const listener of process.listeners(name)) if (!listeners.includes(listener)) process.off(name, listener);
    },
    onTestModuleCollected() {
      // Nobody heard it before.
      if (signal?.aborted) sendStop();
    },
    onTestCaseResult: take,
    onTestModuleEnd(module) {
      remains = module.meta().remains ?? remains;
      errors.push(...module.errors());
    },
  };
  const { exitCode } = process;
  signal?.addEventListener('abort', sendStop);
  try {
    const vitest = await startVitest(
      [],
      {
        config: false,
        root: import.meta.dirname,
        include: [`suite${extname(import.meta.filename)}`],
        exclude: [],
        watch: false,
        pool: 'threads',
        isolate: false,
        maxWorkers: 1,
        // Checks wait for each other's requests on one connection, and each for its own syncs.
        maxConcurrency: selection.length + 1,
        testTimeout: 0,
        hookTimeout: 0,
        reporters: [collector],
        // Nothing is written beside the installed package.
        cache: false,
        provide: { settings, selection },
      },
      { logLevel: 'error', cacheDir: join(import.meta.dirname, '../node_modules/.vite'), server: { watch: null } },
    );
    errors.push(...(vitest.state.getUnhandledErrors() as Error[]));
    await vitest.close();
  } finally {
    signal?.removeEventListener('abort', sendStop);
    channel.close();
    // What vitest makes of the tests is not the verdict.
    process.exitCode = exitCode;
  }
  if (errors.length > 0) throw new Error(`the test runner failed: ${errors[0]?.stack ?? errors[0]?.message}`);
  if (records.length !== selection.length)
    throw new Error(`${selection.length} checks were selected, ${records.length} came back`);
  return { records, remains };
}

/** Why a run was told to stop. */
export const reasonOf = (signal: AbortSignal | undefined): string =>
  typeof signal?.reason === 'string' ? signal.reason : 'the run was interrupted';
