import type { RulePart } from '../rule-parts.ts';
import type { Patch } from './patched-mock.ts';

/** A mistake that a service could make, and the parts of rules that must fail on it. */
export interface Defect {
  /** Short, for `--only` and the table. */
  readonly name: string;
  /** What the service does wrong. */
  readonly sentence: string;
  /** The parts of rules that it breaks: each must fail. */
  readonly breaks: readonly RulePart[];
  /** Further parts that fail with them, and why that is right. */
  readonly also?: readonly { readonly rule: RulePart; readonly why: string }[];
  /** Further rules or areas whose requests it needs to be noticed, when only the rules that it breaks are run. */
  readonly besides?: readonly string[];
  /** Only noticeable with more than a hundred groups or thousands of rows. */
  readonly heavy?: true;
  /** Makes the mistake. Called once per run, because a patch may keep state. */
  readonly patch: () => Patch;
}

/** Why the check of all answers also fails if a rule about one field does. */
export const notOfSchema = { rule: 'ERR-8', why: "the answers do not match the contract's schema either" } as const;
/** Why the check of all refusals also fails if a rule about the error body does. */
export const noErrorBody = { rule: 'ERR-1', why: 'every refusal of the run must have the error body' } as const;

/** Parts that also fail, all for one reason. */
export const alsoFails = (
  why: string,
  ...rules: readonly RulePart[]
): { readonly rule: RulePart; readonly why: string }[] => rules.map((rule) => ({ rule, why }));
