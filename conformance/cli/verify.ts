import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { generateKeys, privateKeyFile, publicKeyFile, readPublicKey } from '../certificate/keys.ts';
import { NotACertificate, verifyCertificate } from '../certificate/verification.ts';
import { reportFiles } from '../report/reports.ts';
import { printable } from '../report/wording.ts';
import { UsageError } from '../usage-error.ts';
import { contractOf } from './contract-flag.ts';

interface VerifyFlags {
  readonly publicKey?: string;
  readonly evidence: string | boolean;
  readonly withoutEvidence?: true;
  readonly contract?: string;
}

/** Adds `verify`, which checks a certificate offline. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description(
      'check a certificate offline: exit code 0 if it is valid, 1 if not, 2 if the file is not a certificate',
    )
    .argument('<file>', 'certificate.json')
    .option('--public-key <file>', 'the key that must have signed it')
    .option('--evidence <file>', 'its evidence (default: evidence.har beside it)')
    .option('--without-evidence', 'do not check the evidence')
    .option('--contract <folder>', "the older contract that it must be about (default: this kit's own)")
    .action((file: string, flags: VerifyFlags) => {
      const publicKey = flags.publicKey === undefined ? undefined : readPublicKey(flags.publicKey);
      const { certificate, refusals, notes } = verificationOf(file, {
        now: new Date(),
        evidence: flags.withoutEvidence ? null : readEvidence(file, flags),
        publicKey,
        contract: contractOf(flags),
      });
      const { implementation, target, verdict, contract, issuedAt, expiresAt } = certificate;
      const { name, version, commit } = implementation;
      console.log(printable(`${name} ${version}, commit ${commit}`));
      console.log(printable(`${target}: ${verdict} (contract ${contract.version}), ${issuedAt} to ${expiresAt}`));
      for (const refusal of refusals) console.log(`refused: ${printable(refusal)}`);
      for (const note of notes) console.log(`note: ${printable(note)}`);
      const limits = publicKey ? '' : ', but its signature was not verified, so anyone may have issued it';
      console.log(refusals.length === 0 ? `The certificate is valid${limits}.` : 'The certificate is not valid.');
      process.exitCode = refusals.length === 0 ? 0 : 1;
    });
}

function verificationOf(file: string, circumstances: Parameters<typeof verifyCertificate>[1]) {
  const text = read(file);
  if (text === undefined) throw new UsageError(`${file} cannot be read`);
  try {
    return verifyCertificate(text.toString('utf8'), circumstances);
  } catch (error) {
    if (error instanceof NotACertificate) throw new UsageError(`${file} is not a certificate: ${error.message}`);
    throw error;
  }
}

function readEvidence(file: string, { evidence }: VerifyFlags): Uint8Array | undefined {
  if (typeof evidence !== 'string') return read(join(dirname(file), reportFiles.har));
  const bytes = read(evidence);
  if (bytes === undefined) throw new UsageError(`${evidence} cannot be read`);
  return bytes;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Adds `keygen`, which creates a key pair for signing certificates. */
export function addKeygenCommand(program: Command): void {
  program
    .command('keygen')
    .description('create an Ed25519 key pair for signing certificates')
    .requiredOption('--out <folder>', `folder for ${privateKeyFile} and ${publicKeyFile}`)
    .action(({ out }: { readonly out: string }) => {
      const keyid = generateKeys(out);
      console.log(
        `Wrote ${join(out, privateKeyFile)} (keep it secret) and ${join(out, publicKeyFile)}. The key is ${keyid}.`,
      );
    });
}
