import { html, raw } from 'hono/html';
import { areaOf } from '../rules/names.ts';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown } from '../verdict/verdict.ts';
import { repeatOf, reproFolder } from './repro.ts';
import {
  baselineText,
  failedExchange,
  faultText,
  knownEntry,
  nameOf,
  printable,
  refusalOf,
  remarksOf,
  secondsOf,
  skipText,
  sourceOf,
} from './wording.ts';

type Markup = ReturnType<typeof raw>;
/** The template escapes values for HTML, which for these five characters is the same in XML. */
const xml = html as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

/** Maps an outcome to passed, failed, broken or skipped: a warning passes, and its output says so. */
type Kind = 'failure' | 'error' | 'skipped' | 'pass';

/** `junit.xml`: a suite for each area, a test case for each check. */
export function junitReport(result: ConformanceResult): string {
  const areas = Map.groupBy(result.rules, ({ id }) => areaOf(id));
  const suites = [...areas].map(([area, records]) => suite(result, area, records));
  if (result.rules.length === 0) suites.push(notJudged(result));
  const { failures, errors, tests } = totals(result, result.rules);
  // Checks overlap, so their times add up to more than the run took.
  const time = secondsOf(result).toFixed(3);
  const broken = result.rules.length === 0 ? 1 : 0;
  const attributes = xml`tests="${tests + broken}" failures="${failures}" errors="${errors + broken}" time="${time}"`;
  const body = raw(suites.join(''));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml`<testsuites name="groups-conformance" ${attributes}>${body}\n</testsuites>\n`}`;
}

/** The properties of the whole run. */
function properties(result: ConformanceResult): Markup {
  const { target, verdict, profile, suite: kit, contract } = result;
  const remarks = remarksOf(result).join(' ');
  const lines = Object.entries({
    target,
    verdict,
    profile,
    suite: kit.version,
    contract: `${contract.version} sha256:${contract.sha256}`,
    ...(remarks !== '' && { remarks }),
  }).map(([name, value]) => xml`\n      <property name="${name}" value="${printable(value)}"/>`);
  return xml`<properties>${raw(lines.join(''))}
    </properties>`;
}

function suite(result: ConformanceResult, area: string, records: readonly RuleRecord[]): Markup {
  const { tests, failures, errors, skipped, time } = totals(result, records);
  const cases = records.flatMap((record) => record.checks.map((check) => testCase(result, record, check)));
  return xml`
  <testsuite name="${area}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${time}" timestamp="${result.startedAt}">
    ${properties(result)}${raw(cases.join(''))}
  </testsuite>`;
}

function testCase(result: ConformanceResult, record: RuleRecord, check: CheckRecord): Markup {
  const name = printable(`${nameOf(record)} ${check.title}`);
  const time = (check.milliseconds / 1000).toFixed(3);
  return xml`
    <testcase classname="${areaOf(record.id)}" name="${name}" time="${time}">${content(result, record, check)}</testcase>`;
}

function content(result: ConformanceResult, record: RuleRecord, check: CheckRecord): Markup | '' {
  const message = printable(faultText(check));
  switch (kindOf(result, record, check)) {
    case 'pass':
      return check.outcome === 'warn' ? xml`<system-out>warning: ${details(result, record, check)}</system-out>` : '';
    case 'skipped': {
      const entry = knownEntry(result, record);
      const why = check.skip ? skipText(check.skip) : entry ? `${baselineText(entry)}. ${message}` : '';
      return xml`<skipped>${printable(why)}</skipped>`;
    }
    case 'failure':
      return xml`<failure type="${nameOf(record)}" message="${message}">${details(result, record, check)}</failure>`;
    case 'error':
      return xml`<error type="error" message="${message}">${details(result, record, check)}</error>`;
  }
}

function kindOf({ baseline }: ConformanceResult, record: RuleRecord, { outcome }: CheckRecord): Kind {
  switch (outcome) {
    case 'pass':
    case 'skipped':
      return outcome;
    case 'fail':
      return isKnown(record, baseline) ? 'skipped' : 'failure';
    case 'warn':
      return 'pass';
    case 'error':
      return 'error';
  }
}

/** What went wrong, in full. */
function details(result: ConformanceResult, record: RuleRecord, check: CheckRecord): string {
  const { message = '', expected, received } = check;
  const failed = failedExchange(check);
  const said = failed && refusalOf(failed);
  const repeat = repeatOf(result, record, check, reproFolder);
  return [
    message,
    ...(expected !== undefined && received !== undefined ? [`expected: ${expected}`, `received: ${received}`] : []),
    ...(said === undefined ? [] : [`service: ${said}`]),
    `rule: ${record.statement} [${sourceOf(record.id)}]`,
    ...(repeat ? [`repeat: ${repeat.curl}`] : []),
    ...(repeat?.script === undefined ? [] : [`all ${repeat.steps} steps: sh ${repeat.script}`]),
  ]
    .map(printable)
    .join('\n');
}

function totals(result: ConformanceResult, records: readonly RuleRecord[]) {
  const kinds = records.flatMap((record) => record.checks.map((check) => kindOf(result, record, check)));
  const count = (kind: Kind) => kinds.filter((other) => other === kind).length;
  const milliseconds = records.flatMap(({ checks }) => checks).reduce((sum, check) => sum + check.milliseconds, 0);
  return {
    tests: kinds.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: (milliseconds / 1000).toFixed(3),
  };
}

/** The report of a run that judged nothing: without a test case in error, some readers would count it as a success. */
function notJudged(result: ConformanceResult): Markup {
  const { startedAt, reason = 'no rule was judged' } = result;
  return xml`
  <testsuite name="run" tests="1" failures="0" errors="1" skipped="0" time="0" timestamp="${startedAt}">
    ${properties(result)}
    <testcase classname="run" name="the target can be judged" time="0"><error type="not judged" message="${printable(reason)}"/></testcase>
  </testsuite>`;
}
