import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { advice, severities } from '../generated/advice.ts';
import type { Shell } from '../generated/completion.ts';
import { quirks } from '../generated/quirks.ts';
import { type ScenarioName, scenarios } from '../generated/scenarios.ts';
import packageJson from '../package.json' with { type: 'json' };
import { faultProfiles } from './domain/faults.ts';
import { defaultPort, defaultProgress, type Progress } from './index.ts';

/** What the command line says, after the environment and the defaults were heard. */
export interface Flags {
  readonly port: number;
  readonly host: string;
  readonly quirk: readonly string[];
  readonly readings?: string;
  readonly syncDelay: number;
  readonly syncPolls?: number;
  readonly syncManual?: true;
  readonly data?: string;
  readonly seed?: string;
  readonly scenario?: ScenarioName;
  readonly deterministic?: string;
  readonly faults?: string;
  readonly controlToken?: string;
  readonly log?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly bodies: boolean;
}

/** Where a mock is that runs elsewhere. */
export interface RemoteFlags {
  readonly url: string;
  readonly controlToken?: string;
}

/** What `groups-mock journal` is asked. */
export interface JournalFlags extends RemoteFlags {
  readonly world: string;
  readonly json?: true;
  readonly har?: true;
}

/** What `groups-mock advise` is asked. */
export interface AdviceFlags extends RemoteFlags {
  /** Every world where none is named. */
  readonly world?: string;
  readonly failOn: (typeof severities)[number] | 'never';
  readonly json?: true;
}

/** What the command line can be asked to do. */
interface Actions {
  readonly start: (flags: Flags, command: Command) => Promise<void>;
  readonly journal: (flags: JournalFlags) => Promise<void>;
  readonly advise: (flags: AdviceFlags) => Promise<void>;
}

const wholeNumber = (most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) throw new InvalidArgumentError(`Expected a whole number from 0 to ${most}.`);
  return value;
};

/** Several settings in one variable are separated by commas or spaces. */
const settings = (text: string, before: readonly string[]) => [...before, ...text.split(/[\s,]+/).filter(Boolean)];

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError(`Expected an address such as http://127.0.0.1:${defaultPort}.`);
  return text.replace(/\/+$/, '');
}

/** An option that is an environment variable too: `--sync-delay` is GROUPS_MOCK_SYNC_DELAY. */
function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`GROUPS_MOCK_${made.name().replaceAll('-', '_').toUpperCase()}`);
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
Quirks, the default first:
${quirkHelp.join('\n')}

Faults:
${listed(Object.entries(faultProfiles).map(([name, { effect }]) => [name, effect]))}

Scenarios, see docs/scenarios.md for what to try in each:
${listed(Object.entries(scenarios).map(([name, { holds }]) => [name, holds]))}

Every option is an environment variable too; an option on the command line comes first.`;

const adviseHelp = `
Findings:
${listed(Object.entries(advice).map(([id, { severity, title }]) => [id, `${severity.padEnd(8)} ${title}`]))}

Exit codes: 0 nothing so bad, 1 findings, 2 bad usage or no mock there, 3 no request was seen.`;

const controlToken = () =>
  option('--control-token <token>', 'opens the control plane to requests that do not come from this machine');

const where = () =>
  option('--url <url>', 'where the mock is').argParser(webAddress).default(`http://127.0.0.1:${defaultPort}`);

const completionHelp = `
bash: add to ~/.bashrc                   eval "$(groups-mock completion bash)"
zsh:  add to ~/.zshrc, after compinit    eval "$(groups-mock completion zsh)"
fish: run once    groups-mock completion fish > ~/.config/fish/completions/groups-mock.fish`;

