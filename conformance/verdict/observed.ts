import type { JudgedContract } from '../contract/judged-contract.ts';
import type { Violation } from '../observe/observer.ts';
import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord, SkipReason } from '../run/outcome.ts';
import { type LeveledRule, type Observed, partUnder } from '../run/run-observer.ts';

/**
 * Adds a failure for each part of a selected rule that an exchange of the run broke, unless a check failed with that exchange.
 * What checks found stays as it is.
 */
export function withObserved(
  records: readonly CheckRecord[],
  observed: Observed | undefined,
  contract: JudgedContract,
): CheckRecord[] {
  const broken = observed?.findings.parts.filter((part) => part.broken > 0) ?? [];
  const failures = broken.flatMap(({ part, broken: times, violations: [first] }) => {
    const judged = partUnder(part, contract);
    const own = judged ? records.filter((record) => isOf(record, judged)) : [];
    if (judged === undefined || first === undefined || own.length === 0) return [];
    const evidence = observed?.exchanges[first.exchange - 1];
    const isKnown = evidence && own.some((record) => isBroken(record) && record.exchanges.includes(evidence));
    return isKnown ? [] : violationRecord(judged, first, times, evidence);
  });
  return [...records, ...failures];
}

function violationRecord(judged: LeveledRule, first: Violation, times: number, evidence: Exchange | undefined) {
  const { where, request, expected, received } = first;
  const others = times > 1 ? `; ${times - 1} more in this run` : '';
  return {
    ...failure(judged, 'every exchange of the run keeps the rule', evidence ? [evidence] : []),
    message: `${where} in ${request}${others}`,
    expected,
    received,
  };
}

/**
 * Adds a failure to every rule that a skipped check names, unless the rule has failed already, so that no check is skipped
 * because of a rule that passes.
 */
export function withBlamedRules(records: readonly CheckRecord[], contract: JudgedContract): CheckRecord[] {
  const failures = new Map<string, CheckRecord>();
  for (const { skip, title } of records) {
    const judged = skip?.because === 'unmet' && skip.rule !== null ? partUnder(skip.rule, contract) : undefined;
    if (judged === undefined || records.some((record) => isOf(record, judged) && isBroken(record))) continue;
    failures.set(`${judged.rule} ${judged.level}`, blamedRecord(judged, skip as Unmet, title));
  }
  return [...records, ...failures.values()];
}

type Unmet = Extract<SkipReason, { because: 'unmet' }>;

const blamedRecord = (judged: LeveledRule, { message, exchange }: Unmet, title: string): CheckRecord => ({
  ...failure(judged, `the check “${title}” can build on the rule`, exchange ? [exchange] : []),
  message,
});

const failure = ({ rule, level }: LeveledRule, title: string, exchanges: CheckRecord['exchanges']) => ({
  rule,
  level,
  title,
  outcome: level === 'must' ? ('fail' as const) : ('warn' as const),
  milliseconds: 0,
  exchanges,
  failedOn: exchanges[0],
});

const isOf = (record: CheckRecord, { rule, level }: LeveledRule): boolean =>
  record.rule === rule && record.level === level;

const isBroken = ({ outcome }: CheckRecord): boolean => outcome === 'fail' || outcome === 'warn';
