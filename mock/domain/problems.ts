import type { RuleId } from '../../generated/rules.ts';

/**
 * Why a request is refused, in the domain's words; `api/` turns it into a status. The status of `invalid`, a body that
 * breaks its schema, is an open question (§8.8); that of `malformed` is not.
 */
export type ProblemKind =
  | 'unauthorized'
  | 'forbidden'
  | 'malformed'
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'method-not-allowed';

/** A refusal: what was expected, what came, where; and the rule that says so. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  /** A code for programs to read: the contract's `app_error_code`. */
  readonly code: string;
  readonly rule: RuleId | undefined;

  constructor(kind: ProblemKind, code: string, message: string, rule?: RuleId) {
    super(message);
    this.name = 'Problem';
    this.kind = kind;
    this.code = code;
    this.rule = rule;
  }
}

/** A value as a message shows it: JSON, cut if it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
