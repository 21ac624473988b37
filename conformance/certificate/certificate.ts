import { canonical, type JudgedContract, levelUnder, ownContract, sha256 } from '../contract/judged-contract.ts';
import { harReport } from '../report/har.ts';
import { type PlainRule, plainRule } from '../report/json.ts';
import { reportFiles } from '../report/reports.ts';
import { checks } from '../rules/checks.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { Envelope } from './envelope.ts';

export const certificateFormat = 'vitable-groups-kit/certificate/v1';

/** What was judged, as the issuer names it. */
export interface Implementation {
  readonly name: string;
  readonly version: string;
  readonly commit: string;
}

/** What is certified: the whole result, the contract it was judged by, and the evidence by its digest. */
export interface Certificate {
  readonly implementation: Implementation;
  readonly target: string;
  /** Whether the certificate of the target was verified; null if the connection was not encrypted. */
  readonly verifiesTls: true | null;
  readonly suite: ConformanceResult['suite'];
  readonly contract: ConformanceResult['contract'];
  readonly profile: ConformanceResult['profile'];
  readonly verdict: ConformanceResult['verdict'];
  /** RFC 3339 timestamps. */
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly requests: number;
  readonly counts: ConformanceResult['counts'];
  readonly rules: readonly PlainRule[];
  /** How the service reads the open questions of the contract. */
  readonly readings: NonNullable<ConformanceResult['readings']>;
  /** The HAR of the run, beside the certificate. */
  readonly evidence: { readonly file: string; readonly sha256: string };
}

/** `certificate.json` (spec/certificate.schema.json). */
export interface CertificateFile {
  readonly format: typeof certificateFormat;
  readonly certificate: Certificate;
  /** SHA-256 of the canonical JSON of `certificate`. */
  readonly sha256: string;
  /** An in-toto statement about it in a DSSE envelope, if it is signed. */
  readonly envelope?: Envelope;
}

/** Every rule part of a contract, as `LIFE-3 must`. */
export function partNamesOf(contract: JudgedContract): ReadonlySet<string> {
  const parts = checks.map(({ rule, level }) => [rule, levelUnder(contract, rule, level)] as const);
  return new Set(parts.flatMap(([rule, level]) => (level === undefined ? [] : [`${rule} ${level}`])));
}

/** Why a run cannot be certified; undefined if it can: a complete run of all rules, at a target whose certificate was verified. */
export function whyNotCertified(result: ConformanceResult, contract = ownContract): string | undefined {
  if (result.reason !== undefined) return result.reason;
  if (result.profile !== 'certification') return `the profile was ${result.profile}, not certification`;
  if (result.only !== null) return `only ${result.only.join(', ')} was judged`;
  if (result.baseline !== null) return 'failures were tolerated by a baseline';
  if (result.verifiesTls === false) return 'the certificate of the target was not verified';
  const { size } = partNamesOf(contract);
  if (result.rules.length !== size) return `${result.rules.length} of ${size} rule parts were judged`;
  if (!isConformant(result.verdict)) return `the verdict is ${result.verdict}`;
  return undefined;
}

export const isConformant = (verdict: string): boolean =>
  verdict === 'conformant' || verdict === 'conformant with warnings';

export const dayMs = 24 * 60 * 60 * 1000;
/** How many days a certificate can be valid. */
export const maxDays = 366;

interface Issue {
  readonly implementation: Implementation;
  readonly issuedAt: Date;
  readonly days: number;
  /** The older contract that was used, if any. */
  readonly contract?: JudgedContract | undefined;
}

/** The certificate of a run, with the text of its evidence. Throws if the run cannot be certified. */
export function issueCertificate(
  result: ConformanceResult,
  { implementation, issuedAt, days, contract: judgedBy }: Issue,
): { certificate: Certificate; evidence: string } {
  const obstacle = whyNotCertified(result, judgedBy);
  if (obstacle !== undefined) throw new Error(`no certificate: ${obstacle}`);
  const { readings } = result;
  if (readings === null) throw new Error('no certificate: the run has no readings');
  const evidence = harReport(result);
  const { target, suite, contract, profile, verdict, startedAt, endedAt, requests, counts, rules } = result;
  const certificate: Certificate = {
    implementation,
    target,
    verifiesTls: result.verifiesTls === null ? null : true,
    suite,
    contract,
    profile,
    verdict,
    issuedAt: issuedAt.toISOString(),
    expiresAt: new Date(issuedAt.getTime() + days * dayMs).toISOString(),
    startedAt,
    endedAt,
    requests,
    counts,
    rules: rules.map(plainRule),
    readings,
    evidence: { file: reportFiles.har, sha256: sha256(evidence) },
  };
  return { certificate, evidence };
}

/** The digest of a certificate, which its file names. */
export const certificateDigest = (certificate: Certificate): string => sha256(canonical(certificate));

/** The text of `certificate.json`; another text with the same content is refused. */
export function certificateText(certificate: Certificate, envelope?: Envelope): string {
  const file = {
    format: certificateFormat,
    certificate,
    sha256: certificateDigest(certificate),
    ...(envelope && { envelope }),
  };
  return fileText(file);
}

export const fileText = (file: unknown): string => `${JSON.stringify(file, null, 2)}\n`;
