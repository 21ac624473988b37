import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identityOf, ownContract, sha256 } from '../contract/judged-contract.ts';
import { emptyResult, exchange, resultOf } from '../report/testing.ts';
import { checks } from '../rules/checks.ts';
import { badgeSvg } from './badge.ts';
import { type Certificate, certificateText, issueCertificate, whyNotCertified } from './certificate.ts';
import { type Envelope, signCertificate } from './envelope.ts';
import { readPrivateKey, readPublicKey } from './keys.ts';
import { certificatePage } from './page.ts';
import { type Circumstances, NotACertificate, verifyCertificate } from './verification.ts';

const readings = {
  questions: { 'cross-group': { value: 'reject', evidence: 3, request: 'GET /v1/groups → 200' } },
  syncMilliseconds: 12,
};
const conformant = {
  ...resultOf(
    checks.map(({ rule, level, title }) => ({
      rule,
      level,
      title,
      outcome: 'pass',
      milliseconds: 1,
      exchanges: [exchange],
    })),
    { profile: 'certification' },
  ),
  readings,
};
const issuedAt = new Date('2026-11-24T12:01:00Z');
const now = new Date('2026-12-01T00:00:00Z');
const implementation = { name: 'groups-service', version: '1.4.0', commit: '0a1b2c3' };
const { certificate, evidence } = issueCertificate(conformant, { implementation, issuedAt, days: 90 });
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const unsigned = certificateText(certificate);
const signed = certificateText(certificate, signCertificate(certificate, privateKey));

const refusals = (text: string, circumstances: Partial<Circumstances> = {}): string =>
  verifyCertificate(text, { now, evidence: Buffer.from(evidence), ...circumstances }).refusals.join('; ');

/** A certificate with some fields replaced and its digest recomputed, as a forger would. */
const forged = (fields: Partial<Certificate>, envelope?: Envelope) =>
  certificateText({ ...certificate, ...fields }, envelope);

test('an unchanged certificate is valid, signed or not', () => {
  expect(refusals(unsigned)).toBe('');
  expect(refusals(signed, { publicKey })).toBe('');
  expect(verifyCertificate(signed, { now, evidence: null }).notes).toHaveLength(2);
});

test('an outcome that was edited is detected', () => {
  expect(refusals(unsigned.replace('"outcome": "pass"', '"outcome": "warn"'))).toContain('it was altered');
});

test('an expiry that was pushed back is detected', () => {
  expect(refusals(unsigned.replace(certificate.expiresAt, '2036-11-24T12:01:00.000Z'))).toContain('it was altered');
});

test('a certificate that no kit would issue is refused, even with a matching digest', () => {
  expect(refusals(forged({ expiresAt: '2099-01-01T00:00:00.000Z' }))).toBe('it is valid for more than 366 days');
  expect(refusals(forged({ startedAt: '2026-11-24T13:00:00.000Z' }))).toContain('it was not issued after its run');
  expect(refusals(forged({ endedAt: '2026-11-24T12:02:00.000Z' }))).toContain('it was not issued after its run');
});

test('an added space or a changed byte anywhere is detected', () => {
  expect(refusals(unsigned.replace('"target": ', '"target":  '))).toContain('it was altered');
  expect(refusals(`${unsigned}\n`)).toContain('it was altered');
  for (let at = 1; at < unsigned.length; at += 997) {
    const other = unsigned[at] === '5' ? '6' : '5';
    const text = unsigned.slice(0, at) + other + unsigned.slice(at + 1);
    const verdict = () => refusals(text) || 'holds';
    try {
      expect(verdict(), `with ${other} at ${at}`).not.toBe('holds');
    } catch (error) {
      if (!(error instanceof NotACertificate)) throw error;
    }
  }
});

test('evidence with one byte changed, or of another run, is detected', () => {
  const altered = Buffer.from(evidence);
  altered[altered.length >> 1] = (altered[altered.length >> 1] as number) ^ 1;
  expect(refusals(unsigned, { evidence: altered })).toContain('its evidence was altered');
  expect(refusals(unsigned, { evidence: Buffer.alloc(0) })).toContain('its evidence was altered');
});

test('missing evidence does not count as matching evidence', () => {
  expect(refusals(unsigned, { evidence: undefined })).toContain('is not there');
});

test('a forged certificate with a recomputed digest fails the signature', () => {
  const target = { target: 'https://someone-else.example' };
  expect(refusals(forged(target))).toBe('');
  expect(refusals(forged(target), { publicKey })).toContain('not signed');
  expect(refusals(forged(target, signCertificate(certificate, privateKey)), { publicKey })).toContain(
    'what is signed is another',
  );
});

test('the signature of a stranger is refused', () => {
  const theirs = certificateText(certificate, signCertificate(certificate, stranger.privateKey));
  expect(refusals(theirs, { publicKey })).toContain('not signed with that key');
});

test('a signature with a byte changed is refused', () => {
  const envelope = signCertificate(certificate, privateKey);
  const [{ sig, keyid } = { sig: '', keyid: '' }] = envelope.signatures;
  const bytes = Buffer.from(sig, 'base64');
  bytes[10] = (bytes[10] as number) ^ 1;
  const broken = { ...envelope, signatures: [{ keyid, sig: bytes.toString('base64') }] };
  expect(refusals(certificateText(certificate, broken), { publicKey })).toContain('not signed with that key');
});

