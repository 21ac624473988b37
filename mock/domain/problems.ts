import type { RuleId } from '../../generated/rules.ts';

/**
 * Why a request is refused; `http/` maps it to a status. `invalid`, a body that breaks its schema, may be a 400 or a
 * 422 (§8.8); `malformed` is always a 400.
 */
export type ProblemKind =
  | 'unauthorized'
  | 'forbidden'
  | 'malformed'
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'rate-limited'
  | 'unavailable'
  | 'method-not-allowed';

/** A refusal: what was expected, what was received, where, and the rule that requires it. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  /** The contract's `app_error_code`. */
  readonly code: string;
  readonly rule: RuleId | undefined;
  /** Seconds after which to try again. */
  readonly retryAfter: number | undefined;

  constructor(kind: ProblemKind, code: string, message: string, rule?: RuleId, retryAfter?: number) {
    super(message);
    this.name = 'Problem';
    this.kind = kind;
    this.code = code;
    this.rule = rule;
    this.retryAfter = retryAfter;
  }
}

/** A value as error messages show it: JSON, cut to 60 characters. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
