import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { generateKeys, privateKeyFile, publicKeyFile, readPublicKey } from '../certificate/keys.ts';
import { NotACertificate, verify } from '../certificate/verification.ts';
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

/** `verify`: looks at a certificate, without the network. Exit code 0 where it holds, 1 where not, 2 where it is none. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('look at a certificate offline: exit code 0 where it holds, 1 where not, 2 where the file is none')
    .argument('<file>', 'certificate.json')
    .option('--public-key <file>', 'whose signature it must bear')
    .option('--evidence <file>', 'its evidence (default: evidence.har beside it)')
    .option('--without-evidence', 'do not look at the evidence')
    .option('--contract <folder>', 'which older contract it must be about (default: the one that this kit brings)')
    .action((file: string, flags: VerifyFlags) => {
      const publicKey = flags.publicKey === undefined ? undefined : readPublicKey(flags.publicKey);
      const { certificate, refusals, notes } = inspect(file, {
        now: new Date(),
        evidence: flags.withoutEvidence ? null : readEvidence(file, flags),
        publicKey,
        contract: contractOf(flags),
      });
      const { target, verdict, contract, issuedAt, expiresAt } = certificate;
      console.log(printable(`${target}: ${verdict} (contract ${contract.version}), ${issuedAt} to ${expiresAt}`));
      for (const refusal of refusals) console.log(`refused: ${printable(refusal)}`);
      for (const note of notes) console.log(`note: ${printable(note)}`);
      const vouched = publicKey ? '' : ', as far as can be told of one whose signature was not verified';
      if (refusals.length === 0) console.log(`The certificate holds${vouched}.`);
      process.exitCode = refusals.length === 0 ? 0 : 1;
    });
}

function inspect(file: string, circumstances: Parameters<typeof verify>[1]) {
  const text = read(file);
  if (text === undefined) throw new UsageError(`${file} cannot be read`);
  try {
    return verify(text.toString('utf8'), circumstances);
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

/** `keygen`: makes a key pair to sign certificates with. */
export function addKeygenCommand(program: Command): void {
  program
    .command('keygen')
    .description('make an Ed25519 key pair to sign certificates with')
    .requiredOption('--out <folder>', `where ${privateKeyFile} and ${publicKeyFile} go`)
    .action(({ out }: { readonly out: string }) => {
      const keyid = generateKeys(out);
      console.log(
        `Wrote ${join(out, privateKeyFile)} (keep it secret) and ${join(out, publicKeyFile)}. The key is ${keyid}.`,
      );
    });
}
