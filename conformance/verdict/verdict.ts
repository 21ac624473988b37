import type { Need } from '../../generated/rules.ts';
import type { Profile } from '../rules/names.ts';
import type { Outcome, SkipReason } from '../run/outcome.ts';
import type { BaselineEntry } from './baseline.ts';
import type { RuleRecord } from './rule-record.ts';

export type Verdict = 'conformant' | 'conformant with warnings' | 'incomplete' | 'non-conformant' | 'not judged';

/** What a verdict depends on. */
export interface Judged {
  readonly outcome: Outcome;
  readonly skips: readonly { readonly because: SkipReason['because']; readonly need?: Need | undefined }[];
}

/** Whether something about a part of a rule was selected but not judged. */
function isIncomplete({ outcome, skips }: Judged, profile: Profile): boolean {
  // The broken rule itself fails; if no rule is broken, the run is incomplete.
  if (outcome === 'error' || skips.some(({ because }) => because === 'unmet' || because === 'stopped')) return true;
  if (profile !== 'certification') return false;
  // A check is not missing if a legal reading leaves nothing to judge.
  const isGap = ({ because, need }: Judged['skips'][number]) => because === 'need' && !optionalNeeds.includes(need);
  return skips.length === 0 ? outcome === 'skipped' : skips.some(isGap);
}

/** Features that even a certified service need not offer. */
const optionalNeeds: readonly (Need | undefined)[] = ['tokens', 'members'];

/** The verdict on a run (docs/conformance.md, "What comes out"). */
export function verdictOf(records: readonly Judged[], profile: Profile): Verdict {
  if (records.length === 0) return 'not judged';
  const outcomes = new Set(records.map(({ outcome }) => outcome));
  if (outcomes.has('fail')) return 'non-conformant';
  if (!outcomes.has('pass') && !outcomes.has('warn')) return outcomes.has('error') ? 'not judged' : 'incomplete';
  if (records.some((record) => isIncomplete(record, profile))) return 'incomplete';
  return outcomes.has('warn') ? 'conformant with warnings' : 'conformant';
}

/** The number of rule parts with each outcome. */
export function countOutcomes(records: readonly { readonly outcome: Outcome }[]): Record<Outcome, number> {
  const count = (outcome: Outcome) => records.filter((record) => record.outcome === outcome).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    skipped: count('skipped'),
    error: count('error'),
  };
}

/** 0 conformant, 1 non-conformant, 3 incomplete, 4 not judged or broken by the kit or the network. */
function exitCode(verdict: Verdict, records: readonly RuleRecord[]): number {
  switch (verdict) {
    case 'conformant':
    case 'conformant with warnings':
      return 0;
    case 'non-conformant':
      return 1;
    case 'incomplete':
      return records.some(({ outcome }) => outcome === 'error') ? 4 : 3;
    case 'not judged':
      return 4;
  }
}

/**
 * The exit code of a run. Failures that the baseline tolerates count as warnings here; they do not change the verdict.
 */
export function exitCodeOf(
  verdict: Verdict,
  records: readonly RuleRecord[],
  { profile, baseline }: { readonly profile: Profile; readonly baseline: readonly BaselineEntry[] | null },
): number {
  if (baseline === null) return exitCode(verdict, records);
  const effective = records.map(
    (record): RuleRecord =>
      isKnown(record, baseline) && record.outcome === 'fail' ? { ...record, outcome: 'warn' } : record,
  );
  return exitCode(verdictOf(effective, profile), effective);
}

/** Whether the baseline tolerates the failure of a part of a rule. */
export const isKnown = ({ id, level }: RuleRecord, baseline: readonly BaselineEntry[] | null): boolean =>
  baseline?.some((entry) => entry.rule === id && entry.level === level && entry.state === 'known') ?? false;
