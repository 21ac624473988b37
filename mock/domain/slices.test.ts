import { expect, test } from 'vitest';
import { atOnce, each, pauseAfter, rowsPerSlice, type Sliced } from './slices.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

/** How often the work was left before it was done. */
function pauses(work: Sliced<unknown>): number {
  for (let count = 0; ; count += 1) if (work.next().done) return count;
}

test.each([
  [0, 0],
  [1, 0],
  [rowsPerSlice, 0],
  [rowsPerSlice + 1, 1],
  [2 * rowsPerSlice, 1],
  [2 * rowsPerSlice + 1, 2],
])('of %d items each is visited once, in order, and the work is left %d times', (count, left) => {
  const visited: number[] = [];
  const work = each(numbers(count), (item) => visited.push(item));
  work.next();
  expect(visited).toHaveLength(Math.min(count, rowsPerSlice));
  expect(pauses(each(numbers(count), () => {}))).toBe(left);
  atOnce(work);
  expect(visited).toEqual(numbers(count));
});

test.each([
  [0, 0],
  [rowsPerSlice, 0],
  [rowsPerSlice + 1, 1],
])('after what grew with %d rows the work is left %d times', (count, left) => {
  expect(pauses(pauseAfter(numbers(count)))).toBe(left);
});

test('all of the work is done at once, and gives its value', () => {
  function* work(): Sliced<string> {
    yield;
    yield;
    return 'done';
  }
  expect(atOnce(work())).toBe('done');
});
