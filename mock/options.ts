import { InvalidArgumentError, Option } from 'commander';
import { defaultPort } from './index.ts';

/** An option with an environment variable: `--sync-delay` can be set with GROUPS_MOCK_SYNC_DELAY. */
export function option(flags: string, description: string): Option {
  const created = new Option(flags, description);
  return created.env(`GROUPS_MOCK_${created.name().replaceAll('-', '_').toUpperCase()}`);
}

export const wholeNumber = (max: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new InvalidArgumentError(`Expected a whole number from 0 to ${max}.`);
  return value;
};

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration in milliseconds. */
export function milliseconds(text: string): number {
  const [, count, unit = 'ms'] = /^(\d{1,13})(ms|s|m|h|d)?$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Expected a duration such as 500ms, 90s, 15m, 2h or 30d.');
  return Number(count) * (units[unit] as number);
}

/** Several settings in one variable are separated by commas or spaces. */
export const settings = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...text.split(/[\s,]+/).filter(Boolean),
];

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError(`Expected an address such as http://127.0.0.1:${defaultPort}.`);
  return text.replace(/\/+$/, '');
}

/** The options of every command that calls a running mock. */
export const remoteOptions = (): Option[] => [
  option('--url <url>', 'address of the mock (default: that of --port and --host)').argParser(webAddress),
  option('--control-token <token>', 'token that the mock was started with, if it does not run on this machine'),
];

/** The address at which this machine reaches a mock that listens on a host and port. */
export function addressOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
