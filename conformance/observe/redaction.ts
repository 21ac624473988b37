import { isRecord } from './exchange.ts';

const placeholder = '[redacted]';

/** Lengths are bounded, because otherwise a long text without an address would take quadratic time. */
const address = /[^\s"'<>@]{1,64}@[^\s"'<>@]{1,255}\.[a-z]{2,}/gi;

/** Removes keys, e-mail addresses and numbers that could be phones from a text. */
export const redactedText = (text: string): string =>
  text
    .replaceAll(/\bvit_(apk|at)_[\w.-]+/g, '[key]')
    .replaceAll(address, '[e-mail]')
    .replaceAll(/(?<![\w-])(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}(?![\w-])/g, '[number]');

/** Fields whose values are removed from evidence and recordings: personal data and keys. */
export const redactedFields = ['access_token', 'first_name', 'last_name', 'date_of_birth', 'email', 'phone', 'address'];
/** The fields of a member that are kept. */
const keptMemberFields = ['id', 'status'];

/** A JSON body without personal fields and keys; a body that is not JSON is removed entirely. */
export function redactedBody(text: string, path: string): string {
  if (text === '') return '';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return placeholder;
  }
  const isAccount = /^\/v[12]\/members(\/|$)/.test(path);
  const plain = (value: unknown, field = ''): unknown => {
    if (redactedFields.includes(field)) return placeholder;
    if (typeof value === 'string') return redactedText(value);
    if (Array.isArray(value)) return value.map((one) => plain(one));
    if (!isRecord(value)) return value;
    const isPerson = isAccount && 'first_name' in value;
    const kept = ([name, inner]: [string, unknown]) => [
      name,
      isPerson && !keptMemberFields.includes(name) ? placeholder : plain(inner, name),
    ];
    return Object.fromEntries(Object.entries(value).map(kept));
  };
  return JSON.stringify(plain(json));
}

/** A query without the text that was searched for, which may name a person. */
export const redactedQuery = (query: string): string =>
  redactedText(query.replaceAll(/([?&]search=)[^&]*/g, `$1${encodeURIComponent(placeholder)}`));

/** Headers that hold no secret; the values of all others are removed. */
const plainHeader =
  /^(accept(-.*)?|age|allow|cache-control|content-(encoding|language|length|type)|date|etag|expect|location|prefer|retry-after|server|transfer-encoding|user-agent|vary|x-ratelimit-.*|x-mock-(rule|hint))$/;

/** Headers without secrets; `key` is the label of the key that was sent. */
export const redactedHeaders = (
  headers: Readonly<Record<string, string>>,
  key?: string | null,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (name === 'authorization' && key) return [name, `Bearer [redacted: ${key}]`];
      return [name, plainHeader.test(name) ? redactedText(value) : placeholder];
    }),
  );
