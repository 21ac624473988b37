import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveId, issueId, uuidOf } from './identifiers.ts';

test('an id is its prefix followed by the 16 bytes of a UUID in canonical URL-safe base64', () => {
  for (const id of [issueId('grpmsr', randomBytes), deriveId('grpmsr', 'x')]) {
    expect(id).toMatch(/^grpmsr_[A-Za-z0-9_-]{21}[AQgw]$/);
    const bytes = Buffer.from(id.slice('grpmsr_'.length), 'base64url');
    expect(bytes).toHaveLength(16);
    expect((bytes[8] as number) >> 6).toBe(0b10);
  }
});

test('a derived id depends only on its prefix and name', () => {
  expect(deriveId('pln', 'acme/x')).toBe(deriveId('pln', 'acme/x'));
  expect(new Set([deriveId('pln', 'a'), deriveId('pln', 'b'), deriveId('org', 'a')])).toHaveLength(3);
});

test('the UUID of an id is its 16 bytes, formatted as in RFC 9562', () => {
  expect(uuidOf('mbr_AZxJ1B1xdFqZQ3mYw8xvXA')).toBe('019c49d4-1d71-745a-9943-7998c3cc6f5c');
  expect(uuidOf(issueId('mbr', randomBytes))).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
});
