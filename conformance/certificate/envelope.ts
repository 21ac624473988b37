import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonical, sha256 } from '../contract/judged-contract.ts';

/** A DSSE envelope (https://github.com/secure-systems-lab/dsse) around an in-toto statement. */
export interface Envelope {
  readonly payloadType: typeof payloadType;
  /** The statement, in base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export const payloadType = 'application/vnd.in-toto+json';
const predicateType = 'urn:vitable-groups-kit:certificate:v1';

/** The fields of a certificate that a statement names. */
interface Signable {
  readonly evidence: { readonly file: string; readonly sha256: string };
  readonly contract: { readonly version: string; readonly sha256: string };
}

/** The signed statement: the evidence and the contract with these digests led to this certificate. */
const statement = (certificate: Signable) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [
    { name: certificate.evidence.file, digest: { sha256: certificate.evidence.sha256 } },
    { name: `contract ${certificate.contract.version}`, digest: { sha256: certificate.contract.sha256 } },
  ],
  predicateType,
  predicate: certificate,
});

/** DSSE's pre-authentication encoding: type and payload with their lengths in bytes. */
const authenticated = (payload: Uint8Array): Uint8Array =>
  Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `),
    payload,
  ]);

/** Names a public key: the SHA-256 of its SPKI form. */
export const keyId = (publicKey: KeyObject): string => sha256(publicKey.export({ type: 'spki', format: 'der' }));

/** Signs a certificate with an Ed25519 private key. */
export function signCertificate(certificate: Signable, privateKey: KeyObject): Envelope {
  const payload = Buffer.from(canonical(statement(certificate)));
  const signature = sign(null, authenticated(payload), privateKey);
  const keyid = keyId(createPublicKey(privateKey));
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid, sig: signature.toString('base64') }],
  };
}

/** Whether the payload of an envelope is the statement about this certificate, byte for byte. */
export const isAbout = ({ payload }: Envelope, certificate: Signable): boolean =>
  payload === Buffer.from(canonical(statement(certificate))).toString('base64');

/** Whether one of the signatures was made with the private half of this key. */
export const isSignedBy = ({ payload, signatures }: Envelope, publicKey: KeyObject): boolean =>
  signatures.some(({ sig }) =>
    verify(null, authenticated(Buffer.from(payload, 'base64')), publicKey, Buffer.from(sig, 'base64')),
  );
