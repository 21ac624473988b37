import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown } from '../verdict/verdict.ts';
import { failedExchange, nameOf, refusalOf } from './wording.ts';

/** The rule parts that failed or warned, those that the baseline tolerates apart. */
export function brokenParts({ rules, baseline }: ConformanceResult): {
  failed: readonly RuleRecord[];
  warned: readonly RuleRecord[];
  tolerated: readonly RuleRecord[];
} {
  const isNew = (record: RuleRecord) => !isKnown(record, baseline);
  const broken = rules.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  return {
    failed: broken.filter((record) => record.outcome === 'fail' && isNew(record)),
    warned: broken.filter((record) => record.outcome === 'warn' && isNew(record)),
    tolerated: broken.filter((record) => !isNew(record)),
  };
}

/** Longer lists of rules are cut. */
const maxNames = 12;

/** Names of rule parts in one line. */
export function namesOf(records: readonly RuleRecord[]): string {
  const names = records.map(nameOf);
  return names.length > maxNames
    ? `${names.slice(0, maxNames).join(', ')} and ${names.length - maxNames} more`
    : names.join(', ');
}

/**
 * What to repair first: the failing rule for whose sake most others could not be judged, or else the refusal that most
 * failures share. Undefined if neither concerns two rules.
 */
export function repairFirst(result: ConformanceResult): string | undefined {
  const { failed } = brokenParts(result);
  return blockingRule(result, failed) ?? sharedRefusal(failed);
}

function blockingRule({ rules }: ConformanceResult, failed: readonly RuleRecord[]): string | undefined {
  const blocked = failed
    .map((record) => ({
      record,
      parts: rules.filter(({ skips }) => skips.some((skip) => skip.because === 'unmet' && skip.rule === record.id)),
    }))
    .sort((a, b) => b.parts.length - a.parts.length);
  const [first] = blocked;
  if (first === undefined || first.parts.length === 0) return undefined;
  const count = first.parts.length === 1 ? '1 rule part' : `${first.parts.length} rule parts`;
  return `${nameOf(first.record)}, because ${count} could not be judged without it: ${namesOf(first.parts)}`;
}

function sharedRefusal(failed: readonly RuleRecord[]): string | undefined {
  const failures = failed.flatMap((record) =>
    record.checks.flatMap((check) => (check.message === undefined ? [] : [{ record, refusal: refusalText(check) }])),
  );
  const shared = [...Map.groupBy(failures, ({ refusal }) => refusal)]
    .map(([refusal, all]) => ({ refusal, records: [...new Set(all.map(({ record }) => record))] }))
    .filter(({ refusal, records }) => refusal !== undefined && records.length > 1)
    .sort((a, b) => b.records.length - a.records.length);
  const [most] = shared;
  return most && `${most.refusal}, which ${most.records.length} failing rule parts share: ${namesOf(most.records)}`;
}

/** The refusal that a check failed on, without the ids in it. */
function refusalText(check: CheckRecord): string | undefined {
  const exchange = failedExchange(check);
  if (exchange === undefined || (exchange.response !== null && exchange.response.status < 400)) return undefined;
  const { operation, request, response } = exchange;
  const said = refusalOf(exchange)?.replaceAll(/\b[a-z]+_[\w-]{8,}|\bct-[\w-]+|[\w.+-]+@[\w.-]+/g, '…');
  const answer =
    response === null ? 'no answer' : `the answer ${response.status}${said === undefined ? '' : ` ${said}`}`;
  return `${answer} to ${operation ?? `${request.method} ${new URL(request.url).pathname}`}`;
}