/** The command line of the mock. */
export function createCommand({ start, journal, advise }: Actions): Command {
  const command = new Command('groups-mock')
    .description('A stateful, offline mock of the Vitable groups API. Not a product of Vitable.')
    .version(packageJson.version)
    .enablePositionalOptions()
    .addOption(
      option('-p, --port <n>', 'port to listen on, 0 for any free one')
        .argParser(wholeNumber(65535))
        .default(defaultPort),
    )
    .addOption(option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      option('--quirk <name=value...>', 'another reading of an open question, see below')
        .argParser(settings)
        .default([], 'the first value of each'),
    )
    .addOption(
      option(
        '--readings <file>',
        'answer as the service did of which a report is; --quirk and --sync-delay come first',
      ),
    )
    .addOption(
      option('--sync-delay <ms>', 'how long a sync takes, in milliseconds')
        .argParser(wholeNumber(86_400_000))
        .default(defaultProgress.after === 'delay' ? defaultProgress.ms : 0),
    )
    .addOption(
      option('--sync-polls <n>', 'a sync completes after it was retrieved so often').argParser(wholeNumber(1_000_000)),
    )
    .addOption(option('--sync-manual', 'a sync completes only when told'))
    .addOption(option('--data <dir>', 'keep each world in a file there, so that it survives a restart'))
    .addOption(option('--seed <file>', 'begin each world with what a YAML or JSON file holds'))
    .addOption(
      option('--scenario <name>', 'begin each world with a scenario, see below')
        .choices(Object.keys(scenarios))
        .conflicts('seed'),
    )
    .addOption(option('--deterministic <text>', 'the same text and the same requests give the same ids'))
    .addOption(
      option('--faults <profile>', 'begin each world with faults, see below').choices(Object.keys(faultProfiles)),
    )
    .addOption(controlToken())
    .addOption(option('--log', 'print a line on stderr for every request and completed sync'))
    .addOption(option('--json', 'print those lines as JSON'))
    .addOption(
      new Option('--no-bodies', 'do not keep the bodies of requests and answers, which are in memory only').env(
        'GROUPS_MOCK_BODIES',
      ),
    )
    .addOption(option('-q, --quiet', 'print only the address'))
    .addHelpText('after', help)
    .showHelpAfterError('Run groups-mock --help for what is possible.')
    .exitOverride()
    .action(start);

  command
    .command('journal')
    .description('print what clients of a running mock did')
    .addOption(where())
    .addOption(option('--world <name>', 'whose journal').default('main'))
    .addOption(controlToken())
    .addOption(new Option('--json', 'print it as JSON, one line per entry'))
    .addOption(
      new Option('--har', 'print requests and answers whole, as an HTTP archive; keys are left out').conflicts('json'),
    )
    .action(journal);

  command
    .command('advise')
    .description('say how the clients of a running mock would fare in production')
    .addOption(where())
    .addOption(option('--world <name>', 'only of this world; of every one if absent'))
    .addOption(controlToken())
    .addOption(
      option('--fail-on <severity>', 'end with 1 where there is a finding so bad, or worse')
        .choices([...severities, 'never'])
        .default('error'),
    )
    .addOption(new Option('--json', 'print it as JSON, one line per world'))
    .addHelpText('after', adviseHelp)
    .action(advise);

  command
    .command('completion')
    .description('print a script that makes a shell complete this command')
    .addArgument(new Argument('<shell>', 'whose script').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText('after', completionHelp)
    .action(async (shell: Shell) => {
      const { completion } = await import('../generated/completion.ts');
      console.log(completion['groups-mock'][shell]);
    });
  for (const { options } of [command, ...command.commands]) forgetNegatives(options);
  return command;
}

/** GROUPS_MOCK_LOG=0 means no, which commander takes for yes. */
function forgetNegatives(options: readonly Option[]): void {
  for (const { envVar } of options.filter((one) => one.isBoolean()))
    if (envVar !== undefined && /^(0|false|no|off|)$/i.test(process.env[envVar] ?? 'unset')) delete process.env[envVar];
}

/**
 * When syncs complete: by the options of the command line, else of the environment, else after the default time. Ends
 * as bad usage where both polls and manual are asked for in one place.
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
