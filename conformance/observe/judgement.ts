import type { RulePart } from '../rule-parts.ts';
import { showValue } from '../show-value.ts';

/** Whether one exchange keeps or breaks one part of a rule. */
export interface Judgement {
  readonly part: RulePart;
  /** Absent if the rule holds. */
  readonly breach?: { readonly expected: string; readonly received: string; readonly where: string };
  /** A group id, or a key for its lists: the judgement is dropped if that was written during the exchange. */
  readonly quiet?: string;
}

export { showValue as shown };

/** A judgement: the part is broken unless `holds`. */
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
