import { Argument, InvalidArgumentError, Option } from 'commander';
import { scenarios } from '../generated/scenarios.ts';
import { milliseconds, settings, wholeNumber } from './options.ts';

/** Arguments by name. */
export const verbArguments: Readonly<Record<string, () => Argument>> = {
  '<seed-file>': () => new Argument('<file>', 'seed in YAML or JSON'),
  '<file>': () => new Argument('<file>', 'snapshot in JSON; - for standard input or output'),
  '<scenario>': () => new Argument('<name>', 'scenario').choices(Object.keys(scenarios)),
  '[instant]': () => new Argument('[instant]', 'RFC 3339, such as 2026-01-31T09:00:00Z (default: now)'),
  '<duration>': () =>
    new Argument('<duration>', 'such as 500ms, 90s, 15m, 2h or 30d').argParser((text) => String(milliseconds(text))),
  '<fault>': () => new Argument('<fault>', 'id of the fault'),
  '<request>': () => new Argument('<request>', 'id of the sync request'),
  '<tenant>': () => new Argument('<name>', 'name of the tenant, such as acme-payroll'),
  '<group>': () => new Argument('<group>', 'id of the group'),
};

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headers(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value = ''] = /^([^:]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Expected a header such as "X-Request-Id: 7".');
  return { ...before, [name]: value };
}

const isShare = (text: string): number => {
  const value = Number(text);
  if (text === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.');
  return value;
};

const anyNumber = wholeNumber(Number.MAX_SAFE_INTEGER);

/** The option of each field of a fault. */
export const faultOptions = (): Option[] => [
  new Option('--status <n>', 'answer with this status and an error body').argParser(wholeNumber(599)),
  new Option('--app-error-code <code>', 'app_error_code of that body'),
  new Option('--body <json>', 'body instead of it; what is not JSON is sent as text').argParser(json),
  new Option('--headers <name:value>', 'header of the answer; can be repeated').argParser(headers),
  new Option('--retry-after <seconds>', 'header Retry-After of the answer').argParser(anyNumber),
  new Option('--latency-ms <ms>', 'answer later').argParser(anyNumber),
  new Option('--cut <where>', 'close the connection before the answer, or in its body').choices(['connection', 'body']),
  new Option('--applied', 'let the request take effect although its answer is lost'),
  new Option('--operations <id...>', 'only these operations, such as submitMemberSync').argParser(settings),
  new Option('--times <n>', 'how often (default: no limit)').argParser(anyNumber),
  new Option('--probability <share>', 'share of the matching requests, from 0 to 1').argParser(isShare),
  new Option('--seed <n>', 'determines which of them, in every world the same').argParser(anyNumber),
];

export const quotaOptions = (): Option[] => [
  new Option('--worlds <n>', 'worlds at the same time').argParser(anyNumber),
  new Option('--groups <n>', 'groups in one world').argParser(anyNumber),
  new Option('--rows <n>', 'rows of one roster').argParser(anyNumber),
  new Option('--requests-per-minute <n>', 'requests in all worlds together').argParser(anyNumber),
];

export const settingsOptions = (): Option[] => [
  new Option('--quirk <name=value...>', 'behavior for an open question of the contract').argParser(settings),
  new Option('--sync-delay <ms>', 'time until a sync completes, in milliseconds').argParser(wholeNumber(86_400_000)),
  new Option('--sync-polls <n>', 'complete a sync after this number of retrievals').argParser(wholeNumber(1_000_000)),
  new Option('--sync-manual', 'complete a sync only on request'),
];
