import { type Level, type RuleId, rules, type ShouldPartId } from '../generated/rules.ts';

/** What is judged: a rule, or the should part of a must rule (`ID-2 should`). */
export type RulePart = RuleId | `${ShouldPartId} should`;

/** The part of a rule that has a level. */
export const partOf = (id: RuleId, level: Level): RulePart =>
  (level === rules[id].level ? id : `${id} should`) as RulePart;

/** Every part of every rule, in the order of the catalogue. */
export const ruleParts: readonly RulePart[] = (Object.keys(rules) as RuleId[]).flatMap((id) =>
  'should' in rules[id] ? [id, partOf(id, 'should')] : [id],
);

export const levelOf = (part: RulePart): Level => (part.endsWith(' should') ? 'should' : rules[part as RuleId].level);

/** The rule of a part. */
export const ruleOf = (part: RulePart): RuleId => part.split(' ')[0] as RuleId;
