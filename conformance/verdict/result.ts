import type { ContractIdentity } from '../contract/judged-contract.ts';
import type { Readings } from '../observe/readings.ts';
import type { Profile } from '../rules/names.ts';
import type { Outcome } from '../run/outcome.ts';
import type { BaselineEntry } from './baseline.ts';
import type { RuleRecord } from './rule-record.ts';
import type { Verdict } from './verdict.ts';

/** The result of a run, from which every report is made. */
export interface ConformanceResult {
  readonly suite: { readonly name: string; readonly version: string };
  /** The contract that the run judged by. */
  readonly contract: ContractIdentity;
  readonly target: string;
  /** Whether the certificate of the target was verified; null if the connection was not encrypted. */
  readonly verifiesTls: boolean | null;
  /** `observed` if the requests were not the suite's own. */
  readonly profile: Profile | 'observed';
  /** The rules and areas that the run was limited to; null if it was not. */
  readonly only: readonly string[] | null;
  /** RFC 3339 timestamps. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Requests sent, clean-up included. */
  readonly requests: number;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Why nothing was judged, or why the run ended early. */
  readonly reason?: string;
  /** The number of rule parts with each outcome. */
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly rules: readonly RuleRecord[];
  /** The state of each known failure; null without a baseline. */
  readonly baseline: readonly BaselineEntry[] | null;
  /** How the service reads the open questions of the contract; null if nothing was judged. */
  readonly readings: Readings | null;
  /** What the evidence keeps, and whether bodies were shortened because of it. */
  readonly evidence: { readonly maxCharacters: number; readonly shortened: boolean };
  /** How many groups the run created and left: the API cannot delete them. */
  readonly groups: number;
  /** Ids of groups that the run created and could not empty. */
  readonly left: readonly string[];
  /** How often the target answered 429, and how long the suite waited because of it, in milliseconds. */
  readonly throttling: { readonly answers: number; readonly milliseconds: number };
  readonly isSecondKeyOfSameOrganization: boolean;
}
