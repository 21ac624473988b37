import { type Level, type RuleId, rules } from '../../generated/rules.ts';
import { type JudgedContract, ownContract } from '../contract/judged-contract.ts';
import type { CheckRecord, Outcome, SkipReason } from '../run/outcome.ts';

/** What became of one part of a rule, from all its checks. */
export interface RuleRecord {
  readonly id: RuleId;
  readonly level: Level;
  readonly statement: string;
  readonly outcome: Outcome;
  /** Why it was not judged, or of a rule that passed, which part of it was not. */
  readonly skips: readonly SkipReason[];
  readonly checks: readonly CheckRecord[];
}

/** Worst first: a rule is as its worst check, and skipped only where none of its checks was judged. */
const precedence: readonly Outcome[] = ['fail', 'warn', 'error', 'pass', 'skipped'];

/** The outcome of a rule part with these checks; undefined where it has none. */
export const worst = (checks: readonly { readonly outcome: Outcome }[]): Outcome | undefined =>
  precedence.find((candidate) => checks.some(({ outcome }) => outcome === candidate));

/** The rules that checks were run for, in the order of the catalogue; must and should parts are separate. */
export function ruleRecords(checks: readonly CheckRecord[], contract = ownContract): RuleRecord[] {
  const order = Object.keys(rules) as RuleId[];
  return order.flatMap((id) =>
    (['must', 'should'] as const).flatMap((level) => {
      const own = checks.filter((check) => check.rule === id && check.level === level);
      const outcome = worst(own);
      if (outcome === undefined) return [];
      const skips = own.flatMap((check) => (check.skip ? [check.skip] : []));
      return [{ id, level, statement: statementOf(id, level, contract), outcome, skips, checks: own }];
    }),
  );
}

/** What a part of a rule says in a contract. */
export function statementOf(id: RuleId, level: Level, contract: JudgedContract = ownContract): string {
  const rule = contract.rules[id] ?? rules[id];
  return level !== rule.level && 'should' in rule ? rule.should : rule.statement;
}
