import { createHash } from 'node:crypto';

/** The kinds of identifier that the mock issues, by their prefix (docs/contract/conventions.md). */
export type IdPrefix = 'grp' | 'grpmbr' | 'grpmsr' | 'mbr' | 'org' | 'pln' | 'vit_at';

/** Source of randomness: returns `size` bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/**
 * A prefix, an underscore and the 16 bytes of a UUID as 22 URL-safe base64 characters (rules ID-1, ID-2, ID-5, ID-6).
 * The version and variant bits of RFC 9562 are set, so the bytes are a valid UUID.
 */
function encode(prefix: IdPrefix, bytes: Uint8Array, version: 4 | 8): string {
  const uuid = Buffer.from(bytes);
  uuid[6] = ((uuid[6] as number) & 0x0f) | (version << 4);
  uuid[8] = ((uuid[8] as number) & 0x3f) | 0x80;
  return `${prefix}_${uuid.toString('base64url')}`;
}

/** A new identifier: the bytes of a random UUID (version 4). */
export function issueId(prefix: IdPrefix, random: RandomBytes): string {
  return encode(prefix, random(16), 4);
}

/**
 * The identifier of something that a seed creates, such as a plan: the bytes of a UUID (version 8) derived from its
 * name, so it is the same in every world and examples can use it.
 */
export function deriveId(prefix: IdPrefix, name: string): string {
  return encode(prefix, createHash('sha256').update(`${prefix}:${name}`).digest().subarray(0, 16), 8);
}

/** The UUID that an identifier encodes, in lower case with hyphens. */
export function uuidOf(id: string): string {
  const hex = Buffer.from(id.slice(id.indexOf('_') + 1), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.*)$/, '$1-$2-$3-$4-$5');
}
