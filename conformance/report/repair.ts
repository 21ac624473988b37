import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown } from '../verdict/verdict.ts';
import { failedExchange, nameOf, refusalOf } from './wording.ts';

/** The rule parts that failed or warned; those that the baseline tolerates are separate. */
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

/** The maximum number of rules in one line. */
const maxNames = 12;

/** Names of rule parts in one line. */
function namesOf(records: readonly RuleRecord[]): string {
  const names = records.map(nameOf);
  return names.length > maxNames
    ? `${names.slice(0, maxNames).join(', ')} and ${names.length - maxNames} more`
    : names.join(', ');
}

interface Cause {
  readonly what: string;
  /** The rule parts that it concerns. */
  readonly parts: readonly RuleRecord[];
}

/**
 * What to repair first: the failing rule without which other parts could not be judged, or the refusal that failures share,
 * whichever concerns most parts. Undefined if each concerns only one.
 */
export function repairFirst(result: ConformanceResult): string | undefined {
  const { failed } = brokenParts(result);
  const causes = [...blockingRules(result, failed), ...sharedRefusals(failed)].filter(({ parts }) => parts.length > 1);
  const [first] = causes.sort((a, b) => b.parts.length - a.parts.length);
  return first && `${first.what} (${first.parts.length} rule parts: ${namesOf(first.parts)})`;
}

const blockingRules = ({ rules }: ConformanceResult, failed: readonly RuleRecord[]): Cause[] =>
  failed.map((record) => {
    const isBlocked = ({ skips }: RuleRecord) =>
      skips.some((skip) => skip.because === 'unmet' && skip.rule === record.id);
    const blocked = rules.filter((other) => other !== record && isBlocked(other));
    return { what: `${nameOf(record)}, which others rely on`, parts: [record, ...blocked] };
  });

function sharedRefusals(failed: readonly RuleRecord[]): Cause[] {
  const failures = failed.flatMap((record) =>
    record.checks.flatMap((check) => (check.message === undefined ? [] : [{ record, refusal: refusalText(check) }])),
  );
  return [...Map.groupBy(failures, ({ refusal }) => refusal)].flatMap(([refusal, all]) =>
    refusal === undefined ? [] : [{ what: refusal, parts: [...new Set(all.map(({ record }) => record))] }],
  );
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
