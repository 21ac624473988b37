import { expect, test } from 'vitest';
import { consoleReport } from './console.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

test('a failure comes with expected, received, rule, source and a curl line', () => {
  const text = consoleReport(resultOf(fiveChecks));
  for (const part of [
    '✗ FAIL GRP-1',
    'expected  201',
    'received  ',
    'rule      ',
    '[seed, inferred]',
    'repeat    curl -i',
  ])
    expect(text).toContain(part);
});

test('no control character of the target reaches the terminal, and no line starts with a text that it chose', () => {
  const text = consoleReport(resultOf(fiveChecks));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(text).not.toMatch(/^\s*::/m);
});

test('it is coloured only when asked to', () => {
  expect(consoleReport(resultOf(fiveChecks), { colour: true })).toContain('\u001b[');
});

test('the last line is the verdict', () => {
  expect(consoleReport(resultOf(fiveChecks)).split('\n').at(-1)).toMatch(/^non-conformant: /);
  expect(consoleReport(emptyResult).split('\n').at(-1)).toMatch(/^not judged: /);
});
