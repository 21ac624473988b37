import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

function counted() {
  const asked: string[] = [];
  const firstDigit = remembering((text) => {
    asked.push(text);
    return /\d/.exec(text)?.[0];
  });
  return { asked, firstDigit };
}

test('each text is worked on once, whatever comes of it', () => {
  const { asked, firstDigit } = counted();
  expect(['a1', 'none', 'a1', 'none', 'b2'].map(firstDigit)).toEqual(['1', undefined, '1', undefined, '2']);
  expect(asked).toEqual(['a1', 'none', 'b2']);
});

test('of more than a thousand texts all are forgotten', () => {
  const { asked, firstDigit } = counted();
  const texts = Array.from({ length: 1000 }, (_, n) => `${n}`);
  for (const text of [...texts, ...texts]) firstDigit(text);
  expect(asked).toEqual(texts);
  firstDigit('the one too many');
  expect(firstDigit('7')).toBe('7');
  expect(asked.slice(1000)).toEqual(['the one too many', '7']);
});

test('a long text is not remembered', () => {
  const { asked, firstDigit } = counted();
  const [longest, longer] = ['1'.repeat(200), '1'.repeat(201)];
  for (const text of [longest, longest, longer, longer]) expect(firstDigit(text)).toBe('1');
  expect(asked).toEqual([longest, longer, longer]);
});
