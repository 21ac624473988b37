import { readFile, writeFile } from 'node:fs/promises';
import { type Argument, Command, Option } from 'commander';
import type { OperationId } from '../generated/control-operations.ts';
import type { AnswerTo } from './control/named-world.ts';
import { option, remoteOptions } from './options.ts';
import { type ControlCall, callControl, groupId, RemoteError, type RemoteFlags } from './remote.ts';
import { faultOptions, quotaOptions, settingsOptions, verbArguments } from './verb-options.ts';
import { clockText, columns, faultLine, faultLines, keysText, syncLine, tenantLine, worldText } from './verb-texts.ts';

/** A command that calls one operation of the control plane and prints the answer. */
interface Verb<Id extends OperationId> {
  /** Its words and arguments: `clock freeze [instant]`. */
  readonly usage: string;
  readonly description: string;
  readonly operation: Id;
  readonly options?: () => readonly Option[];
  /** What to send beside the world; `flags` are the values of the options. */
  readonly call?: (
    argument: string,
    flags: Readonly<Record<string, unknown>>,
    target: Target,
  ) => ControlCall | Promise<ControlCall>;
  readonly text: (answer: AnswerTo<Id>, argument: string, target: Target) => string | Promise<string>;
}

/** The mock and the world that a verb is for. */
interface Target {
  readonly remote: RemoteFlags;
  readonly world: string;
}

interface VerbFlags extends RemoteFlags {
  readonly world: string;
  readonly json?: true;
}

const verb = <Id extends OperationId>(given: Verb<Id>): Verb<OperationId> => given as unknown as Verb<OperationId>;

/** `latencyMs` becomes `latency_ms`, as the control plane names it. */
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const withoutUndefined = (all: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));

const onTenant = { call: (tenant: string) => ({ params: { tenant } }), text: tenantLine } as const;

/** The quotas that the options set; undefined if they set none. */
function quotasFrom({ worlds, groups, rows, requestsPerMinute }: Readonly<Record<string, unknown>>) {
  const quotas = withoutUndefined({ worlds, groups, rows, requests_per_minute: requestsPerMinute });
  return Object.keys(quotas).length > 0 ? quotas : undefined;
}

const suspend = (suspended: boolean) => ({
  ...onTenant,
  call: (tenant: string) => ({ params: { tenant }, body: { suspended } }),
});

const onRequest = { call: (request_id: string) => ({ params: { request_id } }), text: syncLine } as const;

