import fc from 'fast-check';
import { startMock } from '../../../mock/index.ts';
import { createInBoth, sequences } from './commands.ts';
import { MockWorld, type ReachableMock } from './mock-world.ts';
import { duration, type Reference, seededOrganizations } from './reference.ts';

export interface ModelRun {
  readonly sequences: number;
  readonly seed: number;
  /** Requests stay within this process, go through a socket, or to the mock at this URL. */
  readonly over: 'process' | 'socket' | URL;
  /** Per sequence. */
  readonly maxCommands?: number;
}

/** What was done, and the shortest sequence for which mock and reference model differ, if any. */
export interface ModelVerdict {
  readonly sequences: number;
  readonly commands: number;
  readonly requests: number;
  /** Completed syncs, and their rows by outcome. */
  readonly syncs: {
    readonly completed: number;
    readonly added: number;
    readonly removed: number;
    readonly failed: number;
  };
  readonly failure?: { readonly commands: readonly string[]; readonly crossGroup: string; readonly message: string };
}

/** A mock that is reached in this way, and how it is closed. */
async function open(over: ModelRun['over']): Promise<ReachableMock & { close(): Promise<void> }> {
  if (over instanceof URL) return { url: over.origin, fetch, close: async () => {} };
  const mock = await startMock({ port: over === 'socket' ? 0 : false });
  return over === 'socket' ? { url: mock.url, fetch, close: mock.close } : mock;
}

/** Plays random sequences, each in its own world, and compares everything that can be read with the model. */
export async function runModel({ sequences: numRuns, seed, over, maxCommands = 30 }: ModelRun): Promise<ModelVerdict> {
  const target = await open(over);
  let worlds = 0;
  let failure: ModelVerdict['failure'];
  const count = { sequences: 0, commands: 0, requests: 0 };
  const syncs = { completed: 0, added: 0, removed: 0, failed: 0 };

  const play = async (crossGroup: 'move' | 'reject', commands: Iterable<fc.AsyncCommand<Reference, MockWorld>>) => {
    const real = new MockWorld(target, `s${worlds++}`);
    const model = await real.begin(crossGroup);
    try {
      for (const org of [...seededOrganizations, ...seededOrganizations]) await createInBoth(model, real, org, 'Group');
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await real.control('POST', '/clock/advance', { ms: duration });
      model.advance(duration);
      await real.expectEverything(model);
    } catch (error) {
      // fast-check shrinks the sequence, so the last failure is the shortest one.
      failure = { crossGroup, commands: real.history, message: error instanceof Error ? error.message : String(error) };
      throw error;
    } finally {
      await real.drop();
      count.sequences += 1;
      count.commands += real.history.length;
      count.requests += real.calls;
      for (const { results } of model.syncs) {
        syncs.completed += 1;
        syncs.added += results.added.length;
        syncs.removed += results.removed.length;
        syncs.failed += results.failed.length;
      }
    }
  };

  try {
    const property = fc.asyncProperty(fc.constantFrom('move', 'reject'), sequences(maxCommands), play);
    await fc.check(property, { numRuns, seed });
    return { ...count, syncs, ...(failure && { failure }) };
  } finally {
    await target.close();
  }
}
