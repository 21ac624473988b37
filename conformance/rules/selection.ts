import type { Need, RuleId } from '../../generated/rules.ts';
import { type JudgedContract, levelUnder, ownContract } from '../contract/judged-contract.ts';
import type { Check } from '../run/check.ts';
import type { Profile } from '../verdict/verdict.ts';
import { checks } from './checks.ts';

/** `LIFE` of `LIFE-3`. */
export const areaOf = (rule: string): string => rule.replace(/-\d+$/, '');

/** Whether a name is that of a rule, such as LIFE-3. */
export const isRule = (name: string): name is RuleId => checks.some(({ rule }) => rule === name);

/** Whether a name is that of an area of rules, such as LIFE. */
export const isArea = (name: string): boolean => checks.some(({ rule }) => areaOf(rule) === name);

/** The checks that a profile, a choice of rules and areas, and the contract to judge by leave, each at the level that it has there. */
export function select(
  profile: Profile,
  only: readonly string[] | undefined,
  contract: JudgedContract = ownContract,
): Check[] {
  const wanted = ({ rule }: Check) => only === undefined || only.includes(rule) || only.includes(areaOf(rule));
  return checks.flatMap((check) => {
    const level = levelUnder(contract, check.rule, check.level);
    return level !== undefined && wanted(check) && (profile !== 'read-only' || check.readOnly)
      ? [{ ...check, level }]
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
