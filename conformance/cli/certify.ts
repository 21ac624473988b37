import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { badge } from '../certificate/badge.ts';
import { certificateText, issue, maxDays, whyNotCertified } from '../certificate/certificate.ts';
import { keyId, seal } from '../certificate/envelope.ts';
import { readPrivateKey } from '../certificate/keys.ts';
import { certificatePage } from '../certificate/page.ts';
import { ensureFolder, UsageError } from '../usage-error.ts';
import { contractOf } from './contract-flag.ts';
import { addTargetFlags, type TargetFlags } from './flags.ts';
import { runFromCli } from './run-from-cli.ts';

interface CertifyFlags extends TargetFlags {
  readonly out: string;
  readonly days: number;
  readonly privateKey?: string;
}

function days(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= maxDays))
    throw new InvalidArgumentError(`Expected a whole number of days from 1 to ${maxDays}.`);
  return value;
}

/** `certify`: judges by all rules and, where the service keeps them, writes its certificate. */
export function addCertifyCommand(program: Command): void {
  addTargetFlags(program.command('certify'))
    .description('judge by all rules (profile certification) and write the certificate of a conformant service')
    .addOption(
      new Option('--out <folder>', 'where certificate.json, certificate.html, badge.svg and evidence.har go')
        .env('GROUPS_OUT')
        .default('certificate'),
    )
    .addOption(new Option('--days <number>', 'how long it holds').env('GROUPS_DAYS').argParser(days).default(90))
    .addOption(
      new Option('--private-key <file>', 'sign it with this Ed25519 key, as keygen makes them').env(
        'GROUPS_PRIVATE_KEY',
      ),
    )
    .action(async (flags: CertifyFlags) => {
      // Whatever can go wrong without the target goes wrong before the run.
      const privateKey = flags.privateKey === undefined ? undefined : readPrivateKey(flags.privateKey);
      if (flags.otherApiKey === undefined)
        throw new UsageError('a certificate needs all rules: give --other-api-key, the key of a second organization');
      const contract = contractOf(flags);
      ensureFolder(flags.out);

      const result = await runFromCli(flags, { profile: 'certification', contract });
      process.exitCode = result.exitCode;
      const obstacle = whyNotCertified(result, contract);
      if (obstacle !== undefined) {
        console.error(`No certificate was written: ${obstacle}.`);
        // Conformant, and yet not certifiable, cannot happen; it must not look like success if it does.
        if (result.exitCode === 0) process.exitCode = 4;
        return;
      }
      const { certificate, evidence } = issue(result, { issuedAt: new Date(), days: flags.days, contract });
      const envelope = privateKey && seal(certificate, privateKey);
      const files = {
        [certificate.evidence.file]: evidence,
        'certificate.html': certificatePage(certificate, privateKey && keyId(createPublicKey(privateKey))),
        'badge.svg': badge(certificate),
        'certificate.json': certificateText(certificate, envelope),
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(flags.out, name), text);
      const signed = envelope ? `signed with key ${envelope.signatures[0]?.keyid}` : 'not signed';
      console.log(`Certificate written to ${flags.out}, ${signed}, holds until ${certificate.expiresAt}.`);
    });
}
