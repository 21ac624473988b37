import type { Level, Need, RuleId } from '../../generated/rules.ts';
import type { Exchange } from './exchange.ts';

/** The outcome of a check or a rule. `warn`: a should is broken. `error`: the kit or the network failed. */
export type Outcome = 'pass' | 'fail' | 'warn' | 'skipped' | 'error';

/** Why something was not judged. */
export type SkipReason =
  | { readonly because: 'need'; readonly need: Need }
  /** The target reads an open question in a way that leaves nothing to judge. */
  | { readonly because: 'reading'; readonly message: string }
  /** Something that the check builds on does not work, so `rule` fails with this exchange; null if no rule is broken. */
  | {
      readonly because: 'unmet';
      readonly message: string;
      readonly rule: RuleId | null;
      readonly exchange?: Exchange | undefined;
    }
  /** The run ended early: it was interrupted or reached a limit. */
  | { readonly because: 'stopped'; readonly message: string };

/** The result of one check. */
export interface CheckRecord {
  readonly rule: RuleId;
  readonly level: Level;
  readonly title: string;
  readonly outcome: Outcome;
  /** Of a fail, warn or error: what was expected and what came. */
  readonly message?: string;
  readonly expected?: string;
  readonly received?: string;
  readonly skip?: SkipReason;
  readonly milliseconds: number;
  readonly exchanges: readonly Exchange[];
  /** Of a fail, warn or error: the exchange that shows it. */
  readonly failedOn?: Exchange | undefined;
}
