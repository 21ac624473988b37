import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type ScenarioName, scenarios } from '../generated/scenarios.ts';
import packageJson from '../package.json' with { type: 'json' };
import { printAdvice } from './advice.ts';
import { createCommand, type Flags, progressOf } from './command.ts';
import { faultProfiles } from './domain/faults.ts';
import { parseQuirks } from './domain/quirks.ts';
import { DataError, type Mock, type MockOptions, Problem, type Recorded, type Seed, startMock } from './index.ts';
import { printJournal } from './journal.ts';
import { failureLine, jsonLine, logLine } from './log.ts';
import { printPreview } from './preview.ts';
import type { ReadSettings } from './readings.ts';
import { RemoteError } from './remote.ts';
import { hasWorld } from './worlds/folder.ts';
import { mainWorld } from './worlds/keys.ts';

let isServing = false;

/** A reader such as `head` may close the output early, which ends a command that prints, but no mock that serves. */
export function endWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', () => {
      if (!isServing) process.exit();
    });
}

function ignoreServicePort(): void {
  const { GROUPS_MOCK_PORT: port } = process.env;
  if (!port?.startsWith('tcp://')) return;
  console.error(`groups-mock: ignored GROUPS_MOCK_PORT=${port}, which Kubernetes sets for a service of this name`);
  delete process.env.GROUPS_MOCK_PORT;
}

/** Prints one line to stderr and exits with the code for bad usage. */
function refuse(message: string): never {
  console.error(`groups-mock: ${message}`);
  process.exit(2);
}

