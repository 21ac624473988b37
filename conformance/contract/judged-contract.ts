import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { contractVersion } from '../../generated/operations.ts';
import { quirks } from '../../generated/quirks.ts';
import { type Level, type RuleId, rules } from '../../generated/rules.ts';

/** SHA-256 of bytes or UTF-8 text, in hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The canonical form of a JSON value (RFC 8785), from which digests and signatures are made. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON value has a canonical form');
  return text;
}

/** A rule in a catalogue. */
interface CatalogueRule {
  readonly level: Level;
  readonly statement: string;
  /** A further part of a must rule. */
  readonly should?: string;
}

/** The rules of a contract. An older one may lack some. */
export type Catalogue = Readonly<Partial<Record<RuleId, CatalogueRule>>>;

/** The contract that was used, for reports and certificates. */
export interface ContractIdentity {
  readonly version: string;
  /** SHA-256 of the canonical JSON of its OpenAPI document, rules and open questions. */
  readonly sha256: string;
}

/** A contract that this suite can judge by. */
export interface JudgedContract extends ContractIdentity {
  readonly rules: Catalogue;
  /** The OpenAPI document of an older one. */
  readonly openapi?: object;
}

/** The digest of a contract, whose rules and open questions are tables by id and name. */
export const contractDigest = (whole: {
  readonly openapi: unknown;
  readonly rules: unknown;
  readonly quirks: unknown;
}): string => sha256(canonical(whole));

/** The kit's own contract. */
export const ownContract: JudgedContract = {
  version: contractVersion,
  sha256: contractDigest({ openapi, rules, quirks }),
  rules,
};

export const identityOf = ({ version, sha256 }: JudgedContract): ContractIdentity => ({ version, sha256 });

/** The level of a rule part of this kit under a contract; undefined if the contract does not have it. */
export function levelUnder({ rules: catalogue }: JudgedContract, id: RuleId, part: Level): Level | undefined {
  const rule = catalogue[id];
  if (part === rules[id].level) return rule?.level;
  return rule?.should === undefined ? undefined : 'should';
}
