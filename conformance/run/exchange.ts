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

/** What stands for a text that must not be kept. */
export const redacted = '[redacted]';

/** What stands in an exchange for the key that was sent, and for that in a `curl` line. */
export const keyPlaceholders = {
  own: { kept: redacted, sent: '$GROUPS_API_KEY' },
  other: { kept: '[redacted: key of the second organization]', sent: '$GROUPS_OTHER_API_KEY' },
  unknown: { kept: '[redacted: unknown key]', sent: 'an-unknown-key' },
} as const;

const maxArgument = 2000;

/** A `curl` line that repeats the request; keys come from the environment, and a long body from the evidence. */
export function curl({ request }: Exchange): string {
  const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const key = Object.values(keyPlaceholders).find(({ kept }) => value.endsWith(kept));
    return /^authorization$/i.test(name) && key !== undefined
      ? `-H "Authorization: Bearer ${key.sent}"`
      : `-H ${quote(`${name}: ${value}`)}`;
  });
  const method = request.method === 'GET' ? [] : [`-X ${request.method}`];
  const isLong = (request.body?.length ?? 0) > maxArgument;
  const body = request.body === null ? [] : [isLong ? '-d @body.json' : `-d ${quote(request.body)}`];
  return ['curl -i', ...method, quote(request.url), ...headers, ...body].join(' ');
}