test('a rule left out or listed twice is refused, even with a recomputed digest', () => {
  const [first, ...rest] = certificate.rules;
  expect(refusals(forged({ rules: rest }))).toContain(`it is incomplete: there is no result of ${first?.id}`);
  expect(refusals(forged({ rules: [...certificate.rules, ...certificate.rules.slice(0, 1)] }))).toContain('twice');
});

test('a result that contradicts its checks, verdict or counts is refused, even with a recomputed digest', () => {
  const rules = certificate.rules.map((rule, n) =>
    n > 0 ? rule : { ...rule, checks: rule.checks.map((check) => ({ ...check, outcome: 'fail' as const })) },
  );
  expect(refusals(forged({ rules }))).toContain('cannot be pass with these checks');
  const failing = rules.map((rule, n) => (n > 0 ? rule : { ...rule, outcome: 'fail' as const }));
  expect(refusals(forged({ rules: failing }))).toMatch(/make the service non-conformant, not conformant.*counts/);
});

test('an expired certificate is refused, and so is one from the future', () => {
  expect(refusals(unsigned, { now: new Date('2027-02-22T12:06:01Z') })).toContain('it expired on 2027-02-22');
  expect(refusals(unsigned, { now: new Date('2026-11-24T11:55:59Z') })).toContain('issued in the future');
  // A leap second is valid for the schema, but JavaScript cannot parse it.
  expect(refusals(forged({ expiresAt: '2016-12-31T23:59:60Z' }))).toContain('it expired on 2016-12-31');
});

test('clocks may differ by five minutes', () => {
  expect(refusals(unsigned, { now: new Date('2027-02-22T12:05:59Z') })).toBe('');
  expect(refusals(unsigned, { now: new Date('2026-11-24T11:56:01Z') })).toBe('');
});

test('a private key is refused as a public key', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'key.pem');
  onTestFinished(() => rmSync(file));
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(() => readPublicKey(file)).toThrow('it is a private key; give the public one');
  expect(readPrivateKey(file).type).toBe('private');
});

test('a certificate and its page name the implementation, the readings and TLS', () => {
  const page = certificatePage(certificate, undefined);
  expect(page).toContain('groups-service 1.4.0, commit <code>0a1b2c3</code>');
  expect(page).toContain('<tr><td>cross-group</td><td>reject</td></tr>');
  expect(page).toContain('the connection was not encrypted');
  expect(JSON.parse(unsigned).certificate).toMatchObject({ implementation, verifiesTls: null, readings });
});

test('a run that did not verify the certificate of its target is not certified', () => {
  expect(whyNotCertified({ ...conformant, verifiesTls: false })).toContain('was not verified');
});

test('a certificate about another contract is refused', () => {
  const contract = { version: '2.0.0', sha256: '0'.repeat(64) };
  expect(refusals(forged({ contract }))).toContain('another contract: 2.0.0');
});

test('a verdict that is not conformant, or a profile that is not certification, is refused', () => {
  expect(refusals(forged({ verdict: 'non-conformant' }))).toContain('the service is non-conformant');
  expect(refusals(forged({ profile: 'standard' }))).toContain('the profile was standard');
});

test.each(['', 'null', '[]', '{}', unsigned.slice(0, 500), '{"format":"vitable-groups-kit/certificate/v2"}'])(
  'anything that is not a certificate is refused (%#)',
  (text) => expect(() => refusals(text)).toThrow(NotACertificate),
);

test('only a complete and conformant run of all rules is certified', () => {
  expect(whyNotCertified(conformant)).toBeUndefined();
  expect(whyNotCertified({ ...conformant, profile: 'standard' })).toContain('profile');
  expect(whyNotCertified({ ...conformant, only: ['LIFE'] })).toContain('only LIFE');
  expect(whyNotCertified({ ...conformant, baseline: [] })).toContain('baseline');
  expect(whyNotCertified({ ...conformant, rules: conformant.rules.slice(1) })).toContain('rule parts were judged');
  expect(whyNotCertified({ ...conformant, verdict: 'incomplete' })).toContain('incomplete');
  expect(whyNotCertified(emptyResult)).toContain('cannot be reached');
});

test('page and badge escape the target', () => {
  const odd = { ...certificate, target: 'http://x/<script>' };
  expect(certificatePage(odd, undefined)).not.toContain('<script');
  expect(badgeSvg(odd)).toContain('conformant · until 2027-02-22');
});

test("a certificate by an older contract is complete by that contract's rules, says so, and is valid if it is expected", () => {
  const { 'LIFE-13': _, ...rules } = ownContract.rules;
  const contract = { version: '0.9.0', sha256: sha256('older'), rules };
  const result = {
    ...resultOf(
      conformant.rules.filter(({ id }) => id !== 'LIFE-13').flatMap((rule) => rule.checks),
      { profile: 'certification' },
    ),
    readings,
  };
  const judged = { ...result, contract: identityOf(contract) };
  expect(whyNotCertified(judged)).toMatch(/rule parts were judged/);
  const { certificate: older, evidence: har } = issueCertificate(judged, {
    implementation,
    issuedAt,
    days: 90,
    contract,
  });
  expect(older.contract.version).toBe('0.9.0');
  expect(certificatePage(older, undefined)).toContain('0.9.0');
  expect(badgeSvg(older)).toContain('0.9.0');
  expect(refusals(certificateText(older), { contract, evidence: Buffer.from(har) })).toBe('');
  expect(refusals(certificateText(older))).toContain('it is about another contract: 0.9.0');
  expect(refusals(unsigned, { contract })).toContain('expected 0.9.0');
});
