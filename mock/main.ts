#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { quirks } from '../generated/quirks.ts';
import packageJson from '../package.json' with { type: 'json' };
import { parseQuirks } from './domain/quirks.ts';
import {
  DataError,
  defaultPort,
  defaultProgress,
  type Mock,
  type MockOptions,
  type Progress,
  type Seed,
  startMock,
} from './index.ts';

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly quirk: readonly string[];
  readonly syncDelay: number;
  readonly syncPolls?: number;
  readonly syncManual?: true;
  readonly data?: string;
  readonly seed?: string;
  readonly deterministic?: string;
  readonly quiet?: true;
}

const wholeNumber = (most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) throw new InvalidArgumentError(`Expected a whole number from 0 to ${most}.`);
  return value;
};

const quirkHelp = Object.entries(quirks)
  .map(([name, { values }]) => `  ${name.padEnd(20)} ${values.map(({ value }) => value).join(', ')}`)
  .join('\n');

const command = new Command('groups-mock')
  .description('A stateful, offline mock of the Vitable groups API. Not a product of Vitable.')
  .version(packageJson.version)
  .addOption(
    new Option('-p, --port <n>', 'port to listen on, 0 for any free one')
      .env('GROUPS_MOCK_PORT')
      .argParser(wholeNumber(65535))
      .default(defaultPort),
  )
  .addOption(new Option('--host <address>', 'address to listen on').env('GROUPS_MOCK_HOST').default('127.0.0.1'))
  .addOption(
    new Option('--quirk <name=value...>', 'another reading of an open question, see below')
      .env('GROUPS_MOCK_QUIRK')
      .default([], 'the first value of each'),
  )
  .addOption(
    new Option('--sync-delay <ms>', 'how long a sync takes, in milliseconds')
      .env('GROUPS_MOCK_SYNC_DELAY')
      .argParser(wholeNumber(86_400_000))
      .default(defaultProgress.after === 'delay' ? defaultProgress.ms : 0),
  )
  .addOption(
    new Option('--sync-polls <n>', 'a sync completes after it was retrieved so often')
      .env('GROUPS_MOCK_SYNC_POLLS')
      .argParser(wholeNumber(1_000_000))
      .conflicts('syncManual'),
  )
  .addOption(new Option('--sync-manual', 'a sync completes only when told').env('GROUPS_MOCK_SYNC_MANUAL'))
  .addOption(
    new Option('--data <dir>', 'keep each world in a file there, so that it survives a restart').env(
      'GROUPS_MOCK_DATA',
    ),
  )
  .addOption(
    new Option('--seed <file>', 'begin each world with what a YAML or JSON file holds').env('GROUPS_MOCK_SEED'),
  )
  .addOption(
    new Option('--deterministic <text>', 'the same text and the same requests give the same ids').env(
      'GROUPS_MOCK_DETERMINISTIC',
    ),
  )
  .addOption(new Option('-q, --quiet', 'print only the address').env('GROUPS_MOCK_QUIET'))
  .addHelpText('after', `\nQuirks, the default first:\n${quirkHelp}`)
  .showHelpAfterError('Run groups-mock --help for what is possible.')
  .exitOverride();

/** One clear line on stderr, and the exit code for bad usage. */
function refuse(message: string): never {
  console.error(`groups-mock: ${message}`);
  process.exit(2);
}

function progress({ syncDelay, syncPolls, syncManual }: Flags): Progress {
  if (syncManual) return { after: 'manual' };
  return syncPolls === undefined ? { after: 'delay', ms: syncDelay } : { after: 'polls', count: syncPolls };
}

async function start(options: MockOptions): Promise<Mock> {
  try {
    return await startMock(options);
  } catch (error) {
    if (error instanceof DataError) refuse(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      refuse(
        `port ${options.port} is already in use; stop what listens there, or choose another with --port (0 for any)`,
      );
    if (code === 'EACCES') refuse(`not allowed to listen on port ${options.port}; choose one above 1023 with --port`);
    refuse(`cannot listen on ${options.hostname}: ${(error as Error).message}`);
  }
}

async function banner(mock: Mock, data: string | undefined): Promise<string> {
  const [firstKey = ''] = mock.keys;
  const lines = await Promise.all(
    mock.keys.map(async (key) => {
      const request = new Request(`${mock.url}/v1/plans?limit=100`, { headers: { authorization: `Bearer ${key}` } });
      const { data } = (await (await mock.fetch(request)).json()) as { data: { id: string; name: string }[] };
      return [`  ${key}`, ...data.map(({ id, name }) => `    ${id}  ${name}`)].join('\n');
    }),
  );
  return `groups-mock ${packageJson.version} listens on ${mock.url}

API keys, and the plans of each (add .anything to a key for a world of its own: ${firstKey}.my-test):
${lines.join('\n')}

Try:
  curl -s ${mock.url}/v1/groups -H 'Authorization: Bearer ${firstKey}' \\
    -H 'Content-Type: application/json' -d '{"name": "My first group"}'

Ctrl-C stops it; ${data === undefined ? 'what it holds is then gone' : `what it holds stays in ${data}`}.`;
}

/** The reader of seed files is loaded only for one. */
async function seedFrom(file: string): Promise<Seed> {
  const { readSeed, SeedFileError } = await import('./seed-file.ts');
  try {
    return readSeed(file);
  } catch (error) {
    if (error instanceof SeedFileError) refuse(error.message);
    throw error;
  }
}

async function main(): Promise<void> {
  const flags = command.parse().opts<Flags>();
  let readings: MockOptions['quirks'];
  try {
    readings = parseQuirks(flags.quirk);
  } catch (error) {
    refuse((error as Error).message);
  }
  const mock = await start({
    port: flags.port,
    hostname: flags.host,
    quirks: readings,
    progress: progress(flags),
    ...(flags.data !== undefined && { data: flags.data }),
    ...(flags.seed !== undefined && { seed: await seedFrom(flags.seed) }),
    ...(flags.deterministic !== undefined && { deterministic: flags.deterministic }),
  });
  console.log(flags.quiet ? mock.url : await banner(mock, flags.data));
  const stop = () => {
    void mock.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

try {
  await main();
} catch (error) {
  // Commander has printed its line already; --help and --version end here too.
  const { exitCode } = error as { exitCode?: number };
  if (exitCode === undefined) throw error;
  process.exitCode = exitCode === 0 ? 0 : 2;
}