/** Every verb: what it calls, and how it prints the answer. */
export const verbs: readonly Verb<OperationId>[] = [
  verb({
    usage: 'reset',
    description: 'reset a world to its initial content',
    operation: 'resetWorld',
    text: worldText,
  }),
  verb({
    usage: 'seed <seed-file>',
    description: 'add the content of a seed file to a world',
    operation: 'seedWorld',
    call: async (file) => ({ body: await readSeedFile(file) }),
    text: worldText,
  }),
  verb({
    usage: 'scenario <scenario>',
    description: 'reset a world to a scenario',
    operation: 'loadScenario',
    call: (name) => ({ body: { name } }),
    text: worldText,
  }),
  verb({
    usage: 'settings',
    description: 'show the settings of a world, or change those that are given',
    operation: 'changeSettings',
    options: settingsOptions,
    call: (_, { quirk = [], syncDelay, ...syncs }) => {
      const quirks = Object.fromEntries((quirk as string[]).map((setting) => setting.split(/=(.*)/s).slice(0, 2)));
      const changes = { sync_delay_ms: syncDelay, sync_polls: syncs.syncPolls, sync_manual: syncs.syncManual };
      return { body: { ...withoutUndefined(changes), quirks } };
    },
    text: ({ quirks, ...syncs }) =>
      [...Object.entries(quirks), ...Object.entries(syncs)].map(([name, value]) => `${name} = ${value}`).join('\n'),
  }),
  verb({
    usage: 'snapshot save <file>',
    description: 'save the content of a world',
    operation: 'exportSnapshot',
    async text(snapshot, file) {
      if (file === '-') return JSON.stringify(snapshot);
      await writeFile(file, JSON.stringify(snapshot)).catch(refuseFile);
      return `Saved the world ${snapshot.world} in ${file}.`;
    },
  }),
  verb({
    usage: 'snapshot load <file>',
    description: 'replace the content of a world by a snapshot',
    operation: 'importSnapshot',
    call: async (file) => ({ body: await readJson(file) }),
    text: worldText,
  }),
  verb({ usage: 'clock show', description: 'show the time of a world', operation: 'readClock', text: clockText }),
  verb({
    usage: 'clock freeze [instant]',
    description: 'freeze the time of a world',
    operation: 'freezeClock',
    call: (at) => (at === '' ? {} : { body: { at } }),
    text: clockText,
  }),
  verb({
    usage: 'clock advance <duration>',
    description: 'move the time of a world forward, and complete the syncs that are due by then',
    operation: 'advanceClock',
    call: (ms) => ({ body: { ms: Number(ms) } }),
    text: clockText,
  }),
  verb({
    usage: 'clock resume',
    description: 'let the time of a world run again',
    operation: 'resumeClock',
    text: clockText,
  }),
  verb({
    usage: 'fault add',
    description: 'inject a fault into matching requests',
    operation: 'addFault',
    options: faultOptions,
    call: (_, flags) => ({
      body: withoutUndefined(
        Object.fromEntries(Object.entries(flags).map(([name, value]) => [snakeCase(name), value])),
      ),
    }),
    text: faultLine,
  }),
  verb({ usage: 'fault list', description: 'list the faults of a world', operation: 'listFaults', text: faultLines }),
  verb({
    usage: 'fault remove <fault>',
    description: 'remove a fault',
    operation: 'removeFault',
    call: (fault_id) => ({ params: { fault_id } }),
    text: faultLines,
  }),
  verb({
    usage: 'fault clear',
    description: 'remove every fault of a world',
    operation: 'clearFaults',
    text: faultLines,
  }),
  verb({
    usage: 'sync list',
    description: 'list the last syncs of a world, newest first',
    operation: 'listSyncs',
    text: ({ syncs }) => syncs.map(syncLine).join('\n') || 'No syncs.',
  }),
  verb({
    usage: 'sync complete <request>',
    description: 'complete a sync, once the earlier ones of its group have completed',
    operation: 'completeSync',
    ...onRequest,
  }),
  verb({
    usage: 'sync stall <request>',
    description: 'hold a sync until it is unstalled or completed',
    operation: 'stallSync',
    ...onRequest,
  }),
  verb({
    usage: 'sync unstall <request>',
    description: 'release a stalled sync',
    operation: 'unstallSync',
    ...onRequest,
  }),
  verb({
    usage: 'roster <group>',
    description: 'list everyone who was ever on the roster of a group',
    operation: 'readRoster',
    call: async (group, _, { remote, world }) => ({ params: { group_id: await groupId(remote, world, group) } }),
    text: ({ members }) =>
      members.map(({ reference_id, state, member_id }) => columns(state, reference_id, member_id)).join('\n') ||
      'Nobody.',
  }),
  verb({
    usage: 'requests',
    description: 'list the requests to a world, oldest first; --json prints their bodies, too',
    operation: 'listRequests',
    options: () => [new Option('--operation <id>', 'only requests for this operation, such as submitMemberSync')],
    call: (_, { operation }) => (operation === undefined ? {} : { query: { operation: operation as string } }),
    text: ({ requests }) =>
      requests
        .map(({ number, operation, method, path, status, rows, rule }) =>
          columns(number, operation ?? `${method} ${path}`, status, rows === null ? null : `${rows} rows`, rule),
        )
        .join('\n') || 'No requests.',
  }),
  verb({
    usage: 'worlds',
    description: 'list the worlds',
    operation: 'listWorlds',
    text: ({ worlds, closed }) =>
      [...worlds.map(worldText), ...closed.map((name) => `World ${name}: closed`)].join('\n'),
  }),
  verb({
    usage: 'tenant add <tenant>',
    description: 'add a tenant, and print its keys',
    operation: 'addTenant',
    options: quotaOptions,
    call: (name, flags) => ({ body: withoutUndefined({ name, quotas: quotasFrom(flags) }) }),
    text: ({ tenant, ...keys }, _, { remote }) => `${tenantLine(tenant)}\n\n${keysText(keys, remote.url)}`,
  }),
  verb({
    usage: 'tenant list',
    description: 'list the tenants with what they have used',
    operation: 'listTenants',
    text: ({ tenants }) => tenants.map(tenantLine).join('\n') || 'No tenants.',
  }),
  verb({
    usage: 'tenant show <tenant>',
    description: 'show a tenant with its quotas and what it has used',
    operation: 'readTenant',
    ...onTenant,
  }),
  verb({
    usage: 'tenant keys <tenant>',
    description: 'print the keys of a tenant, which are new ones after a change of the secret',
    operation: 'issueTenantKeys',
    call: (tenant) => ({ params: { tenant } }),
    text: (keys, _, { remote }) => keysText(keys, remote.url),
  }),
  verb({
    usage: 'tenant quotas <tenant>',
    description: 'change quotas of a tenant',
    operation: 'changeTenant',
    options: quotaOptions,
    call: (tenant, flags) => ({ params: { tenant }, body: { quotas: quotasFrom(flags) ?? {} } }),
    text: tenantLine,
  }),
  verb({
    usage: 'tenant suspend <tenant>',
    description: 'refuse the requests of a tenant, and keep its worlds',
    operation: 'changeTenant',
    ...suspend(true),
  }),
  verb({
    usage: 'tenant resume <tenant>',
    description: 'answer the requests of a suspended tenant again',
    operation: 'changeTenant',
    ...suspend(false),
  }),
  verb({
    usage: 'tenant remove <tenant>',
    description: 'remove a tenant with its worlds; its name cannot be used again',
    operation: 'removeTenant',
    ...onTenant,
    text: ({ name, use }) => `Removed ${name} with its worlds: ${use.worlds}.`,
  }),
  verb({
    usage: 'health',
    description: 'tell whether the mock is ready',
    operation: 'readHealth',
    text: ({ version, worlds }) => `Ready: groups-mock ${version}, worlds: ${worlds}.`,
  }),
];

