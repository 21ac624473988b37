import type { ConformanceResult } from '../index.ts';
import { judge } from './bench.ts';
import type { Defect } from './defect.ts';
import { levelOf, partOf, type RulePart } from './parts.ts';

/** What became of the suite on one defect. */
export interface Trial {
  readonly defect: Defect;
  /** The parts of rules that failed or warned. */
  readonly failed: readonly RulePart[];
  /** Expected to fail, and did not. */
  readonly missed: readonly RulePart[];
  /** Failed, and neither expected nor explained. */
  readonly unexplained: readonly RulePart[];
  /** Explained, and did not fail. */
  readonly stale: readonly RulePart[];
  /** The number of parts that could not be judged because of the defect. */
  readonly unmet: number;
  readonly verdict: ConformanceResult['verdict'];
  /** Why it does not count as killed; empty where it does. */
  readonly fault: string;
  readonly result: ConformanceResult;
}

/** The parts of rules that a run found broken. */
export const broken = ({ rules }: ConformanceResult): RulePart[] =>
  rules.flatMap(({ id, level, outcome }) => (outcome === 'fail' || outcome === 'warn' ? [partOf(id, level)] : []));

/** Runs the suite on a defect. */
export async function tryDefect(defect: Defect): Promise<Trial> {
  const result = await judge(defect.patch(), defect.heavy ? 'certification' : 'standard');
  const failed = broken(result);
  const explained = (defect.also ?? []).map(({ rule }) => rule);
  const missed = defect.breaks.filter((part) => !failed.includes(part));
  const stale = explained.filter((part) => !failed.includes(part));
  const unexplained = failed.filter((part) => !defect.breaks.includes(part) && !explained.includes(part));
  const errors = result.rules.filter(({ outcome }) => outcome === 'error');
  const conformant = result.verdict.startsWith('conformant') || result.verdict === 'not judged';
  const faults = [
    missed.length > 0 && `not noticed by ${missed.join(', ')}`,
    unexplained.length > 0 && `unexplained: ${unexplained.join(', ')}`,
    stale.length > 0 && `explained but passed: ${stale.join(', ')}`,
    errors.length > 0 && `errors in ${errors.map(({ id }) => id).join(', ')}`,
    conformant && defect.breaks.some((part) => levelOf(part) === 'must') && `verdict ${result.verdict}`,
  ];
  const unmet = result.rules.filter(({ skips }) => skips.some(({ because }) => because === 'unmet')).length;
  const { verdict } = result;
  return {
    defect,
    failed,
    missed,
    unexplained,
    stale,
    unmet,
    verdict,
    fault: faults.filter(Boolean).join('; '),
    result,
  };
}
