import type { RulePart } from '../rule-parts.ts';
import type { Patch } from './patched-mock.ts';

/** A mistake that a service could make, and what the suite must say of it. */
export interface Defect {
  /** Short, for `--only` and the table. */
  readonly name: string;
  /** What the service does wrong. */
  readonly sentence: string;
  /** The parts of rules that it breaks: each must fail. */
  readonly breaks: readonly RulePart[];
  /** Further parts that fail with them, and why that is right. */
  readonly also?: readonly { readonly rule: RulePart; readonly why: string }[];
  /** Shows only with more than a hundred groups or thousands of rows. */
  readonly heavy?: true;
  /** The mistake itself, anew for each run. */
  readonly patch: () => Patch;
}

/** Why the audit of every answer fails with a rule that speaks of one field. */
export const notOfSchema = { rule: 'ERR-8', why: "the answers are not of the contract's schema either" } as const;
/** Why the audit of every refusal fails with a rule that asks for the error body. */
export const noErrorBody = { rule: 'ERR-1', why: 'every refusal of the run is held to the error body' } as const;

/** Further rules that fail for one reason. */
export const alsoFails = (
  why: string,
  ...rules: readonly RulePart[]
): { readonly rule: RulePart; readonly why: string }[] => rules.map((rule) => ({ rule, why }));