/** The commands of all verbs. */
export function verbCommands(): Command[] {
  const commands = new Map<string, Command>();
  for (const each of verbs) {
    const [first = '', ...rest] = each.usage.split(' ');
    const name = rest.find((word) => /^\w/.test(word));
    if (name === undefined) commands.set(first, verbCommand(first, each));
    else {
      const parent = commands.get(first) ?? new Command(first).description(parents[first] ?? '').exitOverride();
      commands.set(first, parent.addCommand(verbCommand(name, each)));
    }
  }
  return [...commands.values()];
}

const parents: Readonly<Record<string, string>> = {
  snapshot: 'save or load the content of a world',
  clock: 'show, freeze, advance or resume the time of a world',
  fault: 'add, list or remove the faults of a world',
  tenant: 'add, list, change, suspend or remove the tenants of a mock that runs with --tenants',
  sync: 'list, complete, stall or unstall the syncs of a world',
};

function verbCommand(name: string, { usage, description, options, ...each }: Verb<OperationId>) {
  const command = new Command(name).description(description);
  const [argument] = /[<[].*/.exec(usage) ?? [];
  if (argument !== undefined) command.addArgument((verbArguments[argument] as () => Argument)());
  for (const one of options?.() ?? []) command.addOption(one);
  for (const one of remoteOptions()) command.addOption(one);
  return command
    .addOption(option('--world <name>', 'world to act on').default('main'))
    .addOption(new Option('--json', 'print the answer as JSON'))
    .exitOverride()
    .action(async (...given: readonly unknown[]) => {
      const { url, controlToken, world, json: asJson, ...flags } = command.opts<VerbFlags>();
      const remote = { url, ...(controlToken !== undefined && { controlToken }) };
      const value = argument === undefined ? '' : String(given[0] ?? '');
      const { params, ...call } = (await each.call?.(value, flags, { remote, world })) ?? {};
      const answer = await callControl(remote, each.operation, { ...call, params: { world, ...params } });
      const text = await each.text(answer, value, { remote, world });
      console.log(asJson ? JSON.stringify(answer) : text);
    });
}

function refuseFile(error: Error): never {
  throw new RemoteError(error.message);
}

async function readSeedFile(file: string): Promise<unknown> {
  const { readSeed } = await import('./seed-file.ts');
  try {
    return readSeed(file);
  } catch (error) {
    return refuseFile(error as Error);
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch(refuseFile);
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuseFile(new Error(`${file}: ${(error as Error).message}`));
  }
}
