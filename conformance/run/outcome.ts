import type { Level, Need, RuleId } from '../../generated/rules.ts';
import type { Exchange } from './exchange.ts';

/** How a check, or a rule, came out. `warn` is a should that is not kept; `error` is the kit's or the network's fault. */
export type Outcome = 'pass' | 'fail' | 'warn' | 'skipped' | 'error';

/** Why something was not judged. */
export type SkipReason =
  | { readonly because: 'need'; readonly need: Need }
  /** The target follows a legal reading under which there is nothing to judge. */
  | { readonly because: 'reading'; readonly message: string }
  /** Something that the check builds on does not work: the rule that is named fails with this exchange; null if no rule is broken. */
  | {
      readonly because: 'unmet';
      readonly message: string;
      readonly rule: RuleId | null;
      readonly exchange?: Exchange | undefined;
    }
  /** The run ended before: it was interrupted, or came to one of its own limits. */
  | { readonly because: 'stopped'; readonly message: string };

/** What became of one check. */
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
