import { type Command, Option } from 'commander';
import { type ReportFormat, reportFormats } from '../report/reports.ts';
import type { Profile } from '../rules/names.ts';
import { profiles } from '../rules/names.ts';
import { runLimits } from '../run/limits.ts';
import { defaultRequestTimeoutMs, defaultSyncTimeoutMs } from '../run/timeouts.ts';
import {
  baseUrl,
  header,
  isSet,
  positiveInteger,
  positiveNumber,
  reports,
  ruleIds,
  rulesAndAreas,
  seconds,
} from './values.ts';

/** The flags for TLS. */
export interface TlsFlags {
  readonly ca?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly insecure: boolean;
}

/** The flags of every command that judges a target. */
export interface TargetFlags extends TlsFlags {
  readonly baseUrl?: string;
  readonly apiKey: string;
  readonly otherApiKey?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly envProxy: boolean;
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

/** The flags of a run. */
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

/** Adds the flags for TLS. */
export const addTlsFlags = (command: Command): Command =>
  command
    .addOption(new Option('--ca <file>', 'certificate in PEM of an issuer to trust for the target').env('GROUPS_CA'))
    .addOption(
      new Option('--client-cert <file>', 'certificate in PEM by which the suite identifies itself').env(
        'GROUPS_CLIENT_CERT',
      ),
    )
    .addOption(new Option('--client-key <file>', 'private key of --client-cert, in PEM').env('GROUPS_CLIENT_KEY'))
    .addOption(
      new Option(
        '--insecure',
        'accept any certificate of the target; every report says so, and no certificate is issued (env: GROUPS_INSECURE)',
      ).default(isSet(process.env.GROUPS_INSECURE), 'no'),
    );

/** Adds the flags that say what the target is and how to treat it. Flags override environment variables, which override defaults. */
export const addTargetFlags = (command: Command): Command =>
  addTlsFlags(
    command
      .addOption(
        new Option('--base-url <url>', 'address of the API, without /v1').env('GROUPS_BASE_URL').argParser(baseUrl),
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
        new Option('--header <line>', 'send a further header ("Name: value"), may be repeated; not Authorization')
          .env('GROUPS_HEADER')
          .argParser(header),
      ),
  )
    .addOption(
      new Option(
        '--env-proxy',
        'use the proxy in HTTP_PROXY or HTTPS_PROXY, but not for hosts in NO_PROXY (env: GROUPS_ENV_PROXY)',
      ).default(isSet(process.env.GROUPS_ENV_PROXY), 'no'),
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
        `stop after this many requests; the clean-up sends up to ${runLimits.cleanUpRequests} more`,
      )
        .env('GROUPS_MAX_REQUESTS')
        .argParser(positiveInteger)
        .default(runLimits.requests, String(runLimits.requests)),
    )
    .addOption(
      new Option('--max-groups <number>', 'stop instead of creating more groups')
        .env('GROUPS_MAX_GROUPS')
        .argParser(positiveInteger)
        .default(runLimits.groups, String(runLimits.groups)),
    )
    .addOption(
      new Option('--rate <number>', 'maximum number of requests per second')
        .env('GROUPS_RATE')
        .argParser(positiveNumber),
    )
    .addOption(
      new Option('--report <formats>', `one or more of ${reportFormats.join(', ')}`)
        .env('GROUPS_REPORT')
        .argParser(reports),
    )
    .addOption(
      new Option(
        '--report-dir <folder>',
        'write the reports to this folder: all of them, or those of --report; without a folder, one report can go to standard output',
      ).env('GROUPS_REPORT_DIR'),
    )
    .addOption(
      new Option(
        '--contract <folder>',
        "judge by an older contract, a folder like spec/; refused if this suite's checks require more",
      ).env('GROUPS_CONTRACT'),
    )
    .addOption(
      new Option('--trace <rules>', 'print every request and answer of the checks of these rules (LIFE-3)')
        .env('GROUPS_TRACE')
        .argParser(ruleIds),
    )
    .addOption(new Option('-v, --verbose', 'list the rules that passed, too'));

/** Adds the flags that say what is judged, and how its result counts. */
export const addRunFlags = (command: Command): Command =>
  command
    .addOption(
      new Option('--profile <name>', 'which checks to run').env('GROUPS_PROFILE').choices(profiles).default('standard'),
    )
    .addOption(
      new Option('--only <names>', 'only these rules or areas (SYNC), may be repeated')
        .env('GROUPS_ONLY')
        .argParser(rulesAndAreas),
    )
    .addOption(
      new Option('--rule <ids>', 'only these rules (LIFE-3), may be repeated').env('GROUPS_RULE').argParser(ruleIds),
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
