import { type Level, type RuleId, rules } from '../../generated/rules.ts';
import { traffic } from '../../generated/traffic.ts';
import type { JudgedContract } from '../contract/judged-contract.ts';
import { nameOf, needText, sourceOf } from '../report/wording.ts';
import { checks } from '../rules/checks.ts';
import type { Profile } from '../rules/names.ts';
import { areaOf } from '../rules/names.ts';
import { select } from '../rules/selection.ts';
import type { Check } from '../run/check.ts';
import { missingNeed } from '../run/check.ts';
import { statementOf } from '../verdict/rule-record.ts';

interface Part {
  readonly id: RuleId;
  readonly level: Level;
  readonly checks: readonly Check[];
}

/** What a run is limited to. */
interface Choice {
  readonly only?: readonly string[] | undefined;
  readonly contract?: JudgedContract | undefined;
}

/** The rule parts of some checks, in the order of the catalogue. */
function partsOf(chosen: readonly Check[]): Part[] {
  return (Object.keys(rules) as RuleId[]).flatMap((id) =>
    (['must', 'should'] as const).flatMap((level) => {
      const own = chosen.filter((check) => check.rule === id && check.level === level);
      return own.length === 0 ? [] : [{ id, level, checks: own }];
    }),
  );
}

const chosenChecks = (profile: Profile, { only, contract }: Choice): Check[] => select(profile, only, contract);

const levels = (parts: readonly Part[]): string =>
  `${parts.filter(({ level }) => level === 'must').length} must, ${parts.filter(({ level }) => level === 'should').length} should`;

/** `--list`: every rule with level, source and checks. */
export function listing(choice: Choice): string {
  const chosen = chosenChecks('certification', choice);
  const parts = partsOf(chosen);
  const lines = parts.flatMap(({ id, level, checks: own }) => [
    `${nameOf({ id, level }).padEnd(18)} ${level.padEnd(6)} [${sourceOf(id)}] ${statementOf(id, level, choice.contract)}`,
    ...own.map((check) => `    · ${check.title}${traits(check)}`),
  ]);
  const ids = new Set(parts.map(({ id }) => id));
  return [
    ...lines,
    '',
    `${ids.size} rules with ${parts.length} parts (${levels(parts)}), ${chosen.length} checks.`,
  ].join('\n');
}

function traits({ needs, readOnly }: Check): string {
  const words = [...(readOnly ? ['reads only'] : []), ...needs.map((need) => `needs ${needText(need)}`)];
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}

export interface PlanOptions extends Choice {
  readonly profile: Profile;
  readonly otherKey: boolean;
}

/** What a check sends, as seen on the mock. */
const operationsOf = ({ rule, level, title }: Check): readonly string[] => traffic[`${rule} ${level} ${title}`] ?? [];

/** `--plan`: which checks a run would make, what they would do to the target, and which would be skipped. */
export function plan({ profile, otherKey, ...choice }: PlanOptions): string {
  const chosen = chosenChecks(profile, choice);
  const heavy = profile === 'certification';
  const needOf = (check: Check) => missingNeed(check, { otherKey, heavy });
  const made = chosen.filter((check) => needOf(check) === undefined);
  const writing = made.filter(({ readOnly }) => !readOnly);
  const lines = partsOf(chosen).flatMap(({ id, level, checks: own }) => [
    nameOf({ id, level }),
    ...own.map((check) => {
      const need = needOf(check);
      if (need !== undefined) return `    – ${check.title} (skipped: needs ${needText(need)})`;
      return `    · ${check.title}: ${operationsOf(check).join(', ') || 'judges the whole run'}`;
    }),
  ]);
  const areas = [...new Set(made.map(({ rule }) => areaOf(rule)))];
  const byOperation = Map.groupBy(
    made.flatMap((check) => operationsOf(check)),
    (operation) => operation,
  );
  return [
    ...lines,
    '',
    `Profile ${profile}: ${made.length} of ${checks.length} checks would run, in ${areas.join(', ') || 'no area'}; ${chosen.length - made.length} would be skipped.`,
    `${made.length - writing.length} only read. ${writing.length} create groups of their own, most of them submit rosters of synthetic people to these; the groups are emptied at the end.`,
    `Number of checks that send each operation: ${[...byOperation].map(([operation, uses]) => `${operation} ${uses.length}`).join(', ')}.`,
    'Nothing was sent.',
  ].join('\n');
}
