import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import openapi from '../../../generated/openapi.json' with { type: 'json' };
import { compareContracts } from '../comparison.ts';
import { runDiff } from '../diff.ts';
import { exchangesOf, readProfiles } from './files.ts';
import { examplesOf, formOf } from './forms.ts';
import { profileOf, type UsedExchange } from './profile.ts';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'usage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const har = (client: string) => join(root, `examples/usage/${client}.har`);
const partners = ['partner-a', 'partner-b'].map((client) =>
  profileOf(client, exchangesOf(har(client), 'https://api.example.com').exchanges, openapi),
);
for (const profile of partners) writeFileSync(join(folder, `${profile.client}.json`), JSON.stringify(profile));

test('two partners are named by the changes that reach them, as docs/gate.md shows it', () => {
  const text = readFileSync(join(root, 'spec/openapi.yaml'), 'utf8');
  const contract = parseDocument(text);
  contract.setIn(
    ['components', 'schemas', 'MemberRow', 'properties', 'phone', 'pattern'],
    '^([0-9]{10}|\\+1[0-9]{10})$',
  );
  contract.deleteIn(['paths', '/v1/plans']);
  const young = join(mkdtempSync(join(folder, 'new-')), 'openapi.yaml');
  writeFileSync(young, String(contract));
  const { output } = runDiff({ before: join(root, 'spec/openapi.yaml'), after: young, usage: [folder] });
  const [, example = ''] =
    /```text\n(breaking {3}pattern.*?)```/s.exec(readFileSync(join(root, 'docs/gate.md'), 'utf8')) ?? [];
  const lines = example
    .trim()
    .split('\n')
    .map((line) => line.trim());
  expect(lines.length).toBe(7);
  for (const line of lines) expect(output).toContain(line);
});

test('a profile holds no value and no identifier of the recording, and is read back by its schema', () => {
  const leaves = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(leaves)
      : typeof value === 'string'
        ? [value]
        : [];
  for (const profile of readProfiles([folder])) {
    const sent = exchangesOf(har(profile.client)).exchanges.flatMap(({ requestBody, responseBody }) =>
      leaves([requestBody, responseBody]),
    );
    expect(sent.length).toBeGreaterThan(10);
    const text = JSON.stringify(profile);
    expect(sent.filter((value) => value.length > 1 && text.includes(value))).toEqual([]);
  }
  expect(partners.map(({ exchanges, ignored }) => [exchanges, ignored])).toEqual([
    [3, 0],
    [3, 0],
  ]);
  expect(exchangesOf(har('partner-a'), 'https://api.example.com').elsewhere).toBe(1);
});

test.each([
  ['2155550101', '9999999999'],
  ['(215) 555-0101', '(999) 999-9999'],
  ['Ada Lovelace', 'Aa+ Aa+'],
  ['grp_Ta-rJVSsgfK4', 'a+_Aa-w+'],
  ['björn@example.com', 'a+@a+.a+'],
])('%s has the form %s, and a text made of it has that form again', (text, form) => {
  expect(formOf(text)).toBe(form);
  for (const made of examplesOf(form, text.length)) expect(formOf(made)).toBe(form);
});

const things = (operation: object) => ({
  openapi: '3.1.1',
  info: { title: 'Things', version: '1.0.0' },
  paths: { '/things/{id}': { put: { operationId: 'putThing', ...operation } } },
});
const sending = (schema: object) =>
  things({ requestBody: { content: { 'application/json': { schema } } }, responses: { 200: { description: 'OK' } } });
const answering = (schema: object) =>
  things({ responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } } });
const put = (requestBody: unknown, responseBody?: unknown, query: UsedExchange['query'] = []): UsedExchange => ({
  method: 'PUT',
  path: '/things/1',
  query,
  requestBody,
  responseBody,
  status: 200,
});

const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });
const text = { type: 'string' };

