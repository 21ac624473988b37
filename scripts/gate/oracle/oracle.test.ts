import { expect, test } from 'vitest';
import { gravest } from '../../../conformance/contract/change.ts';
import { compareDocuments } from '../../../conformance/contract/comparison.ts';
import { runs } from '../../../mock/test-support/runs.ts';
import { judgeContents } from './contents.ts';
import { families } from './families.ts';
import { type IsBreaking, judgeFamily } from './oracle.ts';

const isBreaking: IsBreaking = (_, before, after) => gravest(compareDocuments(before, after)) === 'breaking';
const pairs = runs(15, 40);
const seed = Number(process.env['KIT_SEED'] || 1);

test.each(Object.keys(families))(
  '%s: what is not called breaking has no counterexample, in any direction',
  (family) => {
    const { tally, disagreements } = judgeFamily(family, pairs, seed, isBreaking);
    expect(disagreements).toEqual([]);
    expect(tally.fine).toBeGreaterThan(0);
    expect(tally.shown).toBeGreaterThan(0);
  },
);

// Each break that is shown above would be one that this comparison does not report.
test('a comparison that never reports a break is noticed', () => {
  const { disagreements } = judgeFamily('types', 25, seed, () => false);
  expect(disagreements).not.toEqual([]);
});

test('media types: a step not called breaking refuses no body accepted before, and adds no unnamed type of answer', () => {
  const { tally, disagreements } = judgeContents(4 * pairs, seed, isBreaking);
  expect(disagreements).toEqual([]);
  expect(tally.fine).toBeGreaterThan(0);
  expect(judgeContents(4 * pairs, seed, () => false).disagreements).not.toEqual([]);
});
