import type { RuleId } from '../../generated/rules.ts';
import type { Verdict } from '../index.ts';
import { faultText } from '../report/wording.ts';
import { levelOf, partOf, type RulePart, ruleOf } from '../rule-parts.ts';
import type { Outcome } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { Defect } from './defect.ts';
import { nameOfSet } from './pairs.ts';
import { combined, type Patch, runSuiteOn } from './patched-mock.ts';
import type { Variant } from './variants.ts';

/** The result of the suite on one patched mock, as plain data that can be sent to another process. */
export interface Trial {
  readonly name: string;
  /** The parts that were expected to fail or warn. */
  readonly expected: readonly RulePart[];
  /** The parts of rules that failed or warned. */
  readonly failed: readonly RulePart[];
  /** How many parts were not judged, or not completely, because a precondition failed. */
  readonly unmet: number;
  readonly verdict: Verdict;
  /** What is not as expected; empty if everything is. */
  readonly fault: string;
  /** The messages of the failing checks. */
  readonly messages: readonly string[];
}

/** The parts of rules that a run found broken. */
const brokenBy = ({ rules }: ConformanceResult): RulePart[] =>
  rules.flatMap(({ id, level, outcome }) => (isBroken(outcome) ? [partOf(id, level)] : []));

/** Whether each failure of a part comes with an exchange. */
const isShown = (part: RulePart, { rules }: ConformanceResult): boolean =>
  rules
    .filter(({ id, level }) => partOf(id, level) === part)
    .every(({ checks }) => checks.every(({ outcome, failedOn }) => !isBroken(outcome) || failedOn !== undefined));

const isBroken = (outcome: Outcome): boolean => outcome === 'fail' || outcome === 'warn';

/** The rules that skipped checks name as broken preconditions. */
const blamedBy = ({ rules }: ConformanceResult): Set<RulePart> =>
  new Set(
    rules.flatMap(({ skips }) => skips.flatMap((skip) => (skip.because === 'unmet' && skip.rule ? [skip.rule] : []))),
  );

function trial(
  name: string,
  expected: readonly RulePart[],
  result: ConformanceResult,
  judgeMore: (failed: readonly RulePart[]) => readonly (string | false)[],
): Trial {
  const failed = brokenBy(result);
  const broken = result.rules.filter(({ outcome }) => outcome === 'error');
  const faults = [
    ...judgeMore(failed),
    broken.length > 0 && `the kit broke in ${broken.map(({ id }) => id).join(', ')}`,
    list(
      'named as broken by a skipped check, but passed:',
      [...blamedBy(result)].filter((part) => !failed.includes(part)),
    ),
    list(
      'failed without an exchange that shows it:',
      failed.filter((part) => !isShown(part, result)),
    ),
    result.reason !== undefined && result.reason,
  ];
  return {
    name,
    expected,
    failed,
    unmet: result.rules.filter(({ skips }) => skips.some(({ because }) => because === 'unmet')).length,
    verdict: result.verdict,
    fault: faults.filter(Boolean).join('; '),
    messages: result.rules.flatMap(({ checks }) =>
      checks.flatMap((check) =>
        check.message === undefined ? [] : [`${check.rule} ${check.title}: ${faultText(check)}`],
      ),
    ),
  };
}

const list = (what: string, parts: readonly RulePart[]): string | false =>
  parts.length > 0 && `${what} ${parts.join(', ')}`;

/**
 * Runs the suite on a defect. The parts that it breaks or explains must fail; the table records what else fails. `own` runs only
 * the rules of these parts and those that it names besides, or the whole suite if they do not notice the defect: some audits need
 * the requests of all rules.
 */
export async function tryDefect(defect: Defect, extent: 'own' | 'whole'): Promise<Trial> {
  const explained = (defect.also ?? []).map(({ rule }) => rule);
  const only = [...new Set([...defect.breaks, ...explained].map(ruleOf))];
  const profile = defect.heavy ? 'certification' : 'standard';
  const result = await runSuiteOn(
    defect.patch(),
    profile,
    extent === 'own' ? { only: [...only, ...(defect.besides ?? [])] } : {},
  );
  const mustFail = defect.breaks.some((part) => levelOf(part) === 'must');
  const found = trial(defect.name, defect.breaks, result, (failed) => [
    list(
      'not noticed by',
      defect.breaks.filter((part) => !failed.includes(part)),
    ),
    list(
      'explained but passed:',
      explained.filter((part) => !failed.includes(part)),
    ),
    mustFail && result.verdict !== 'non-conformant' && `verdict ${result.verdict}`,
    !mustFail && result.verdict === 'conformant' && 'verdict conformant',
  ]);
  return extent === 'own' && found.fault !== '' ? tryDefect(defect, 'whole') : found;
}

/** Runs the suite on legal variants together. Nothing may fail, and only the shoulds that they name may warn. */
export async function tryVariants(variants: readonly Variant[], only?: readonly RuleId[]): Promise<Trial> {
  const warnings = [...new Set(variants.flatMap(({ warns }) => warns))].filter(
    (part) => only === undefined || only.includes(ruleOf(part)),
  );
  const result = await runSuiteOn(combined(...variants.map(({ patch }): Patch => patch())), 'standard', {
    syncTimeoutMs: 20_000,
    ...(only && { only }),
  });
  return trial(nameOfSet(variants), warnings, result, (failed) => [
    list(
      'accused of',
      failed.filter((part) => !warnings.includes(part)),
    ),
    list(
      'named but not warned of:',
      warnings.filter((part) => !failed.includes(part)),
    ),
    !result.verdict.startsWith('conformant') && `verdict ${result.verdict}`,
    ...variants.map((variant) => misreading(variant, result)),
  ]);
}

/** A variant that is a reading of an open question must not be reported as another reading. */
function misreading({ name, aspect }: Variant, { readings }: ConformanceResult): string | false {
  const reading = name.startsWith(`${aspect}=`) ? readings?.questions[aspect] : undefined;
  if (reading === undefined || !('value' in reading)) return false;
  return name !== `${aspect}=${reading.value}` && `${aspect} is read as ${reading.value}`;
}
