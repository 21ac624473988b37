import { type Level, type RuleId, rules } from '../../generated/rules.ts';
import { type JudgedContract, ownContract } from '../contract/judged-contract.ts';
import type { Findings, PartFinding } from '../observe/observer.ts';
import type { CheckRecord, Outcome, SkipReason } from '../run/outcome.ts';
import { partUnder } from '../run/run-observer.ts';

/** The outcome of one part of a rule, from all its checks and every exchange of the run. */
export interface RuleRecord {
  readonly id: RuleId;
  readonly level: Level;
  readonly statement: string;
  readonly outcome: Outcome;
  /** Why checks of the part were skipped; a part can pass although some were. */
  readonly skips: readonly SkipReason[];
  readonly checks: readonly CheckRecord[];
  /** How often exchanges of the run kept the part and broke it, regardless of what checks looked at. */
  readonly observed: { readonly held: number; readonly broken: number };
}

/** Worst first: a rule has the outcome of its worst check, and is skipped only if all its checks were skipped. */
const precedence: readonly Outcome[] = ['fail', 'warn', 'error', 'pass', 'skipped'];

/** The outcome of a rule part with these checks; undefined if it has none. */
export const worst = (checks: readonly { readonly outcome: Outcome }[]): Outcome | undefined =>
  precedence.find((candidate) => checks.some(({ outcome }) => outcome === candidate));

/** The rules that have checks, in the order of the catalogue; must and should parts are separate. */
export function ruleRecords(
  checks: readonly CheckRecord[],
  contract = ownContract,
  findings?: Findings | undefined,
): RuleRecord[] {
  const order = Object.keys(rules) as RuleId[];
  const observed = (id: RuleId, level: Level) => {
    const of = findings?.parts.filter(({ part }) => {
      const judged = partUnder(part, contract);
      return judged?.rule === id && judged.level === level;
    });
    return { held: sum(of, 'held'), broken: sum(of, 'broken') };
  };
  return order.flatMap((id) =>
    (['must', 'should'] as const).flatMap((level) => {
      const own = checks.filter((check) => check.rule === id && check.level === level);
      const outcome = worst(own);
      if (outcome === undefined) return [];
      const skips = own.flatMap((check) => (check.skip ? [check.skip] : []));
      const statement = statementOf(id, level, contract);
      return [{ id, level, statement, outcome, skips, checks: own, observed: observed(id, level) }];
    }),
  );
}

const sum = (parts: readonly PartFinding[] | undefined, count: 'held' | 'broken'): number =>
  parts?.reduce((total, part) => total + part[count], 0) ?? 0;

/** The statement of a part of a rule in a contract. */
export function statementOf(id: RuleId, level: Level, contract: JudgedContract = ownContract): string {
  const rule = contract.rules[id] ?? rules[id];
  return level !== rule.level && 'should' in rule ? rule.should : rule.statement;
}
