import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ReportFormat, reportFormats } from '../report/reports.ts';
import type { Profile } from '../rules/names.ts';
import { isArea, isRule, profiles } from '../rules/names.ts';
import { limits } from '../run/limits.ts';
import { defaultRequestTimeoutMs, defaultSyncTimeoutMs } from '../run/timeouts.ts';

/** What every command that judges a target is told. */
export interface TargetFlags {
  readonly baseUrl?: string;
  readonly apiKey: string;
  readonly otherApiKey?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly syncTimeout: number;
  readonly requestTimeout: number;
  readonly maxRequests: number;
  readonly maxGroups: number;
  readonly rate?: number;
  readonly report?: readonly ReportFormat[];
  readonly reportDir?: string;
  readonly verbose?: true;
  readonly trace?: readonly string[];
  readonly contract?: string;
}

/** What a run is told beyond that. */
export interface RunFlags extends TargetFlags {
  readonly profile: Profile;
  readonly only?: readonly string[];
  readonly rule?: readonly string[];
  readonly failFast: boolean;
  readonly baseline?: string;
  readonly list?: true;
  readonly plan?: true;
}

/** The key of the mock's first organization. */
const demoKey = 'vit_apk_acme';

function baseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('Expected an http or https URL such as http://127.0.0.1:4010.');
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('Expected a URL without user and password; send them with --header.');
  if (url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError('Expected a URL without query and fragment.');
  const base = text.replace(/\/+$/, '');
  if (base.endsWith('/v1'))
    throw new InvalidArgumentError(`Expected where the API is, without /v1: ${base.slice(0, -'/v1'.length)}.`);
  return base;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('Expected a number of seconds, at most 3600.');
  return value * 1000;
}

function count(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value > 0)) throw new InvalidArgumentError('Expected a whole number above 0.');
  return value;
}

function rate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

const words = (text: string): string[] => text.split(',').map((word) => word.trim());

function ruleOrArea(text: string, chosen: readonly string[] = []): readonly string[] {
  const names = words(text.toUpperCase());
  if (!names.every((name) => isRule(name) || isArea(name)))
    throw new InvalidArgumentError('Expected a rule such as LIFE-3, or an area such as SYNC; --list names them.');
  return [...chosen, ...names];
}

function rule(text: string, chosen: readonly string[] = []): readonly string[] {
  const names = words(text.toUpperCase());
  if (!names.every(isRule)) throw new InvalidArgumentError('Expected a rule such as LIFE-3; --list names them.');
  return [...chosen, ...names];
}

function header(text: string, chosen: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([\w-]+):\s*([^\r\n]+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Expected "Name: value".');
  return { ...chosen, [name.toLowerCase()]: value };
}

function reports(text: string, chosen: readonly ReportFormat[] = []): readonly ReportFormat[] {
  const names = words(text.toLowerCase());
  if (!names.every((name): name is ReportFormat => (reportFormats as readonly string[]).includes(name)))
    throw new InvalidArgumentError(`Expected one or more of ${reportFormats.join(', ')}.`);
  return [...chosen, ...names];
}

const isSet = (value: string | undefined): boolean => /^(1|true|yes|on)$/i.test(value ?? '');

/** Adds the flags that say what the target is and how to treat it. Flag beats environment beats default. */
export const addTargetFlags = (command: Command): Command =>
  command
    .addOption(
      new Option('--base-url <url>', 'where the API is, without /v1').env('GROUPS_BASE_URL').argParser(baseUrl),
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
      new Option('--header <line>', 'send a further header, may be repeated').env('GROUPS_HEADER').argParser(header),
    )
    .addOption(
      new Option('--sync-timeout <seconds>', 'how long a sync may take')
        .env('GROUPS_SYNC_TIMEOUT')
        .argParser(seconds)
        .default(defaultSyncTimeoutMs, String(defaultSyncTimeoutMs / 1000)),
    )
    .addOption(
      new Option('--request-timeout <seconds>', 'how long one answer may take')
        .env('GROUPS_REQUEST_TIMEOUT')
        .argParser(seconds)
        .default(defaultRequestTimeoutMs, '30'),
    )
    .addOption(
      new Option(
        '--max-requests <number>',
        `stop after so many requests; the clean-up sends up to ${limits.cleanUpRequests} more`,
      )
        .env('GROUPS_MAX_REQUESTS')
        .argParser(count)
        .default(limits.requests, String(limits.requests)),
    )
    .addOption(
      new Option('--max-groups <number>', 'stop instead of creating more groups')
        .env('GROUPS_MAX_GROUPS')
        .argParser(count)
        .default(limits.groups, String(limits.groups)),
    )
    .addOption(new Option('--rate <number>', 'at most so many requests per second').env('GROUPS_RATE').argParser(rate))
    .addOption(
      new Option('--report <formats>', `one or more of ${reportFormats.join(', ')}`)
        .env('GROUPS_REPORT')
        .argParser(reports),
    )
    .addOption(
      new Option(
        '--report-dir <folder>',
        'write the reports that are files here; without --report, all of them; without it, one can go to standard output',
      ).env('GROUPS_REPORT_DIR'),
    )
    .addOption(
      new Option(
        '--contract <folder>',
        "judge by an older contract, a folder like spec/; refused where this suite's checks ask for more",
      ).env('GROUPS_CONTRACT'),
    )
    .addOption(
      new Option('--trace <rules>', 'print every request and answer of the checks of these rules (LIFE-3)')
        .env('GROUPS_TRACE')
        .argParser(rule),
    )
    .addOption(new Option('-v, --verbose', 'list the rules that passed, too'));

/** Adds the flags that say what is judged, and how its result counts. */
export const addRunFlags = (command: Command): Command =>
  command
    .addOption(
      new Option('--profile <name>', 'how far to go').env('GROUPS_PROFILE').choices(profiles).default('standard'),
    )
    .addOption(
      new Option('--only <names>', 'only these rules or areas (SYNC), may be repeated')
        .env('GROUPS_ONLY')
        .argParser(ruleOrArea),
    )
    .addOption(
      new Option('--rule <ids>', 'only these rules (LIFE-3), may be repeated').env('GROUPS_RULE').argParser(rule),
    )
    .addOption(
      new Option('--fail-fast', 'stop at the first must that is broken (env: GROUPS_FAIL_FAST)').default(
        isSet(process.env.GROUPS_FAIL_FAST),
        'no',
      ),
    )
    .addOption(
      new Option('--baseline <file>', 'known failures with owner, reason and expiry, YAML or JSON').env(
        'GROUPS_BASELINE',
      ),
    )
    .addOption(new Option('--list', 'show the rules with their checks; needs no target'))
    .addOption(new Option('--plan', 'show which checks would run, and send nothing; needs no target'));
