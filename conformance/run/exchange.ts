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
    /** The bytes of a body that is not UTF-8. */
    readonly bodyBase64?: string;
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
