import { type RulePart, ruleOf, ruleParts } from '../../conformance/rule-parts.ts';
import { defects } from '../../conformance/self-test/defects.ts';

/** What breaks each rule, from the defects that the suite is tested with. */
const sentencesOf = (part: RulePart): readonly string[] =>
  defects.filter(({ breaks }) => breaks.includes(part)).map(({ sentence }) => sentence);

const byRule = Map.groupBy(ruleParts, ruleOf);
const table = [...byRule].map(([id, parts]) => [id, [...new Set(parts.flatMap(sentencesOf))]]);

/** The text of generated/mistakes.ts. */
export const mistakesTable = `import type { RuleId } from './rules.ts';

/** Mistakes of services that break a rule, by rule. */
export const mistakes: Readonly<Record<RuleId, readonly string[]>> = ${JSON.stringify(Object.fromEntries(table), null, 2)};
`;
