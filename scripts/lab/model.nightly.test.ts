import { expect, test } from 'vitest';
import { runModel } from './model/run.ts';

test.each([
  ['process', 400],
  ['socket', 100],
] as const)(
  'over the %s, the mock does what the reference model does in many sequences',
  async (over, sequences) => {
    const { failure } = await runModel({ sequences, seed: Number(process.env['KIT_SEED'] || 1), over });
    expect(failure).toBeUndefined();
  },
  300_000,
);
