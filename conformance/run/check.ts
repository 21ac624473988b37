import { type Level, type Need, type RuleId, rules, type ShouldPartId } from '../../generated/rules.ts';
import type { CheckContext } from './context.ts';

/** One way to find out whether a target keeps a rule. */
export interface Check<Id extends RuleId = RuleId, Part extends Level = Level> {
  readonly rule: Id;
  /** Which part of the rule is judged; breaking a should is a warning. */
  readonly level: Part;
  /** What is looked at, as a fact that holds. */
  readonly title: string;
  /** What the target must give, beyond one key: without it the check is skipped. */
  readonly needs: readonly Need[];
  /** Sends nothing that could change the target. */
  readonly readOnly: boolean;
  /** Cannot bear that other checks write meanwhile. */
  readonly exclusive: boolean;
  /** Looks back on the whole run, so that it comes last. */
  readonly audit: boolean;
  /** Throws CheckFailed if the target breaks the rule. */
  readonly run: (run: CheckContext) => Promise<void>;
}

/** How a check differs from the usual: one that writes, needs nothing and can go on beside others. */
export interface Traits {
  readonly needs?: readonly Need[];
  readonly readOnly?: true;
  readonly exclusive?: true;
  readonly audit?: true;
}

/** The level of a rule as a whole. */
type LevelOf<Id extends RuleId> = (typeof rules)[Id]['level'];

/** Binds a check to a rule of the catalogue; an id that the catalogue does not have does not compile. */
export function rule<Id extends RuleId>(
  id: Id,
  title: string,
  run: Check['run'],
  traits: Traits = {},
): Check<Id, LevelOf<Id>> {
  return check(id, rules[id].level, title, run, traits);
}

/** Binds a check to the should part of a must rule. */
export function should<Id extends ShouldPartId>(
  id: Id,
  title: string,
  run: Check['run'],
  traits: Traits = {},
): Check<Id, 'should'> {
  return check(id, 'should', title, run, traits);
}

function check<Id extends RuleId, Part extends Level>(
  id: Id,
  level: Part,
  title: string,
  run: Check['run'],
  traits: Traits,
): Check<Id, Part> {
  return {
    rule: id,
    level,
    title,
    needs: [...new Set([...rules[id].needs, ...(traits.needs ?? [])])],
    readOnly: traits.readOnly ?? false,
    exclusive: traits.exclusive ?? false,
    audit: traits.audit ?? false,
    run,
  };
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
