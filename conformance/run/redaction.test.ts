import { expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import { Redaction } from './redaction.ts';

const origin = 'http://127.0.0.1:4010';

const exchange = (url: string, body: string, headers: Readonly<Record<string, string>> = {}): Exchange => ({
  operation: 'listGroups',
  startedAt: '2026-11-30T12:00:00Z',
  milliseconds: 1,
  request: { method: 'GET', url, headers, body: null },
  response: { status: 200, headers: {}, body },
});

test.each([origin, 'groups?limit', '/v1/groups', '127.0.0.1:4010', '"data": [', 'conformance', 'http://127.0.0.1'])(
  'a header value or key %s leaves an exchange that can be parsed',
  (secret) => {
    const redaction = new Redaction([secret], { origin: secret });
    const body = '{"data": [{"name": "conformance", "echo": "http://127.0.0.1:4010"}]}';
    const { request, response } = redaction.exchange(exchange(`${origin}/v1/groups?limit=1`, body, { origin: secret }));
    expect(new URL(request.url).origin).toBe(origin);
    expect(request.headers).toEqual({ origin: '[redacted]' });
    expect(JSON.parse(response?.body ?? '')).toHaveProperty('data');
  },
);

test('a secret is removed from paths, queries, names and texts of a body, also if it is encoded', () => {
  const redaction = new Redaction(['key/with=signs']);
  const body = String.raw`{"key\/with=signs": ["a key\/with=signs b"]}`;
  const kept = redaction.exchange(
    exchange(`${origin}/v1/groups/key%2Fwith%3Dsigns?external_reference_id=key%2Fwith%3Dsigns`, body),
  );
  expect(decodeURIComponent(kept.request.url)).toBe(`${origin}/v1/groups/[redacted]?external_reference_id=[redacted]`);
  expect(kept.response?.body).toBe('{"[redacted]":["a [redacted] b"]}');
});

test('a body without secrets is kept unchanged', () => {
  const body = '{ "data" : 1.0, "data": 2 }';
  expect(new Redaction(['the-secret-key']).exchange(exchange(origin, body)).response?.body).toBe(body);
});

test.each(['{"email": "a@b.example"', `${'['.repeat(200_000)}{"email": "a@b.example"}`])(
  'a body with personal fields that cannot be parsed is removed entirely (%#)',
  (body) => expect(new Redaction([]).exchange(exchange(origin, body)).response?.body).toBe('[redacted]'),
);