async function listen(options: MockOptions): Promise<Mock> {
  try {
    return await startMock(options);
  } catch (error) {
    if (error instanceof DataError || error instanceof Problem) refuse(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      refuse(
        `port ${options.port} is already in use; stop the program on it, or choose another port with --port (0 for any)`,
      );
    if (code === 'EACCES') refuse(`not allowed to listen on port ${options.port}; choose one above 1023 with --port`);
    refuse(`cannot listen on ${options.hostname}: ${(error as Error).message}`);
  }
}

function scenarioText(name: ScenarioName): string {
  const { holds, try: attempt, see } = scenarios[name];
  return `
Scenario ${name}
  Content:  ${holds}
  Try:      ${attempt}
  See:      ${see}
`;
}

/** What a world starts with, unless the folder already has it. */
function contentText({ data, scenario, seed, faults }: Flags, isRestored: boolean): string {
  if (!isRestored) return scenario === undefined ? '' : scenarioText(scenario);
  const given = Object.entries({ scenario, seed, faults }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `
World main continues with its data in ${data}, without ${given.map(([name, value]) => `the ${name} ${value}`).join(' and ')}, which only new worlds start with.
To start over: curl -s -X POST <address>/_mock/worlds/main/reset
`;
}

const tenantsBanner = (url: string): string => `groups-mock ${packageJson.version} listening on ${url}

Only keys of tenants open worlds. Add a tenant, which prints its keys:
  groups-mock tenant add acme-payroll --url ${url} --control-token <token>

API reference: ${url}/docs
Console:       ${url}/_mock/

Press Ctrl-C to stop. All data stays in the database.`;

function banner({ url, keys, control }: Mock, flags: Flags, isRestored: boolean): string {
  const { data, database } = flags;
  if (flags.tenants) return tenantsBanner(url);
  const organizations =
    database === undefined ? control().describeWorld().organizations : keys.map((key) => ({ key, plans: [] }));
  const kept = database === undefined ? data : 'the database';
  const [firstKey = ''] = keys;
  const lines = organizations.flatMap(({ key, plans }) => [
    `  ${key}`,
    ...plans.map(({ id, name }) => `    ${id}  ${name}`),
  ]);
  return `groups-mock ${packageJson.version} listening on ${url}

API keys and their plans (append a dot and a name for an isolated sandbox, called a world: ${firstKey}.my-test):
${lines.join('\n')}
${contentText(flags, isRestored).replace('<address>', url)}
A first request:
  curl -s ${url}/v1/groups -H 'Authorization: Bearer ${firstKey}' \\
    -H 'Content-Type: application/json' -d '{"name": "My first group", "external_reference_id": "my-first-group"}'

API reference: ${url}/docs
Console:       ${url}/_mock/

Press Ctrl-C to stop. ${kept === undefined ? 'All data is in memory and will be lost' : `All data stays in ${kept}`}.`;
}

/** Reads a seed file. The YAML parser is loaded only if it is needed. */
async function seedFrom(file: string): Promise<Seed> {
  const { readSeed, SeedFileError } = await import('./seed-file.ts');
  try {
    return readSeed(file);
  } catch (error) {
    if (error instanceof SeedFileError) refuse(error.message);
    throw error;
  }
}

/** Reads a report of inspect. Its parser is loaded only if it is needed. */
async function readingsFrom(file: string | undefined): Promise<ReadSettings> {
  if (file === undefined) return { quirks: [], notes: [] };
  const { parseReadings } = await import('./readings.ts');
  try {
    return parseReadings(await readFile(file, 'utf8'));
  } catch (error) {
    refuse(`--readings ${file}: ${(error as Error).message}`);
  }
}

function quirksFrom(settings: readonly string[]): MockOptions['quirks'] {
  try {
    return parseQuirks(settings);
  } catch (error) {
    refuse((error as Error).message);
  }
}

/** The secrets of the tenants' keys. They are no options, because everyone on the machine could read them there. */
function tenantSecrets({ controlToken }: Flags): NonNullable<MockOptions['tenants']> {
  const { GROUPS_MOCK_TENANT_SECRET: secret, GROUPS_MOCK_TENANT_SECRET_PREVIOUS: previous } = process.env;
  if (!secret)
    refuse('--tenants: expected a secret in GROUPS_MOCK_TENANT_SECRET, such as that of: openssl rand -hex 32');
  if (controlToken === undefined) refuse('--tenants: expected --control-token, too, with which tenants are added');
  return { secret, ...(previous && { previous }) };
}

async function start(flags: Flags, command: Command): Promise<void> {
  const { scenario, deterministic, data, controlToken, log, json } = flags;
  const observe = (recorded: Recorded): void => {
    process.stderr.write(`${json ? jsonLine(recorded) : logLine(recorded, { stream: process.stderr })}\n`);
  };
  const isRestored = data !== undefined && hasWorld(data, mainWorld);
  const readings = await readingsFrom(flags.readings);
  for (const note of readings.notes) console.error(`groups-mock: ${flags.readings}: ${note}; the default is used.`);
  const isDelayGiven = command.getOptionValueSource('syncDelay') !== 'default';
  const mock = await listen({
    port: flags.port,
    hostname: flags.host,
    quirks: quirksFrom([...readings.quirks, ...flags.quirk]) ?? {},
    progress: progressOf(
      isDelayGiven ? flags : { ...flags, syncDelay: readings.syncDelay ?? flags.syncDelay },
      command,
    ),
    faults: faultProfiles[flags.faults ?? '']?.faults ?? [],
    ...(flags.seed !== undefined && { seed: await seedFrom(flags.seed) }),
    ...(scenario !== undefined && { scenario }),
    ...(data !== undefined && { data }),
    ...(flags.database !== undefined && { database: flags.database }),
    ...(flags.tenants && { tenants: tenantSecrets(flags) }),
    ...(flags.worldTtl !== undefined && { worldTtl: flags.worldTtl }),
    ...(flags.openWorlds !== undefined && { openWorlds: flags.openWorlds }),
    ...(deterministic !== undefined && { deterministic }),
    ...(flags.rateLimit !== undefined && { rateLimit: flags.rateLimit }),
    ...(controlToken !== undefined && { controlToken }),
    ...(flags.metrics !== undefined && { metrics: flags.metrics }),
    bodies: flags.bodies,
    ...((log || json) && { observe }),
  });
  const stop = (how?: Parameters<Mock['close']>[0]) => void mock.close(how).then(() => process.exit(0));
  // A load balancer has to notice that a replica stops. A person at a terminal does not want to wait.
  const drain = flags.database !== undefined;
  isServing = true;
  // Whoever collects the lines parses all of them.
  if (json) console.error = (message: string) => process.stderr.write(`${failureLine(message, new Date())}\n`);
  // Before the address is printed, because a reader of it may stop the mock at once.
  // A second signal ends the process at once, because nothing listens for it any more.
  process.once('SIGINT', () => stop()).once('SIGTERM', () => stop({ drain }));
  const stopAtOnce = () => stop();
  if (flags.exitWithStdin)
    process.stdin.once('end', stopAtOnce).once('close', stopAtOnce).once('error', stopAtOnce).resume();
  console.log(flags.quiet ? mock.url : banner(mock, flags, isRestored));
}

/** Runs the command line; the process goes on if this starts a mock, and otherwise has its exit code. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  ignoreServicePort();
  try {
    const actions = { start, journal: printJournal, advise: printAdvice, preview: printPreview };
    await createCommand(actions).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof RemoteError || error instanceof Problem) refuse(error.message);
    // Commander has already printed its message; --help and --version end here too.
    const { exitCode } = error as { exitCode?: number };
    if (exitCode === undefined) throw error;
    process.exitCode = exitCode === 0 ? 0 : 2;
  }
}
