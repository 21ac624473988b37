import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runDiff } from './diff.ts';

const folder = mkdtempSync(join(tmpdir(), 'diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const rule = { id: 'SYNC-1', level: 'should', statement: 'A | B.', source: ['docs'] };
const document = (version: string, maxLength: number) => ({
  openapi: '3.1.1',
  info: { title: 'Things', version },
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        requestBody: { content: { 'application/json': { schema: { type: 'string', maxLength } } } },
        responses: {},
      },
    },
  },
});
const old = file('old.json', document('1.2.3', 9));
const rules = file('rules.yaml', [rule]);

test('a breaking change exits with 1 and reports where, what, for whom and which version', () => {
  const { exitCode, output } = runDiff({ before: old, after: file('new.json', document('1.2.4', 5)), format: 'json' });
  expect(exitCode).toBe(1);
  expect(JSON.parse(output)).toEqual({
    verdict: 'breaking',
    versions: { before: '1.2.3', after: '1.2.4', demanded: '2.0.0' },
    changes: [
      {
        verdict: 'breaking',
        kind: 'request.maxLength',
        path: 'openapi#/paths/~1things/post/requestBody/content/application~1json/schema/maxLength',
        what: 'maxLength changed',
        before: 9,
        after: 5,
        counterexample: { value: 'aaaaaa', says: 'was valid, is not any more' },
        affects: ['client'],
        where: ['createThing request'],
        demands: 'major',
      },
    ],
  });
});

test.each([
  ['scopes that are not a list', { security: [{ key: 'read' }] }],
  ['scopes that are not texts', { security: [{ key: [{ a: 1 }] }] }],
])('%s are compared like anything else', (name, part) => {
  const odd = file(`${name}.json`, { ...document('2.0.0', 9), ...part });
  expect(runDiff({ before: old, after: odd }).exitCode).toBe(1);
  expect(runDiff({ before: odd, after: odd })).toEqual({ exitCode: 0, output: 'No change.' });
});

test('a compatible change, an editorial one and no change exit with 0', () => {
  expect(runDiff({ before: old, after: file('new.json', document('1.3.0', 12)) })).toMatchObject({ exitCode: 0 });
  expect(runDiff({ before: rules, after: file('new.yaml', [{ ...rule, source: ['sdk'] }]) })).toMatchObject({
    exitCode: 0,
  });
  expect(runDiff({ before: old, after: old })).toEqual({ exitCode: 0, output: 'No change.' });
});

test('markdown keeps its table whole and folds what is editorial', () => {
  const changed = file('new.yaml', [{ ...rule, level: 'must', statement: 'A | C.', source: ['sdk'] }]);
  const { output } = runDiff({ before: rules, after: changed, format: 'markdown' });
  expect(output).toMatch(/^\*\*Contract: breaking\.\*\* 1 breaking, 1 compatible, 1 editorial\.\n/);
  expect(output).toContain(
    '| SYNC-1 raised to a must | `rules#/SYNC-1/level` | `"should" → "must"` |  | implementer |',
  );
  expect(output).toContain('`"A \\| B." → "A \\| C."`');
  expect(output).toMatch(/<details><summary>Editorial \(1\), demands patch<\/summary>/);
});

test.each([
  ['a missing file', () => 'nowhere.yaml', /^nowhere\.yaml: there is no such file or folder$/],
  ['a file that is not YAML', () => file('bad.yaml', '{a: ['), /bad\.yaml: expected YAML or JSON: /],
  [
    'a file that is not a contract',
    () => file('other.yaml', { swagger: '2.0' }),
    /other\.yaml: expected an OpenAPI 3 document, .*, got swagger 2\.0$/,
  ],
  [
    'a catalogue with a malformed rule',
    () => file('odd.yaml', [{ id: 'SYNC-1', level: 'maybe' }]),
    /odd\.yaml: expected .*, got a list of something else$/,
  ],
  [
    'a contract of another kind',
    () => rules,
    /holds openapi, .* does not: compare two files of the same kind, or two folders$/,
  ],
  [
    'a reference that leads nowhere',
    () => file('dangling.yaml', { ...document('2.0.0', 9), paths: { '/things': { $ref: '#/%zz' } } }),
    /dangling\.yaml#\/paths\/~1things: expected a reference that leads somewhere: #\/%zz leads nowhere$/,
  ],
  ['an empty folder', () => mkdtempSync(join(folder, 'empty-')), /expected openapi\.yaml, rules\.yaml, quirks\.yaml/],
])('%s is bad usage', (_, path, message) => {
  const { exitCode, output } = runDiff({ before: old, after: path() });
  expect(exitCode).toBe(2);
  expect(output).toMatch(message);
});
