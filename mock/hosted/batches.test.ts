import { expect, test } from 'vitest';
import { inBatches } from './batches.ts';

/** Work whose batches a test ends. */
function heldBatches(max = 100) {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const ask = inBatches(max, async (items: readonly number[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    batches.push({ items, end: (error) => (error === undefined ? resolve() : reject(error)) });
    await promise;
    return items.map((item) => item * 10);
  });
  return { batches, ask };
}

test('items that come while a batch runs are the next one, and each gets its own result', async () => {
  const { batches, ask } = heldBatches();
  const first = ask(1);
  const others = Promise.all([ask(2), ask(3), ask(4)]);
  batches[0]?.end();
  expect(await first).toBe(10);
  batches[1]?.end();
  expect(await others).toEqual([20, 30, 40]);
  const last = ask(5);
  batches[2]?.end();
  expect(await last).toBe(50);
  expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3, 4], [5]]);
});

test('a batch has no more than the greatest number of items', async () => {
  const { batches, ask } = heldBatches(2);
  const all = Promise.all([1, 2, 3, 4].map(ask));
  for (let index = 0; index < 3; index += 1) {
    batches[index]?.end();
    await new Promise(setImmediate);
  }
  await all;
  expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
});

test('if a batch fails, those that wait fail too, and the next item begins again', async () => {
  const { batches, ask } = heldBatches();
  const failing = Promise.allSettled([ask(1), ask(2)]);
  batches[0]?.end(new Error('the database is away'));
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = ask(3);
  batches[1]?.end();
  expect(await next).toBe(30);
});
