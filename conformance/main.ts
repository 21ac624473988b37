#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { defaultSyncTimeoutMs, isRuleOrArea, runConformance } from './index.ts';
import { consoleReport } from './report/console.ts';
import { type Profile, profiles } from './verdict.ts';

interface Flags {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly otherApiKey?: string;
  readonly profile: Profile;
  readonly only?: readonly string[];
  readonly header: Readonly<Record<string, string>>;
  readonly syncTimeout: number;
  readonly verbose?: true;
}

const demoKey = 'vit_apk_acme';

function baseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('Expected an http or https URL such as http://127.0.0.1:4010.');
  return text.replace(/\/+$/, '');
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('Expected a number of seconds, at most 3600.');
  return value * 1000;
}

function ruleOrArea(text: string, chosen: readonly string[] = []): readonly string[] {
  const name = text.toUpperCase();
  if (!isRuleOrArea(name)) throw new InvalidArgumentError('Expected a rule such as LIFE-3, or an area such as SYNC.');
  return [...chosen, name];
}

function header(text: string, chosen: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Expected "Name: value".');
  return { ...chosen, [name.toLowerCase()]: value };
}

const command = new Command('groups-conformance')
  .description(
    'Judges an implementation of the Vitable groups API by the rules of the contract. Not a product of Vitable.',
  )
  .version(packageJson.version)
  .addOption(
    new Option('--base-url <url>', 'where the API is, without /v1')
      .env('GROUPS_BASE_URL')
      .argParser(baseUrl)
      .makeOptionMandatory(),
  )
  .addOption(
    new Option('--api-key <key>', 'key of the organization to work in')
      .env('GROUPS_API_KEY')
      .default(demoKey, `${demoKey}, the mock's`),
  )
  .addOption(
    new Option('--other-api-key <key>', 'key of a second organization, for the rules that need one').env(
      'GROUPS_OTHER_API_KEY',
    ),
  )
  .addOption(
    new Option('--profile <name>', 'how far to go').env('GROUPS_PROFILE').choices(profiles).default('standard'),
  )
  .addOption(new Option('--only <rule>', 'only this rule or area, may be repeated').argParser(ruleOrArea))
  .addOption(
    new Option('--header <line>', 'send a further header, may be repeated').argParser(header).default({}, 'none'),
  )
  .addOption(
    new Option('--sync-timeout <seconds>', 'how long a sync may take')
      .env('GROUPS_SYNC_TIMEOUT')
      .argParser(seconds)
      .default(defaultSyncTimeoutMs, '60'),
  )
  .addOption(new Option('-v, --verbose', 'list the rules that passed, too'))
  .addHelpText(
    'after',
    `
Exit codes: 0 conformant, 1 non-conformant, 2 bad usage, 3 incomplete, 4 target unreachable or kit error.

Examples:
  groups-conformance --base-url http://127.0.0.1:4010
  groups-conformance --base-url http://127.0.0.1:4010 --other-api-key vit_apk_globex --profile certification`,
  )
  .showHelpAfterError('Run groups-conformance --help for what is possible.')
  .exitOverride();

async function main(): Promise<void> {
  const { baseUrl, apiKey, otherApiKey, profile, only, header, syncTimeout, verbose } = command.parse().opts<Flags>();
  const isTerminal = process.stderr.isTTY;
  const result = await runConformance({
    baseUrl,
    apiKey,
    otherApiKey,
    profile,
    headers: header,
    syncTimeoutMs: syncTimeout,
    ...(only && { only }),
    onCheck({ rule }, { done, of }) {
      if (isTerminal)
        process.stderr.write(`\r${done} of ${of} checks (${rule})\u001b[K${done === of ? '\r\u001b[K' : ''}`);
    },
  });
  console.log(consoleReport(result, { all: verbose ?? false }));
  process.exitCode = result.exitCode;
}

try {
  await main();
} catch (error) {
  // Commander has printed its line already; --help and --version end here too.
  const { exitCode } = error as { exitCode?: number };
  if (exitCode === undefined) console.error(`groups-conformance: the kit failed: ${(error as Error).message}`);
  process.exitCode = exitCode === undefined ? 4 : exitCode === 0 ? 0 : 2;
}
