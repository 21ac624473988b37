import { Argument, Command, Option } from 'commander';
import { advice, severities } from '../generated/advice.ts';
import type { Shell } from '../generated/completion.ts';
import { quirks } from '../generated/quirks.ts';
import { type ScenarioName, scenarios } from '../generated/scenarios.ts';
import packageJson from '../package.json' with { type: 'json' };
import { faultProfiles } from './domain/faults.ts';
import { nearestOf } from './domain/hints.ts';
import { rosterColumns } from './domain/roster-file.ts';
import { defaultPort, defaultProgress, type Progress } from './index.ts';
import { addressOf, milliseconds, option, remoteOptions, settings, wholeNumber } from './options.ts';
import type { RemoteFlags } from './remote.ts';
import { verbCommands } from './verbs.ts';
import { defaultOpenWorlds } from './worlds/worlds.ts';

/** The options of `groups-mock`, with environment variables and defaults applied. */
export interface Flags {
  readonly port: number;
  readonly host: string;
  readonly quirk: readonly string[];
  readonly readings?: string;
  readonly syncDelay: number;
  readonly syncPolls?: number;
  readonly syncManual?: true;
  readonly data?: string;
  readonly database?: string;
  readonly tenants?: true;
  readonly worldTtl?: number;
  readonly openWorlds?: number;
  readonly seed?: string;
  readonly scenario?: ScenarioName;
  readonly deterministic?: string;
  readonly faults?: string;
  readonly rateLimit?: string;
  readonly controlToken?: string;
  readonly metrics?: true;
  readonly log?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly exitWithStdin?: true;
  readonly bodies: boolean;
}

/** The options of `groups-mock journal`. */
export interface JournalFlags extends RemoteFlags {
  /** Every world if absent. */
  readonly world?: string;
  readonly follow?: true;
  readonly failed?: true;
  readonly json?: true;
  readonly har?: true;
}

/** The options of `groups-mock preview`. */
export interface PreviewFlags extends RemoteFlags {
  readonly world: string;
  readonly json?: true;
}

/** The options of `groups-mock advise`. */
export interface AdviceFlags extends RemoteFlags {
  /** Every world if absent. */
  readonly world?: string;
  readonly failOn: (typeof severities)[number] | 'never';
  readonly json?: true;
}

/** The actions of the commands. */
interface Actions {
  readonly start: (flags: Flags, command: Command) => Promise<void>;
  readonly journal: (flags: JournalFlags) => Promise<void>;
  readonly advise: (flags: AdviceFlags) => Promise<void>;
  readonly preview: (group: string, file: string, flags: PreviewFlags) => Promise<void>;
}

const listed = (rows: readonly (readonly [name: string, text: string])[]): string =>
  rows.map(([name, text]) => `  ${name.padEnd(22)} ${text}`).join('\n');

const quirkHelp = Object.entries(quirks).map(([name, { section, question, values, asserts }]) =>
  [
    `  ${name.padEnd(22)} ${values.map(({ value }) => value).join(', ')}`,
    `  ${''.padEnd(22)} §${section} ${question}`,
    `  ${''.padEnd(22)} The suite: ${asserts}`,
  ].join('\n'),
);

const help = `
Quirks (the default is first):
${quirkHelp.join('\n')}

Faults:
${listed(Object.entries(faultProfiles).map(([name, { effect }]) => [name, effect]))}

Scenarios (docs/scenarios.md says what to try in each):
${listed(Object.entries(scenarios).map(([name, { holds }]) => [name, holds]))}

Every option can also be set by an environment variable. Options override environment variables.`;

const adviseHelp = `
Findings:
${listed(Object.entries(advice).map(([id, { severity, title }]) => [id, `${severity.padEnd(8)} ${title}`]))}

Exit codes: 0 no findings of that severity, 1 findings, 2 bad usage or no mock at the URL, 3 no requests.`;

const previewHelp = `
The columns of a CSV roster:
  ${rosterColumns.join('\n  ')}

Exit codes: 0 shown, 2 bad usage, no mock at the URL, or a roster that a submission would refuse.`;

