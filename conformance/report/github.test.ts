import { expect, test } from 'vitest';
import { githubAnnotations, githubSummary } from './github.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

test('each failure, warning and error is one annotation, and nothing else is a command', () => {
  const lines = githubAnnotations(resultOf(fiveChecks)).trimEnd().split('\n');
  expect(lines.map((line) => /^::\w+ title=[^:]*::/.exec(line)?.[0])).toEqual([
    '::error title=GRP-1::',
    '::warning title=GRP-1 (should)::',
    '::error title=LIFE-1::',
  ]);
});

test('a tolerated failure is a notice, a fixed one is reported', () => {
  const known = [
    { rule: 'GRP-1', level: 'must', owner: 'a', reason: 'b', expires: '2027-01-01' },
    { rule: 'AUTH-1', level: 'must', owner: 'a', reason: 'b', expires: '2027-01-01' },
  ] as const;
  const lines = githubAnnotations(resultOf(fiveChecks, { known }));
  expect(lines).toMatch(/^::notice title=GRP-1::/m);
  expect(lines).toMatch(/^::notice title=AUTH-1::fixed, remove it/m);
});

test('the step summary has the verdict, the counts and no markup of the target', () => {
  const summary = githubSummary(resultOf(fiveChecks));
  expect(summary).toContain('## Conformance: non-conformant');
  expect(summary).toContain('1 pass, 1 fail, 1 warn, 1 skipped, 1 error');
  expect(summary).not.toContain('<img');
  expect(githubSummary(emptyResult)).toContain('## Conformance: not judged');
});
