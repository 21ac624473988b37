import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { readContract, UnreadableContract } from '../contract/files.ts';
import { exchangesOf } from '../contract/usage/files.ts';
import { profileOf, type UsageProfile } from '../contract/usage/profile.ts';
import { UsageError } from '../usage-error.ts';

interface UsageFlags {
  readonly client?: string;
  readonly baseUrl?: string;
  readonly contract?: string;
  readonly out?: string;
}

function profileOfHar(file: string, { client, baseUrl, contract }: UsageFlags): UsageProfile {
  if (baseUrl !== undefined && !URL.canParse(baseUrl))
    throw new UsageError(`--base-url: expected a URL, got ${baseUrl}`);
  try {
    const { exchanges, elsewhere } = exchangesOf(file, baseUrl);
    const document = contract === undefined ? openapi : readContract(contract).openapi;
    if (document === undefined) throw new UsageError(`${contract}: expected an OpenAPI document`);
    const profile = profileOf(client ?? basename(file).replace(/\.[^.]*$/, ''), exchanges, document);
    return { ...profile, ignored: profile.ignored + elsewhere };
  } catch (error) {
    if (error instanceof UnreadableContract) throw new UsageError(error.message);
    throw error;
  }
}

/** Adds `usage`, which summarises a recorded HAR as a usage profile for `diff --usage`. */
export function addUsageCommand(program: Command): void {
  program
    .command('usage')
    .description(
      'summarise what a client uses of the contract from a recorded HAR, without values and ids; needs no target',
    )
    .argument('<har>', 'a HAR, such as evidence.har or one that a browser or proxy saved')
    .option('--client <name>', 'name of the client (default: that of the file)')
    .option('--base-url <url>', 'count only requests below this URL (default: those of every host)')
    .option('--contract <file>', 'the contract that the client uses (default: that of the kit)')
    .option('--out <file>', 'where to write it (default: the terminal)')
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 2 bad usage.

Example:
  groups-conformance usage recorded.har --client partner-a --out usage/partner-a.json
  groups-conformance diff spec/released spec --usage usage`,
    )
    .action((file: string, flags: UsageFlags) => {
      const text = `${JSON.stringify(profileOfHar(file, flags), null, 2)}\n`;
      if (flags.out === undefined) process.stdout.write(text);
      else writeFileSync(flags.out, text);
    });
}
