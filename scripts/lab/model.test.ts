import { expect, test } from 'vitest';
import { runModel } from './model/run.ts';

test.each([
  ['process', 10],
  ['socket', 4],
] as const)(
  'over the %s, the mock does what the reference model does',
  async (over, sequences) => {
    const { failure, syncs } = await runModel({ sequences, seed: 5, over });
    expect(failure).toBeUndefined();
    for (const figure of Object.values(syncs)) expect(figure).toBeGreaterThan(0);
  },
  60_000,
);
