import type { KeyObject } from 'node:crypto';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import schema from '../../spec/certificate.schema.json' with { type: 'json' };
import { type JudgedContract, ownContract, sha256 } from '../contract/judged-contract.ts';
import { printable } from '../report/wording.ts';
import { worst } from '../verdict/rule-record.ts';
import { countOutcomes, verdictOf } from '../verdict/verdict.ts';
import {
  type Certificate,
  type CertificateFile,
  certificateDigest,
  dayMs,
  fileText,
  isConformant,
  maxDays,
  partNamesOf,
} from './certificate.ts';
import { isAbout, isSignedBy } from './envelope.ts';

/** The file is not a certificate. */
export class NotACertificate extends Error {
  override readonly name = 'NotACertificate';
}

export interface Circumstances {
  readonly now: Date;
  /** The bytes of the evidence; null if it is deliberately left out, undefined if there is none. */
  readonly evidence: Uint8Array | null | undefined;
  /** The key that must have signed it. */
  readonly publicKey?: KeyObject | undefined;
  /** The contract that it must be about. Default: the kit's own. */
  readonly contract?: JudgedContract | undefined;
}

export interface Verification {
  readonly certificate: Certificate;
  /** Why it is refused; empty if it is valid. */
  readonly refusals: readonly string[];
  /** What was not checked. */
  readonly notes: readonly string[];
}

// The compiled module and its types disagree about its default export.
const Ajv = Ajv2020 as unknown as typeof Ajv2020.default;

let compiled: ValidateFunction<CertificateFile> | undefined;

/** Compiled when first needed: every command loads this file, and compiling takes a fifth of a run's start-up time. */
function certificateSchema(): ValidateFunction<CertificateFile> {
  if (compiled === undefined) {
    const ajv = new Ajv({ strict: false });
    (addFormats as unknown as typeof addFormats.default)(ajv);
    compiled = ajv.compile<CertificateFile>(schema);
  }
  return compiled;
}

/** How much the clocks of issuer and verifier may differ. */
const maxClockDifferenceMs = 5 * 60_000;

/** Reads `certificate.json`. Throws NotACertificate. */
function parse(text: string): CertificateFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotACertificate('it is not JSON');
  }
  const isCertificateFile = certificateSchema();
  if (isCertificateFile(value)) return value;
  const [error] = isCertificateFile.errors ?? [];
  throw new NotACertificate(printable(`${error?.instancePath || 'it'} ${error?.message ?? 'is not one'}`));
}

/**
 * Checks a certificate offline: that it was not altered, follows from its own results, is about this contract and has not expired.
 * Throws NotACertificate if the text is something else.
 */
export function verifyCertificate(
  text: string,
  { now, evidence, publicKey, contract = ownContract }: Circumstances,
): Verification {
  const file = parse(text);
  const { certificate, envelope } = file;
  const refusals: string[] = [];
  const notes: string[] = [];
  const refuseIf = (isSo: boolean, why: string) => isSo && refusals.push(why);

  refuseIf(fileText(file) !== text, 'it was altered: the file is not as the kit writes it');
  refuseIf(
    certificateDigest(certificate) !== file.sha256,
    'it was altered: its content does not have the digest it names',
  );
  refusals.push(...contradictions(certificate, contract));

  if (evidence === undefined)
    refusals.push(`its evidence, ${certificate.evidence.file}, is not there: give --evidence, or --without-evidence`);
  else if (evidence === null) notes.push('the evidence was not checked');
  else
    refuseIf(sha256(evidence) !== certificate.evidence.sha256, 'its evidence was altered, or is that of another run');

  if (envelope) refuseIf(!isAbout(envelope, certificate), 'it was altered: what is signed is another certificate');
  if (publicKey)
    refuseIf(!(envelope && isSignedBy(envelope, publicKey)), `it is not signed${envelope ? ' with that key' : ''}`);
  else
    notes.push(
      envelope ? 'the signature was not checked: give --public-key' : 'it is not signed, so anyone may have issued it',
    );

  const { issuedAt, expiresAt } = certificate;
  const moment = (field: 'startedAt' | 'endedAt' | 'issuedAt' | 'expiresAt') => Date.parse(certificate[field]);
  refuseIf(
    !(moment('startedAt') <= moment('endedAt') && moment('endedAt') <= moment('issuedAt')),
    'it contradicts itself: it was not issued after its run',
  );
  refuseIf(!(moment('expiresAt') - moment('issuedAt') <= maxDays * dayMs), `it is valid for more than ${maxDays} days`);
  // Negated, because JavaScript cannot parse a leap second, so that every comparison with it is false.
  refuseIf(!(now.getTime() <= moment('expiresAt') + maxClockDifferenceMs), `it expired on ${expiresAt}`);
  refuseIf(
    !(now.getTime() >= moment('issuedAt') - maxClockDifferenceMs),
    `it was issued in the future, on ${issuedAt}`,
  );
  return { certificate, refusals, notes };
}

/** Why a certificate does not follow from its own rule results, or does not cover the whole contract. */
function contradictions(certificate: Certificate, contract: JudgedContract): string[] {
  const { rules, verdict, counts, profile } = certificate;
  if (certificate.contract.sha256 !== contract.sha256)
    return [
      `it is about another contract: ${certificate.contract.version}, sha256 ${certificate.contract.sha256}; expected ${contract.version}, sha256 ${contract.sha256} (--contract gives an older one)`,
    ];
  const found: string[] = [];
  const allParts = partNamesOf(contract);
  const parts = new Set(rules.map(({ id, level }) => `${id} ${level}`));
  const missing = [...allParts].filter((part) => !parts.has(part));
  if (missing.length > 0) found.push(`it is incomplete: there is no result of ${missing.join(', ')}`);
  if (parts.size !== rules.length || rules.length > allParts.size)
    found.push('it has results of rules that the contract does not have, or the same rule twice');
  const odd = rules.find((rule) => worst(rule.checks) !== rule.outcome);
  if (odd) found.push(`it contradicts itself: ${odd.id} cannot be ${odd.outcome} with these checks`);
  if (verdictOf(rules, 'certification') !== verdict)
    found.push(
      `it contradicts itself: its rules make the service ${verdictOf(rules, 'certification')}, not ${verdict}`,
    );
  const recount: Readonly<Record<string, number>> = countOutcomes(rules);
  if (Object.entries(counts).some(([outcome, count]) => recount[outcome] !== count))
    found.push('it contradicts itself: its counts are not those of its rules');
  if (profile !== 'certification') found.push(`it is incomplete: the profile was ${profile}, not certification`);
  if (!isConformant(verdict)) found.push(`the service is ${verdict}`);
  return found;
}
