import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, UsageError } from '../usage-error.ts';
import { keyId } from './envelope.ts';

export const privateKeyFile = 'certificate-key.pem';
export const publicKeyFile = 'certificate-key.pub.pem';

/** Writes a new Ed25519 key pair into a folder and returns the id of the key. Never replaces a key. */
export function generateKeys(folder: string): string {
  const paths = [join(folder, privateKeyFile), join(folder, publicKeyFile)] as const;
  ensureFolder(folder);
  const present = paths.find((path) => existsSync(path));
  if (present !== undefined) throw new UsageError(`${present} is there already; keys are never replaced`);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(paths[0], privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(paths[1], publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' });
  return keyId(publicKey);
}

/** Reads an Ed25519 private key. Throws a UsageError if the file has no such key. */
export const readPrivateKey = (path: string): KeyObject => readKey(path, createPrivateKey);

/** Reads an Ed25519 public key. Throws a UsageError if the file has no such key, or a private one. */
export const readPublicKey = (path: string): KeyObject =>
  readKey(path, (pem) => {
    // Node would derive the public key, but a private key must not be passed around.
    if (pem.includes('PRIVATE KEY')) throw new Error(`it is a private key; give the public one, ${publicKeyFile}`);
    return createPublicKey(pem);
  });

function readKey(path: string, create: (pem: Buffer) => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = create(readFileSync(path));
  } catch (error) {
    throw new UsageError(`${path} cannot be used as a key: ${(error as Error).message}`);
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new UsageError(`${path} is a key of type ${key.asymmetricKeyType}; expected ed25519`);
  return key;
}
