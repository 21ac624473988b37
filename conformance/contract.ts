import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import openapi from '../generated/openapi.json' with { type: 'json' };
import { contractVersion } from '../generated/operations.ts';
import { rules } from '../generated/rules.ts';

/** SHA-256 of bytes or UTF-8 text, in hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The one way to write a JSON value down (RFC 8785): what its digest and signature are made of. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON value has a canonical form');
  return text;
}

/** The contract that this suite judges by: its version, and the digest of its OpenAPI document and its rules. */
export const contract = { version: contractVersion, sha256: sha256(canonical({ openapi, rules })) } as const;
