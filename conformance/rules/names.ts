import { type RuleId, rules } from '../../generated/rules.ts';

export const profiles = ['read-only', 'standard', 'certification'] as const;
/** How far a run goes: reads only, everything that one key allows, or all rules with nothing skipped. */
export type Profile = (typeof profiles)[number];

/** `LIFE` of `LIFE-3`. */
export const areaOf = (rule: string): string => rule.replace(/-\d+$/, '');

/** Whether a name is that of a rule, such as LIFE-3. */
export const isRule = (name: string): name is RuleId => name in rules;

/** Whether a name is that of an area of rules, such as LIFE. */
export const isArea = (name: string): boolean => Object.keys(rules).some((id) => areaOf(id) === name);
