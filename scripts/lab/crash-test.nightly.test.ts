import { expect, test } from 'vitest';
import { crashRounds } from './crash-test.ts';

test('after kill -9 nothing answered is lost or half applied, and every accepted sync completes once', async () => {
  const { violations, syncs } = await crashRounds(5, 7);
  expect(violations).toEqual([]);
  expect(syncs).toBeGreaterThan(0);
}, 60_000);
