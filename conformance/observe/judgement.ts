import type { RulePart } from '../rule-parts.ts';
import { showValue } from '../show-value.ts';

/** What one exchange says of one part of a rule. */
export interface Judgement {
  readonly part: RulePart;
  /** Absent if the rule held. */
  readonly breach?: { readonly expected: string; readonly received: string; readonly where: string };
  /** What must not have been written during the exchange, or the judgement is dropped: a group id, or a key for its lists. */
  readonly quiet?: string;
}

export { showValue as shown };

/** The part holds if the condition does. */
export function judge(
  part: RulePart,
  holds: boolean,
  where: string,
  expected: string,
  received: unknown,
  quiet?: string,
): Judgement {
  return {
    part,
    ...(!holds && {
      breach: { where, expected, received: typeof received === 'string' ? received : showValue(received) },
    }),
    ...(quiet !== undefined && { quiet }),
  };
}
