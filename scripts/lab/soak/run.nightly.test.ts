import { expect, test } from 'vitest';
import { memoryGrowth, type Sample, type Soak, soak } from './run.ts';

const short = { clients: 4, worlds: 3, ms: 600_000, shiftMs: 1500, seed: '7', signal: new AbortController().signal };

test('under mixed load with faults on nothing is lost, doubled or different from the model', async () => {
  const enough = new AbortController();
  const onProgress = ({ shifts, syncs, updates, refused, unseen }: Soak) => {
    if ([shifts, syncs, updates, refused, unseen].every((figure) => figure > 0)) enough.abort();
  };
  const { violations, shifts, reconciled } = await soak({ ...short, signal: enough.signal, onProgress });
  expect(violations).toEqual([]);
  expect(shifts).toBeGreaterThan(1);
  expect(reconciled).toBeGreaterThan(0);
}, 60_000);

test('a mock that differs from the model is reported', async () => {
  const done = await soak({ ...short, mockFlags: ['--quirk', 'cross-group=reject'] });
  expect(done.violations[0]).toContain('not those of the model');
}, 60_000);

test('an interruption ends the load, and what was done is compared', async () => {
  const interruption = new AbortController();
  const onProgress = () => interruption.abort();
  const done = await soak({ ...short, shiftMs: 600_000, signal: interruption.signal, onProgress });
  expect(done.violations).toEqual([]);
  expect([done.shifts, done.reconciled > 0]).toEqual([1, true]);
}, 60_000);

test('memory is compared after warm-up, and only if there are enough shifts', () => {
  const memory = (MiB: readonly number[]): Sample[] =>
    MiB.flatMap((each, shift) =>
      [each, each + 50, each].map((value, n) => ({ seconds: shift * 3 + n, MiB: value, shift })),
    );
  expect(memoryGrowth(memory([100, 200, 300]))).toBeUndefined();
  expect(memoryGrowth(memory([100, 200, 300, 310, 300]))).toEqual({ earlyMiB: 300, lateMiB: 300, percent: 0 });
  expect(memoryGrowth(memory([100, 200, 300, 310, 390]))).toEqual({ earlyMiB: 300, lateMiB: 390, percent: 30 });
});
