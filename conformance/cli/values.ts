import { InvalidArgumentError } from 'commander';
import { type ReportFormat, reportFormats } from '../report/reports.ts';
import { isArea, isRule } from '../rules/names.ts';
import { UsageError } from '../usage-error.ts';

/** Parsers of option values; each throws an error that says what was expected. */

/** The base URL, without a slash at the end. */
export const baseUrl = (text: string): string => address(text, '--base-url (GROUPS_BASE_URL)');

/** The address of the service behind the proxy. */
export const targetUrl = (text: string): string => address(text, '--target');

function address(text: string, option: string): string {
  const url = URL.parse(text);
  // The line of a UsageError does not repeat the value, which may hold a password or a line break.
  const refuse = (why: string): never => {
    throw new UsageError(`${option}: ${why}`);
  };
  if (/[\r\n]/.test(text))
    refuse('expected an address without line breaks; was it read from a file with Windows line endings (CR)?');
  if (/\s/.test(text)) refuse(`expected an address without blanks, got ${JSON.stringify(text)}`);
  if (url?.username || url?.password)
    refuse('expected an address without user and password; the API takes only a key (--api-key)');
  if (!/^https?:\/\//i.test(text) || url === null)
    refuse(`expected an http or https address such as http://127.0.0.1:4010, got ${JSON.stringify(text)}`);
  if (/[?#]/.test(text)) refuse(`expected an address without ? and #, got ${JSON.stringify(text)}`);
  const base = text.replace(/\/+$/, '');
  const version = /\/v\d+(\/groups|\/plans)?$/i.exec(base)?.[0];
  if (version !== undefined)
    refuse(
      `expected the address without ${version}, because the suite adds the paths: ${base.slice(0, -version.length)}`,
    );
  return base;
}

export function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('Expected a number of seconds, at most 3600.');
  return value * 1000;
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value > 0)) throw new InvalidArgumentError('Expected a whole number above 0.');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

const words = (text: string): string[] => text.split(',').map((word) => word.trim());

export function rulesAndAreas(text: string, chosen: readonly string[] = []): readonly string[] {
  const names = words(text.toUpperCase());
  if (!names.every((name) => isRule(name) || isArea(name)))
    throw new InvalidArgumentError('Expected a rule such as LIFE-3, or an area such as SYNC; --list names them.');
  return [...chosen, ...names];
}

export function ruleIds(text: string, chosen: readonly string[] = []): readonly string[] {
  const names = words(text.toUpperCase());
  if (!names.every(isRule)) throw new InvalidArgumentError('Expected a rule such as LIFE-3; --list names them.');
  return [...chosen, ...names];
}

/** Why a header cannot be sent with every request, by its name in lower case. */
const refusedHeaders: Readonly<Record<string, string>> = {
  authorization:
    'Authorization carries the API key; if a gateway needs credentials, use another header that it accepts, such as Proxy-Authorization or X-Api-Key, or --client-cert',
  'content-type': 'the suite sets Content-Type itself, because rules are about it',
  ...Object.fromEntries(
    ['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'].map((name) => [
      name,
      `${name} is about the connection, which the suite manages itself`,
    ]),
  ),
};

/** Adds a header line to those that were given before. The errors do not repeat the value, which may be a secret. */
export function header(text: string, chosen: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] =
    /^([\w!#$%&'*+.^`|~-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])[\t ]*$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new UsageError('--header: expected "Name: value" in one line, with characters of ISO 8859-1');
  const key = name.toLowerCase();
  if (refusedHeaders[key] !== undefined) throw new UsageError(`--header: ${refusedHeaders[key]}`);
  if (chosen[key] !== undefined) throw new UsageError(`--header: ${name} is given twice`);
  return { ...chosen, [key]: value };
}

export function reports(text: string, chosen: readonly ReportFormat[] = []): readonly ReportFormat[] {
  const names = words(text.toLowerCase());
  if (!names.every((name): name is ReportFormat => (reportFormats as readonly string[]).includes(name)))
    throw new InvalidArgumentError(`Expected one or more of ${reportFormats.join(', ')}.`);
  return [...chosen, ...names];
}

export const isSet = (value: string | undefined): boolean => /^(1|true|yes|on)$/i.test(value ?? '');
