import { type Level, type Need, type RuleId, rules, type ShouldPartId } from '../../generated/rules.ts';
import type { CheckContext } from './context.ts';

/** Tests one aspect of a rule against a target. */
export interface Check<Id extends RuleId = RuleId, Part extends Level = Level> {
  readonly rule: Id;
  /** Which part of the rule is judged; breaking a should is a warning. */
  readonly level: Part;
  /** A fact that holds for a conformant service. */
  readonly title: string;
  /** What the check needs beyond one key; it is skipped if that is missing. */
  readonly needs: readonly Need[];
  /** Sends only requests that cannot change the target. */
  readonly readOnly: boolean;
  /** Must not run while other checks write. */
  readonly exclusive: boolean;
  /** Judges the whole run, so it runs last. */
  readonly audit: boolean;
  /** Throws CheckFailed if the target breaks the rule. */
  readonly run: (run: CheckContext) => Promise<void>;
}

/** How a check differs from the default: it writes, needs nothing more and runs beside others. */
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

/** What a check needs that a run was not given; undefined if nothing is missing. */
export function missingNeed(
  check: Check,
  given: { readonly otherKey: boolean; readonly heavy: boolean },
): Need | undefined {
  if (check.needs.includes('other-key') && !given.otherKey) return 'other-key';
  if (check.needs.includes('heavy') && !given.heavy) return 'heavy';
  return undefined;
}
