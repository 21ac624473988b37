import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Exchange } from '../run/exchange.ts';
import { curl } from './curl.ts';
import { exchange } from './testing.ts';

/** The arguments that a shell parses from a line. */
const argumentsOf = (line: string): string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${line}`], {
    encoding: 'utf8',
    env: { ...process.env, GROUPS_API_KEY: 'the-key', GROUPS_HEADER: 'x-gateway: secret' },
  })
    .trimEnd()
    .split('\n');

const request: Exchange['request'] = {
  ...exchange.request,
  headers: { authorization: 'Bearer [redacted]', 'content-type': 'text/plain' },
};
const lineOf = (fields: Partial<Exchange['request']>) =>
  curl({ ...exchange, operation: null, request: { ...request, ...fields } });

test('a body arrives as it was sent, with quotes and a leading @', () => {
  for (const body of [`{"name":"O'Brien $HOME \`id\`"}`, '@file', ''])
    expect(argumentsOf(lineOf({ body })).at(-1)).toBe(body === '' ? '--data-raw' : body);
});

test("the key and the user's own headers come from the environment", () => {
  const line = lineOf({ headers: { ...request.headers, 'x-gateway': '[redacted]' } });
  expect(argumentsOf(line)).toEqual(expect.arrayContaining(['Authorization: Bearer the-key', 'x-gateway: secret']));
});

test('curl adds no content type if there was none', () => {
  expect(argumentsOf(lineOf({ headers: {} }))).toContain('content-type:');
});

test('a body that is long, has line breaks or is not text is put into a file', () => {
  for (const fields of [{ body: 'x'.repeat(3000) }, { body: 'a\nb' }, { body: '?', bodyBase64: '/w==' }]) {
    expect(lineOf(fields)).toContain(`--data-binary '@body.json' # --report-dir writes this file`);
    expect(curl({ ...exchange, request: { ...request, ...fields } }, 'repro/GRP-2.body')).toMatch(
      /--data-binary '@repro\/GRP-2.body'$/,
    );
  }
});

test('a group is created with a new reference of the same length', () => {
  const body = '{"external_reference_id":"ct-0123456789-group-0001"}';
  const line = curl({ ...exchange, request: { ...request, body } });
  expect(argumentsOf(line).at(-1)).toMatch(/^{"external_reference_id":"ct-\d{10}-group-0001"}$/);
});
