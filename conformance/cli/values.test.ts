import { expect, test } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { baseUrl, header } from './values.ts';

/** The message of the usage error that a parser throws. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
}

test.each([
  ['a blank', ' http://127.0.0.1:4010', 'without blanks'],
  ['a CR', 'http://127.0.0.1:4010\r', 'without line breaks'],
  ['a query', 'http://127.0.0.1:4010/?', 'without ? and #'],
  ['a fragment', 'http://127.0.0.1:4010/#', 'without ? and #'],
  ['a version', 'http://127.0.0.1:4010/V1/', 'without /V1, because the suite adds the paths: http://127.0.0.1:4010'],
  ['a path of the API', 'http://127.0.0.1:4010/v1/groups', 'without /v1/groups'],
  ['no scheme', 'localhost:4010', 'expected an http or https address'],
  ['a password', 'http://user:hunter2@127.0.0.1', 'without user and password'],
])('an address with %s is refused in one line that says why', (_, address, words) => {
  const line = refusal(() => baseUrl(address));
  expect(line).toContain(words);
  expect(line).not.toMatch(/[\r\n]|hunter2/);
});

test('an address keeps its prefix and loses its last slash', () => {
  expect(baseUrl('https://api.example.com/partners/api/')).toBe('https://api.example.com/partners/api');
});

test.each([
  ['Authorization: Basic dXNlcjpodW50ZXIy', 'Authorization carries the API key'],
  ['content-type: text/plain', 'sets Content-Type itself'],
  ['Content-Length: 3', 'which the suite manages itself'],
  ['hunter2', 'expected "Name: value"'],
  ['X-Name: hunter2\u20ac', 'expected "Name: value"'],
])('the header %s is refused with a reason and without its value', (line, words) => {
  const text = refusal(() => header(line));
  expect(text).toContain(words);
  expect(text).not.toMatch(/hunter2|dXNlcj/);
});

test('repeated --header flags add up, and no header is dropped', () => {
  const first = header('X-Gateway:  a b ');
  expect(header('Origin: http://127.0.0.1:4010', first)).toEqual({
    'x-gateway': 'a b',
    origin: 'http://127.0.0.1:4010',
  });
  expect(refusal(() => header('x-gateway: c', first))).toBe('--header: x-gateway is given twice');
});
