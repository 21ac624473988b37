import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { badgeSvg } from '../certificate/badge.ts';
import {
  certificateText,
  type Implementation,
  issueCertificate,
  maxDays,
  whyNotCertified,
} from '../certificate/certificate.ts';
import { keyId, signCertificate } from '../certificate/envelope.ts';
import { readPrivateKey } from '../certificate/keys.ts';
import { certificatePage } from '../certificate/page.ts';
import { verifiesTls } from '../run/tls.ts';
import { ensureFolder, UsageError } from '../usage-error.ts';
import { contractOf } from './contract-flag.ts';
import { addTargetFlags, type TargetFlags } from './flags.ts';
import { runFromCli } from './run-from-cli.ts';

interface CertifyFlags extends TargetFlags {
  readonly out: string;
  readonly days: number;
  readonly implementation?: string;
  readonly implementationVersion?: string;
  readonly implementationCommit?: string;
  readonly privateKey?: string;
}

function days(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= maxDays))
    throw new InvalidArgumentError(`Expected a whole number of days from 1 to ${maxDays}.`);
  return value;
}

/** What the flags say is judged. Throws a UsageError that lists missing flags. */
function implementationOf(flags: CertifyFlags): Implementation {
  const { implementation: name, implementationVersion: version, implementationCommit: commit } = flags;
  if (name !== undefined && version !== undefined && commit !== undefined) return { name, version, commit };
  const missing = [
    ...(name === undefined ? ['--implementation'] : []),
    ...(version === undefined ? ['--implementation-version'] : []),
    ...(commit === undefined ? ['--implementation-commit'] : []),
  ];
  throw new UsageError(`a certificate names the judged implementation: give ${missing.join(', ')}`);
}

const certificateFile = 'certificate.json';

/** Throws a UsageError if an unsigned certificate would replace a signed one. */
function keepSigned(folder: string, privateKey: KeyObject | undefined): void {
  const path = join(folder, certificateFile);
  if (privateKey !== undefined || !existsSync(path)) return;
  if (/"envelope"\s*:/.test(readFileSync(path, 'utf8')))
    throw new UsageError(
      `${path} is signed, and an unsigned certificate never replaces it: give --private-key, or another --out`,
    );
}

/** Adds `certify`, which judges a service by all rules and writes its certificate if it is conformant. */
export function addCertifyCommand(program: Command): void {
  addTargetFlags(program.command('certify'))
    .description('judge by all rules (profile certification) and write the certificate of a conformant service')
    .addOption(
      new Option('--out <folder>', 'folder for certificate.json, certificate.html, badge.svg and evidence.har')
        .env('GROUPS_OUT')
        .default('certificate'),
    )
    .addOption(
      new Option('--days <number>', 'how many days the certificate is valid')
        .env('GROUPS_DAYS')
        .argParser(days)
        .default(90),
    )
    .addOption(new Option('--implementation <name>', 'name of the service that is judged').env('GROUPS_IMPLEMENTATION'))
    .addOption(new Option('--implementation-version <version>', 'its version').env('GROUPS_IMPLEMENTATION_VERSION'))
    .addOption(
      new Option('--implementation-commit <id>', 'the commit that the service was built from').env(
        'GROUPS_IMPLEMENTATION_COMMIT',
      ),
    )
    .addOption(
      new Option('--private-key <file>', 'sign the certificate with this Ed25519 key, as keygen creates it').env(
        'GROUPS_PRIVATE_KEY',
      ),
    )
    .action(async (flags: CertifyFlags) => {
      // All flags are checked before the run.
      const privateKey = flags.privateKey === undefined ? undefined : readPrivateKey(flags.privateKey);
      if (flags.otherApiKey === undefined)
        throw new UsageError('a certificate needs all rules: give --other-api-key, the key of a second organization');
      const contract = contractOf(flags);
      const implementation = implementationOf(flags);
      if (flags.baseUrl !== undefined && verifiesTls(flags.baseUrl, flags) === false)
        throw new UsageError(
          'a target whose TLS certificate is not verified cannot be certified: use --ca instead of --insecure or NODE_TLS_REJECT_UNAUTHORIZED=0',
        );
      keepSigned(flags.out, privateKey);
      ensureFolder(flags.out);

      const result = await runFromCli(flags, { profile: 'certification', contract });
      process.exitCode = result.exitCode;
      const obstacle = whyNotCertified(result, contract);
      if (obstacle !== undefined) {
        console.error(`No certificate was written: ${obstacle}.`);
        // A run without a certificate must never look like success.
        if (result.exitCode === 0) process.exitCode = 4;
        return;
      }
      const { certificate, evidence } = issueCertificate(result, {
        implementation,
        issuedAt: new Date(),
        days: flags.days,
        contract,
      });
      const envelope = privateKey && signCertificate(certificate, privateKey);
      const files = {
        [certificate.evidence.file]: evidence,
        'certificate.html': certificatePage(certificate, privateKey && keyId(createPublicKey(privateKey))),
        'badge.svg': badgeSvg(certificate),
        [certificateFile]: certificateText(certificate, envelope),
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(flags.out, name), text);
      const signed = envelope ? `signed with key ${envelope.signatures[0]?.keyid}` : 'not signed';
      console.log(`Certificate written to ${flags.out}, ${signed}, valid until ${certificate.expiresAt}.`);
    });
}
