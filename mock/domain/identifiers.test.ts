import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveId, issueId } from './identifiers.ts';

test('an id is its prefix and the 16 bytes of a UUID in canonical URL-safe base64', () => {
  for (const id of [issueId('grpmsr', randomBytes), deriveId('grpmsr', 'x')]) {
    expect(id).toMatch(/^grpmsr_[A-Za-z0-9_-]{21}[AQgw]$/);
    const bytes = Buffer.from(id.slice('grpmsr_'.length), 'base64url');
    expect(bytes).toHaveLength(16);
    expect((bytes[8] as number) >> 6).toBe(0b10);
  }
});

test('a derived id depends on its prefix and name alone', () => {
  expect(deriveId('pln', 'acme/x')).toBe(deriveId('pln', 'acme/x'));
  expect(new Set([deriveId('pln', 'a'), deriveId('pln', 'b'), deriveId('org', 'a')])).toHaveLength(3);
});
