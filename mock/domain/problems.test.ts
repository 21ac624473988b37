import { expect, test } from 'vitest';
import { Problem, shown } from './problems.ts';

test('a problem has a kind, code, message, rule, and the name Problem', () => {
  const problem = new Problem('conflict', 'taken', 'It is taken.', 'GRP-12');
  expect(problem).toMatchObject({
    kind: 'conflict',
    code: 'taken',
    message: 'It is taken.',
    rule: 'GRP-12',
    name: 'Problem',
  });
  expect(new Problem('invalid', 'bad', 'Bad.').rule).toBeUndefined();
});

test.each([
  ['text', 'a"b', '"a\\"b"'],
  ['a number', 0, '0'],
  ['null', null, 'null'],
  ['nothing', undefined, 'undefined'],
  ['60 characters', 'x'.repeat(58), `"${'x'.repeat(58)}"`],
  ['61 characters', 'x'.repeat(59), `"${'x'.repeat(58)}…`],
  ['500 characters', 'x'.repeat(500), `"${'x'.repeat(58)}…`],
])('a value is shown as JSON, cut to 60 characters: %s', (_, value, text) => {
  expect(shown(value)).toBe(text);
});
