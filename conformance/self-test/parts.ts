import { type Level, type RuleId, rules, type ShouldPartId } from '../../generated/rules.ts';

/** A rule, or the should part of a must rule: what a defect breaks. */
export type RulePart = RuleId | `${ShouldPartId} should`;

/** The name of a part of a rule. */
export const partOf = (id: RuleId, level: Level): RulePart =>
  (level === rules[id].level ? id : `${id} should`) as RulePart;

/** Every part of every rule, in the order of the catalogue. */
export const parts: readonly RulePart[] = (Object.keys(rules) as RuleId[]).flatMap((id) =>
  'should' in rules[id] ? [id, partOf(id, 'should')] : [id],
);

/** The level of a part. */
export const levelOf = (part: RulePart): Level => (part.endsWith(' should') ? 'should' : rules[part as RuleId].level);
