import { type JudgedContract, levelUnder, ownContract } from '../contract/judged-contract.ts';
import type { Check } from '../run/check.ts';
import { checks } from './checks.ts';
import { areaOf, type Profile } from './names.ts';

/** Selects checks by profile, rules and areas, and the contract to judge by, each with its level in that contract. */
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
