import type { OperationId } from '../../generated/operations.ts';
import { copyOf } from './limits.ts';

/** One request and its answer, as evidence: redacted when it was recorded. */
export interface Exchange {
  readonly operation: OperationId | null;
  /** RFC 3339 timestamp of the request. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
}

/** Fields whose values are not kept: personal ones, and keys. */
const redactedFields = ['first_name', 'last_name', 'date_of_birth', 'email', 'phone', 'address', 'access_token'];
const placeholder = '[redacted]';

/** What stands in an exchange for the key that was sent, and for that in a `curl` line. */
const keys = {
  own: { kept: placeholder, sent: '$GROUPS_API_KEY' },
  other: { kept: '[redacted: key of the second organization]', sent: '$GROUPS_OTHER_API_KEY' },
  unknown: { kept: '[redacted: unknown key]', sent: 'an-unknown-key' },
} as const;

/** What an evidence keeps of one body. */
const maxCharacters = 100_000;

/** Takes out of exchanges, when they are recorded, what must not be kept: keys and personal fields. */
export class Redaction {
  #secrets: readonly string[];
  readonly #keys: readonly string[];

  /** `keys` are those of the organization to work in and of the second one. */
  constructor(keys: readonly string[], others: readonly string[] = []) {
    this.#keys = keys;
    const secrets = [...keys, ...others];
    // What is shorter could be any word of a body. The longest first, so that a key that begins like another one leaves no rest.
    this.#secrets = secrets.filter((secret) => secret.length >= 8).sort((a, b) => b.length - a.length);
  }

  /** Takes another text out from now on: a key that was issued during the run. */
  add(secret: string): void {
    this.#secrets = [secret, ...this.#secrets].sort((a, b) => b.length - a.length);
  }

  /** A text without the secrets. */
  text(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, placeholder), text);
  }

  /** A JSON text without the values of personal fields; other texts as they are. What is very long is cut. */
  body(text: string): string {
    const kept = this.text(withoutPersonalFields(text));
    return kept.length > maxCharacters
      ? `${copyOf(kept, maxCharacters)} […cut: the first ${maxCharacters} of ${kept.length} characters]`
      : kept;
  }

  /** Which key a header holds. */
  #nameOf(header: string): string {
    const key = /^Bearer (.*)$/i.exec(header)?.[1];
    if (key === undefined || key === this.#keys[0]) return keys.own.kept;
    return (key === this.#keys[1] ? keys.other : keys.unknown).kept;
  }

  /** Headers without the key. */
  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    const secret = /^(authorization|cookie|set-cookie|x-api-key)$/i;
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        secret.test(name) ? value.replace(/^(Bearer )?.*$/i, `$1${this.#nameOf(value)}`) : this.text(value),
      ]),
    );
  }
}

const personalField = new RegExp(`"(${redactedFields.join('|')})"\\s*:`);

function withoutPersonalFields(text: string): string {
  if (!personalField.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text, (key, value) => (redactedFields.includes(key) ? placeholder : value)));
  } catch {
    // Not JSON, yet it speaks of personal fields: nothing of it is kept.
    return placeholder;
  }
}

const maxArgument = 2000;

/** A `curl` line that repeats the request; keys come from the environment, and a long body from the evidence. */
export function curl({ request }: Exchange): string {
  const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const key = Object.values(keys).find(({ kept }) => value.endsWith(kept));
    return /^authorization$/i.test(name) && key !== undefined
      ? `-H "Authorization: Bearer ${key.sent}"`
      : `-H ${quote(`${name}: ${value}`)}`;
  });
  const method = request.method === 'GET' ? [] : [`-X ${request.method}`];
  const isLong = (request.body?.length ?? 0) > maxArgument;
  const body = request.body === null ? [] : [isLong ? '-d @body.json' : `-d ${quote(request.body)}`];
  return ['curl -i', ...method, quote(request.url), ...headers, ...body].join(' ');
}