test.each<[string, object, object, UsedExchange[], string | undefined]>([
  [
    'leaves out what became required',
    sending(object({ a: text, b: text })),
    sending(object({ a: text, b: text }, ['b'])),
    [put({ a: 'x' }), put({ a: 'x', b: 'y' })],
    'leaves out `b` in 1 of 2 (putThing)',
  ],
  [
    'always sends what became required',
    sending(object({ b: text })),
    sending(object({ b: text }, ['b'])),
    [put({ b: 'y' })],
    undefined,
  ],
  [
    'sends a field that is removed',
    sending(object({ a: text, b: text })),
    sending(object({ a: text })),
    [put({ b: 'y' })],
    'sends `b` once (putThing)',
  ],
  [
    'does not send a field that is removed',
    sending(object({ a: text, b: text })),
    sending(object({ a: text })),
    [put({ a: 'y' })],
    undefined,
  ],
  [
    'sends longer texts than the new limit',
    sending(object({ a: text })),
    sending(object({ a: { ...text, maxLength: 3 } })),
    [put({ a: 'word' })],
    'sends `a` in one form; the new contract refuses 1: `a+` (putThing)',
  ],
  [
    'sends texts within the new limit',
    sending(object({ a: text })),
    sending(object({ a: { ...text, maxLength: 3 } })),
    [put({ a: 'wo' })],
    undefined,
  ],
  [
    'sends a value that the list no longer has',
    sending(object({ a: { enum: ['on', 'off'] } })),
    sending(object({ a: { enum: ['on'] } })),
    [put({ a: 'off' })],
    'sends `a` in one form; the new contract refuses 1: `"off"` (putThing)',
  ],
  [
    'sends only a value that the list keeps',
    sending(object({ a: { enum: ['on', 'off'] } })),
    sending(object({ a: { enum: ['on'] } })),
    [put({ a: 'on' })],
    undefined,
  ],
  [
    'sends longer lists',
    sending(object({ a: { type: 'array', items: text } })),
    sending(object({ a: { type: 'array', items: text, maxItems: 1 } })),
    [put({ a: ['x', 'y'] })],
    'sends `a` with up to 2 (putThing)',
  ],
  [
    'sends null',
    sending(object({ a: { type: ['string', 'null'] } })),
    sending(object({ a: text })),
    [put({ a: null })],
    'sends `a` in one form; the new contract refuses 1: `null` (putThing)',
  ],
  [
    'received a field that is removed',
    answering(object({ a: text, b: text }, ['b'])),
    answering(object({ a: text })),
    [put(undefined, { b: 'y' })],
    'was given `b` once (putThing)',
  ],
  [
    'never received a field that is removed',
    answering(object({ a: text, b: text })),
    answering(object({ a: text })),
    [put(undefined, { a: 'y' })],
    undefined,
  ],
])('a client that %s is reached, or not', (_, before, after, exchanges, says) => {
  const profile = profileOf('partner', exchanges, before);
  const { changes } = compareContracts({ openapi: before }, { openapi: after }, [profile]);
  const breaking = changes.filter(({ verdict }) => verdict === 'breaking');
  expect(breaking.length).toBeGreaterThan(0);
  expect(breaking.flatMap(({ reaches = [] }) => reaches.map((one) => one.says))[0]).toBe(says);
});

test.each([
  ['a HAR', () => exchangesOf(join(folder, 'none.har')), /none\.har: expected a HAR: /],
  [
    'a profile',
    () => readProfiles([join(root, 'package.json')]),
    /package\.json: expected a usage profile \(spec\/usage-profile\.schema\.json\): /,
  ],
  ['one profile of each client', () => readProfiles([folder, folder]), /two profiles are named partner-a/],
  ['a folder', () => readProfiles(['/nowhere']), /\/nowhere: there is no such file or folder/],
])('what is not %s is refused, with the reason', (_, read, message) => {
  expect(read).toThrow(
    expect.objectContaining({ name: 'UnreadableContract', message: expect.stringMatching(message) as string }),
  );
});
