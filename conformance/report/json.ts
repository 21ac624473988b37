import type { CheckRecord, SkipReason } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { curl } from './curl.ts';
import { failedExchange, skipText, sourceOf } from './wording.ts';

/** `report.json`; its schema is spec/report.schema.json. The exchanges themselves are in the HAR. */
export function jsonReport(result: ConformanceResult): string {
  const { verdict, exitCode, reason, rules, ...run } = result;
  const report = {
    verdict,
    exitCode,
    ...(reason !== undefined && { reason }),
    ...run,
    milliseconds: Date.parse(run.endedAt) - Date.parse(run.startedAt),
    rules: rules.map((rule) => ({ ...plainRule(rule), observed: rule.observed })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A rule part as plain JSON: without its exchanges. */
export const plainRule = ({ id, level, outcome, statement, skips, checks }: RuleRecord) => ({
  id,
  level,
  outcome,
  statement,
  source: sourceOf(id).split(', '),
  skips: skips.map(plainSkip),
  checks: checks.map(plainCheck),
});

export type PlainRule = ReturnType<typeof plainRule>;

const plainSkip = (skip: SkipReason) => ({
  because: skip.because,
  message: skipText(skip),
  ...(skip.because === 'need' && { need: skip.need }),
  ...(skip.because === 'unmet' && skip.rule !== null && { rule: skip.rule }),
});

function plainCheck(check: CheckRecord) {
  const { title, outcome, milliseconds, exchanges, message, expected, received, skip } = check;
  const failed = message === undefined ? undefined : failedExchange(check);
  return {
    title,
    outcome,
    milliseconds,
    requests: exchanges.length,
    ...(message !== undefined && { message }),
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
    ...(failed && { curl: curl(failed) }),
    ...(skip && { skip: plainSkip(skip) }),
  };
}