const completionHelp = `
bash: add to ~/.bashrc                   eval "$(groups-mock completion bash)"
zsh:  add to ~/.zshrc, after compinit    eval "$(groups-mock completion zsh)"
fish: run once    groups-mock completion fish > ~/.config/fish/completions/groups-mock.fish`;

/** The command line of the mock. */
export function createCommand({ start, journal, advise, preview }: Actions): Command {
  const command: Command = new Command('groups-mock')
    .description('A stateful, offline mock of the Vitable groups API. Not a product of Vitable.')
    .version(packageJson.version)
    .enablePositionalOptions()
    .addOption(
      option('-p, --port <n>', 'port to listen on; 0 for any free port')
        .argParser(wholeNumber(65535))
        .default(defaultPort),
    )
    .addOption(option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      option('--quirk <name=value...>', 'behavior for an open question of the contract, see below')
        .argParser(settings)
        .default([], 'the first value of each'),
    )
    .addOption(
      option(
        '--readings <file>',
        'behave like the service in this report.json of groups-conformance; --quirk and --sync-delay override it',
      ),
    )
    .addOption(
      option('--sync-delay <ms>', 'time until a sync completes, in milliseconds')
        .argParser(wholeNumber(86_400_000))
        .default(defaultProgress.after === 'delay' ? defaultProgress.ms : 0),
    )
    .addOption(
      option('--sync-polls <n>', 'complete a sync after this number of retrievals').argParser(wholeNumber(1_000_000)),
    )
    .addOption(option('--sync-manual', 'complete a sync only on request of the control plane'))
    .addOption(option('--data <dir>', 'folder that keeps each world in a file, so that it survives a restart'))
    .addOption(
      option(
        '--database <url>',
        'PostgreSQL database that keeps the worlds, and that several mocks can share',
      ).conflicts(['data', 'deterministic', 'rateLimit']),
    )
    .addOption(
      option(
        '--tenants',
        'open worlds of --database only to keys that were issued, see groups-mock tenant; GROUPS_MOCK_TENANT_SECRET has their secret, GROUPS_MOCK_TENANT_SECRET_PREVIOUS the one before',
      ),
    )
    .addOption(
      option(
        '--world-ttl <duration>',
        'remove worlds of --database that nobody used for such a time, such as 30d',
      ).argParser(milliseconds),
    )
    .addOption(
      option(
        '--open-worlds <n>',
        `open at most so many worlds at once (default: ${defaultOpenWorlds.inMemory}, with --data ${defaultOpenWorlds.inFolder}, with --database ${defaultOpenWorlds.inDatabase})`,
      ).argParser(wholeNumber(1_000_000)),
    )
    .addOption(option('--seed <file>', 'start each world with the content of a YAML or JSON file'))
    .addOption(
      option('--scenario <name>', 'start each world with a scenario, see below')
        .choices(Object.keys(scenarios))
        .conflicts('seed'),
    )
    .addOption(option('--deterministic <text>', 'make ids repeatable: the same text and requests give the same ids'))
    .addOption(
      option('--faults <profile>', 'start each new world with faults, see below').choices(Object.keys(faultProfiles)),
    )
    .addOption(option('--rate-limit <n/time>', 'requests that each key may send, such as 60/min; more get a 429'))
    .addOption(option('--control-token <token>', 'token for control plane requests that do not come from this machine'))
    .addOption(option('--metrics', 'answer Prometheus at /_mock/metrics; needs the package prom-client'))
    .addOption(option('--log', 'print a line on stderr for every request and completed sync'))
    .addOption(option('--json', 'print those lines as JSON'))
    .addOption(
      new Option('--no-bodies', 'do not keep the bodies of requests and answers, which are in memory only').env(
        'GROUPS_MOCK_BODIES',
      ),
    )
    .addOption(option('-q, --quiet', 'print only the address'))
    .addOption(
      new Option(
        '--exit-with-stdin',
        'stop when standard input closes, so that the mock ends with the program that started it',
      ),
    )
    .addHelpText('after', help)
    .showHelpAfterError('Run groups-mock --help for usage.')
    .exitOverride()
    .allowExcessArguments()
    .action((flags: Flags) => {
      refuseUnknownCommand(command);
      return start(flags, command);
    })
    .hook('preAction', (_, called) => {
      // Without --url, a command calls the mock that the same --port and --host would start.
      if (called.opts().url === undefined) called.setOptionValue('url', addressOf(command.opts<Flags>()));
    });

  const remoteCommand = (name: string): Command => {
    const created = command.command(name);
    for (const one of remoteOptions()) created.addOption(one);
    return created;
  };

  remoteCommand('journal')
    .description('print what clients of a running mock did')
    .addOption(option('--world <name>', 'world to print (default: every world; with --har, main)'))
    .addOption(new Option('--follow', 'keep printing new entries until Ctrl-C'))
    .addOption(new Option('--failed', 'print only refusals, failures, faults, hints, and syncs with failed rows'))
    .addOption(new Option('--json', 'print it as JSON, one line per entry'))
    .addOption(
      new Option('--har', 'print requests and answers whole, as an HTTP archive; keys are left out').conflicts([
        'json',
        'follow',
        'failed',
      ]),
    )
    .action(journal);

  remoteCommand('advise')
    .description('report problems that the clients of a running mock would have in production')
    .addOption(option('--world <name>', 'world to judge (default: every world)'))
    .addOption(
      option('--fail-on <severity>', 'exit with code 1 if there is a finding of this severity or worse')
        .choices([...severities, 'never'])
        .default('error'),
    )
    .addOption(new Option('--json', 'print JSON, one line per world'))
    .addHelpText('after', adviseHelp)
    .action(advise);

  remoteCommand('preview')
    .description('show what a sync would do, without sending it')
    .argument('<group>', 'id or external_reference_id of the group')
    .argument('<file>', 'roster as JSON or CSV; - for standard input')
    .addOption(option('--world <name>', 'world of the group').default('main'))
    .addOption(new Option('--json', 'print JSON'))
    .addHelpText('after', previewHelp)
    .action(preview);

  for (const each of verbCommands()) command.addCommand(each);

  command
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'shell of the script').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText('after', completionHelp)
    .action(async (shell: Shell) => {
      const { completion } = await import('../generated/completion.ts');
      console.log(completion['groups-mock'][shell]);
    });
  for (const { options } of [command, ...command.commands]) dropNegatives(options);
  return command;
}

