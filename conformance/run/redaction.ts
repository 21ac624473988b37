import { redactedFields } from '../observe/redaction.ts';
import { type Exchange, keyPlaceholders, redacted } from './exchange.ts';
import { copyOf } from './limits.ts';

const namesRedactedField = new RegExp(`"(${redactedFields.join('|')})"\\s*:`);
/** A shorter secret could be part of any word. */
const minSecretLength = 8;

/** How much of a body is kept as evidence. */
const maxCharacters = 100_000;

const credentialHeader = /^(authorization|cookie|set-cookie|x-api-key)$/i;

/**
 * Removes keys, values of the user's headers and personal fields from exchanges, part by part: each header, path segment, query
 * value and JSON string on its own, so that what was parsed before can be parsed after.
 */
export class Redaction {
  readonly #keys: readonly string[];
  readonly #hiddenHeaders: ReadonlySet<string>;
  #secrets: readonly string[] = [];

  /** `keys` are those of the organization to work in and of the second one; `headers` those that the user adds to every request. */
  constructor(keys: readonly string[], headers: Readonly<Record<string, string>> = {}) {
    this.#keys = keys;
    this.#hiddenHeaders = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
    for (const secret of [...keys, ...Object.values(headers)]) if (secret.length >= minSecretLength) this.add(secret);
  }

  /** Adds another secret: a key that was issued during the run. */
  add(secret: string): void {
    // The longest first, so that no part of a key that starts with another key remains.
    this.#secrets = [...this.#secrets, secret].sort((a, b) => b.length - a.length);
  }

  /** An exchange as evidence; `shorten` is applied to the body of the answer. */
  exchange({ request, response, ...rest }: Exchange, shorten = (body: string) => body): Exchange {
    return {
      ...rest,
      request: {
        method: request.method,
        url: this.url(request.url),
        headers: this.#headers(request.headers, this.#hiddenHeaders),
        // Request bodies are kept: their people are synthetic, and only a complete body can be sent again.
        body: request.body === null ? null : this.text(request.body),
        ...(request.bodyBase64 !== undefined && { bodyBase64: request.bodyBase64 }),
      },
      response: response && {
        status: response.status,
        headers: this.#headers(response.headers),
        body: shorten(this.#body(response.body)),
      },
    };
  }

  /** A text to be read by people, without the secrets. */
  text(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
  }

  /** A URL without the secrets in its path and query; its origin is no secret. */
  url(text: string): string {
    // Most URLs contain no secret, and parsing them is slow.
    if (!/[%+]/.test(text) && this.text(text) === text) return text;
    const url = new URL(text);
    const segments = url.pathname.split('/').map((segment) => {
      const decoded = decodedText(segment);
      const kept = this.text(decoded);
      return kept === decoded ? segment : encodeURIComponent(kept);
    });
    url.pathname = segments.join('/');
    for (const [name, value] of [...url.searchParams]) {
      const kept = this.text(value);
      if (kept !== value) url.searchParams.set(name, kept);
    }
    return url.href;
  }

  #headers(headers: Readonly<Record<string, string>>, hidden: ReadonlySet<string> = new Set()): Record<string, string> {
    const kept = (name: string, value: string): string => {
      if (credentialHeader.test(name)) return value.replace(/^(Bearer )?.*$/is, `$1${this.#nameOf(value)}`);
      return hidden.has(name.toLowerCase()) ? redacted : this.text(value);
    };
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, kept(name, value)]));
  }

  /** Which key a header holds. */
  #nameOf(header: string): string {
    const key = /^Bearer (.*)$/is.exec(header)?.[1];
    if (key === undefined || key === this.#keys[0]) return keyPlaceholders.own.kept;
    return (key === this.#keys[1] ? keyPlaceholders.other : keyPlaceholders.unknown).kept;
  }

  #body(text: string): string {
    const kept = this.#wholeBody(text);
    return kept.length > maxCharacters
      ? `${copyOf(kept, maxCharacters)} […cut: the first ${maxCharacters} of ${kept.length} characters]`
      : kept;
  }

  #wholeBody(text: string): string {
    // Most bodies contain no secret, and parsing them is slow.
    if (!namesRedactedField.test(text) && !text.includes('\\') && this.text(text) === text) return text;
    try {
      const value: unknown = JSON.parse(text);
      const json = JSON.stringify(this.#value('', value));
      // A body without secrets is kept byte for byte.
      return json === JSON.stringify(value) ? text : json;
    } catch {
      return namesRedactedField.test(text) ? redacted : this.text(text);
    }
  }

  #value(name: string, value: unknown): unknown {
    if (redactedFields.includes(name)) return redacted;
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#value('', item));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [this.text(key), this.#value(key, one)]));
  }
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
