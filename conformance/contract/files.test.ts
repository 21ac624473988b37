import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runDiff } from './diff.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
/** A folder of its own with these files. */
function contract(files: Readonly<Record<string, string>>): string {
  const path = join(folder, String(++count));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return join(path, 'openapi.yaml');
}

const head = 'openapi: 3.1.1\ninfo: { title: Things, version: 1.0.0 }\n';
const answering = (schema: string) =>
  `${head}paths:\n  /things:\n    get:\n      responses:\n        '200': { description: OK, content: { application/json: { schema: ${schema} } } }\n`;
const verdict = (before: string, after: string) => JSON.parse(runDiff({ before, after, format: 'json' }).output);

test('a field that is removed from a merged map is noticed', () => {
  const merged = (required: string) => `${head}x-errors: &errors
  '400': { description: No, content: { application/json: { schema: { type: object, required: [${required}] } } } }
paths:
  /things:
    get:
      responses:
        <<: *errors
        '200': { description: OK }
`;
  const [before, after] = [contract({ 'openapi.yaml': merged('a, b') }), contract({ 'openapi.yaml': merged('a') })];
  expect(verdict(before, after)).toMatchObject({ verdict: 'breaking', changes: [{ kind: 'response.required' }, {}] });
  expect(runDiff({ before: before, after: before }).output).toBe('No change.');
});

test('a change in a referenced file is noticed, also if that file is referenced indirectly', () => {
  const files = (limit: number) => ({
    'openapi.yaml': answering('{ $ref: schemas/thing.yaml#/Thing }'),
    'schemas/thing.yaml':
      'Thing: { type: object, properties: { name: { $ref: ../name.json }, next: { $ref: "#/Thing" } } }',
    'name.json': `{ "type": "string", "maxLength": ${limit} }`,
  });
  const [before, after] = [contract(files(9)), contract(files(12))];
  expect(verdict(before, after)).toMatchObject({
    verdict: 'breaking',
    changes: [
      {
        kind: 'response.maxLength',
        path: 'openapi#/$files/name.json/maxLength',
        counterexample: { value: 'aaaaaaaaaa' },
      },
    ],
  });
  expect(runDiff({ before: before, after: contract(files(9)) }).output).toBe('No change.');
  expect(
    verdict(
      before,
      contract({
        'openapi.yaml': answering('{ type: object, properties: { name: { type: string, maxLength: 9 }, next: {} } }'),
      }),
    ).verdict,
  ).toBe('breaking');
});

test('files that refer to each other are read once', () => {
  const path = contract({
    'openapi.yaml': answering('{ $ref: a.yaml }'),
    'a.yaml': 'type: object\nproperties: { b: { $ref: b.yaml } }',
    'b.yaml': 'anyOf: [{ $ref: a.yaml }, { $ref: openapi.yaml#/info/x }, { $ref: "#" }]',
  });
  expect(runDiff({ before: path, after: path })).toMatchObject({
    exitCode: 2,
    output: expect.stringMatching(
      /^openapi\.yaml#\/\$files\/b\.yaml\/anyOf\/1: .* #\/info\/x leads nowhere$/,
    ) as string,
  });
  const whole = contract({
    'openapi.yaml': answering('{ $ref: a.yaml }'),
    'a.yaml': 'type: object\nproperties: { b: { $ref: b.yaml } }',
    'b.yaml': 'anyOf: [{ $ref: a.yaml }, { type: "null" }]',
  });
  expect(runDiff({ before: whole, after: whole })).toEqual({ exitCode: 0, output: 'No change.' });
});

test.each([
  ['on another host', 'https://schemas.invalid/thing.yaml'],
  ['outside the folder', '../../secret.yaml'],
  ['by an absolute path', '/etc/hostname'],
  ['by a file address', 'file:///etc/hostname'],
  ['behind a symbolic link that leads out', 'link/secret.yaml'],
  ['behind an encoded parent folder', '%2e%2e/secret.yaml'],
])('a reference to something %s is never read, and reported as not compared', (_, $ref) => {
  writeFileSync(join(folder, 'secret.yaml'), 'type: string');
  const path = contract({ 'openapi.yaml': answering(`{ $ref: '${$ref}' }`) });
  symlinkSync(folder, join(dirname(path), 'link'));
  expect(verdict(path, path)).toMatchObject({
    verdict: 'breaking',
    changes: [
      { kind: 'reference.unread', what: `not compared: ${$ref} is not a file below the folder of the contract` },
    ],
  });
});

test.each([
  [
    'a missing file',
    { 'openapi.yaml': answering('{ $ref: gone.yaml }') },
    /openapi\.yaml#\/paths\/.*schema: .* gone\.yaml: there is no such file$/,
  ],
  [
    'a missing place in a file',
    { 'openapi.yaml': answering('{ $ref: a.yaml#/b }'), 'a.yaml': 'c: {}' },
    /#\/\$files\/a\.yaml\/b leads nowhere$/,
  ],
  [
    'a tab',
    { 'openapi.yaml': 'openapi: 3.1.1\ninfo:\n\ttitle: Things\n' },
    /Tabs are not allowed as indentation at line 3, column 1$/,
  ],
  [
    'a boolean of YAML 1.1',
    { 'openapi.yaml': answering('{ type: string, nullable: yes }') },
    /expected true or false, got yes at line \d+, column \d+$/,
  ],
  [
    'a number of YAML 1.1',
    { 'openapi.yaml': answering('{ type: string, maxLength: 1_000 }') },
    /expected a number, got 1_000 at line \d+, column \d+$/,
  ],
  ['a duplicate key', { 'openapi.yaml': `${head}info: {}\n` }, /Map keys must be unique at line 3, column 1$/],
])('%s is bad usage, with its place', (_, files, message) => {
  const path = contract(files);
  expect(runDiff({ before: path, after: path })).toMatchObject({
    exitCode: 2,
    output: expect.stringMatching(message) as string,
  });
});

test('a property named example may be a reference, and an example may hold anything', () => {
  const path = contract({
    'openapi.yaml': answering('{ type: object, properties: { example: { $ref: gone.yaml } } }'),
  });
  expect(runDiff({ before: path, after: path }).exitCode).toBe(2);
  const fine = contract({ 'openapi.yaml': answering('{ type: object, example: { $ref: gone.yaml } }') });
  expect(runDiff({ before: fine, after: fine }).output).toBe('No change.');
});