/** Exits with bad usage if the first word is not a command. */
function refuseUnknownCommand(program: Command): void {
  const [word] = program.args;
  if (word === undefined) return;
  const nearest = nearestOf(
    word,
    program.commands.map((each) => each.name()),
  );
  program.error(`error: unknown command '${word}'${nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`}`);
}

/** GROUPS_MOCK_LOG=0 means off, but commander treats every value as on. */
function dropNegatives(options: readonly Option[]): void {
  for (const { envVar } of options.filter((one) => one.isBoolean()))
    if (envVar !== undefined && /^(0|false|no|off|)$/i.test(process.env[envVar] ?? 'unset')) delete process.env[envVar];
}

/**
 * When syncs complete: from the command line, else from the environment, else after the default delay. Exits with bad
 * usage if one of these sets both polls and manual.
 */
export function progressOf({ syncDelay, syncPolls, syncManual }: Flags, command: Command): Progress {
  for (const source of ['cli', 'env']) {
    const from = (name: string) => command.getOptionValueSource(name) === source;
    if (from('syncManual') && from('syncPolls'))
      command.error("error: option '--sync-polls <n>' cannot be used with option '--sync-manual'");
    if (from('syncManual') && syncManual) return { after: 'manual' };
    if (from('syncPolls') && syncPolls !== undefined) return { after: 'polls', count: syncPolls };
    if (from('syncDelay')) break;
  }
  return { after: 'delay', ms: syncDelay };
}
