import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

test('each text is worked on once, until there were more than a thousand', () => {
  const asked: string[] = [];
  const length = remembering((text) => asked.push(text) && text.length);
  expect([length('a'), length('a'), length('bb')]).toEqual([1, 1, 2]);
  expect(asked).toEqual(['a', 'bb']);
  for (let n = 0; n < 998; n += 1) length(`${n}`);
  length('a');
  expect(asked).toHaveLength(1000);
  length('the one too many');
  expect(length('a')).toBe(1);
  expect(asked.slice(-2)).toEqual(['the one too many', 'a']);
});
