import type { Level, Need, RuleId } from '../generated/rules.ts';
import { checks } from './checks.ts';
import { type JudgedContract, levelUnder, ownContract } from './contract.ts';
import type { Check } from './rule.ts';
import type { Profile } from './verdict.ts';

/** `LIFE` of `LIFE-3`. */
export const areaOf = (rule: string): string => rule.replace(/-\d+$/, '');

/** Whether a name is that of a rule, such as LIFE-3. */
export const isRule = (name: string): name is RuleId => checks.some(({ rule }) => rule === name);

/** Whether a name is that of an area of rules, such as LIFE. */
export const isArea = (name: string): boolean => checks.some(({ rule }) => areaOf(rule) === name);

/** A check by its index in `checks`, and the level at which it counts. Plain data: it travels into the test runner. */
export interface Selected {
  readonly index: number;
  readonly level: Level;
}

export const checkOf = ({ index, level }: Selected): Check => ({ ...(checks[index] as Check), level });

/** The checks that a profile, a choice of rules and areas, and the contract to judge by leave. */
export function select(
  profile: Profile,
  only: readonly string[] | undefined,
  contract: JudgedContract = ownContract,
): Selected[] {
  const wanted = ({ rule }: Check) => only === undefined || only.includes(rule) || only.includes(areaOf(rule));
  return checks.flatMap((check, index) => {
    const level = levelUnder(contract, check.rule, check.level);
    return level !== undefined && wanted(check) && (profile !== 'read-only' || check.readOnly)
      ? [{ index, level }]
      : [];
  });
}

/** What a check needs that a run was not given; undefined where it can be judged. */
export function missingNeed(
  check: Check,
  given: { readonly otherKey: boolean; readonly heavy: boolean },
): Need | undefined {
  if (check.needs.includes('other-key') && !given.otherKey) return 'other-key';
  if (check.needs.includes('heavy') && !given.heavy) return 'heavy';
  return undefined;
}
