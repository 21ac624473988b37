import { expect, test } from 'vitest';
import { fraction, pooled, randomStream } from './random.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('the same seed gives the same bytes, call by call, and another seed gives other bytes', () => {
  const [one, same, other] = [randomStream('a'), randomStream('a'), randomStream('b')];
  const calls = [one(16), one(16), one(16)].map(hex);
  expect(new Set(calls)).toHaveLength(3);
  expect([same(16), same(16), same(16)].map(hex)).toEqual(calls);
  expect(calls).not.toContain(hex(other(16)));
});

test.each([0, 1, 16, 32, 33, 64, 100])('it returns the requested number of bytes, and no block repeats: %i', (size) => {
  const bytes = randomStream('a')(size);
  expect(bytes).toHaveLength(size);
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, index) =>
    hex(bytes.subarray(index * 32, index * 32 + 32)),
  );
  expect(new Set(blocks)).toHaveLength(blocks.length);
});

test('the bytes of a seed do not change between versions', () => {
  const stream = randomStream('a');
  expect([hex(stream(4)), hex(stream(4))]).toEqual(['4f6763ab', '6a8bfaa2']);
});

test('a stream that begins after a number of calls goes on like the one that was called so often', () => {
  const stream = randomStream('a');
  stream(4);
  stream(64);
  expect(hex(randomStream('a', 2)(16))).toBe(hex(stream(16)));
});

test('a fraction is the first four bytes as a number from 0 up to, but not including, 1', () => {
  const of = (...bytes: number[]) => fraction((size) => Uint8Array.from(bytes).subarray(0, size));
  expect(of(0, 0, 0, 0)).toBe(0);
  expect(of(0x80, 0, 0, 0)).toBe(0.5);
  expect(of(0x40, 0, 0, 0, 0xff)).toBe(0.25);
  expect(of(0xff, 0xff, 0xff, 0xff)).toBe(1 - 2 ** -32);
});

test('a pooled source returns every byte of its source once, in order, with few calls', () => {
  let asked = 0;
  let next = 0;
  const source = pooled((size) => {
    asked += 1;
    return Uint8Array.from({ length: size }, () => next++);
  }, 8);
  expect([...source(3), ...source(5)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(asked).toBe(1);
  expect([...source(20)]).toEqual(Array.from({ length: 20 }, (_, index) => index + 8));
});
