import type { OperationId } from '../../generated/operations.ts';

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

const personalFields = ['first_name', 'last_name', 'date_of_birth', 'email', 'phone', 'address'];
const placeholder = '[redacted]';

/** A JSON text without the values of personal fields; other texts as they are. */
export function redactedBody(text: string): string {
  const pattern = new RegExp(`"(${personalFields.join('|')})"\\s*:`);
  if (!pattern.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text, (key, value) => (personalFields.includes(key) ? placeholder : value)));
  } catch {
    // Not JSON, yet it speaks of personal fields: nothing of it is kept.
    return placeholder;
  }
}

/** Headers without the key. */
export function redactedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const secret = /^(authorization|cookie|set-cookie|x-api-key)$/i;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secret.test(name) ? value.replace(/^(Bearer )?.*$/i, `$1${placeholder}`) : value,
    ]),
  );
}

/** A `curl` line that repeats the request; the key comes from the environment. */
export function curl({ request }: Exchange): string {
  const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const headers = Object.entries(request.headers).map(([name, value]) =>
    /^authorization$/i.test(name) && value.includes(placeholder)
      ? '-H "Authorization: Bearer $GROUPS_API_KEY"'
      : `-H ${quote(`${name}: ${value}`)}`,
  );
  const method = request.method === 'GET' ? [] : [`-X ${request.method}`];
  const body = request.body === null ? [] : [`-d ${quote(request.body)}`];
  return ['curl -i', ...method, quote(request.url), ...headers, ...body].join(' ');
}
