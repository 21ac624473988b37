import type { Invocation, Log, ReportingDescriptor, Result } from 'sarif';
import { type RuleId, ruleLines, rules } from '../../generated/rules.ts';
import { sha256 } from '../contract/judged-contract.ts';
import { areaOf } from '../rules/names.ts';
import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown } from '../verdict/verdict.ts';
import { repeatOf, reproFolder } from './repro.ts';
import { failedExchange, nameOf, refusalOf, remarksOf } from './wording.ts';

/** GitHub's limit of a description. */
const maxDescription = 1024;
/** Not a limit of GitHub, but keeps an upload of all results below 10 MB. */
const maxMessage = 4000;
const maxBody = 10_000;

/**
 * `report.sarif` for GitHub's code scanning: a result for each check that failed or warned, except for what the
 * baseline tolerates. Each points to its rule in spec/rules.yaml.
 */
export function sarifReport(result: ConformanceResult): string {
  const ids = Object.keys(rules) as RuleId[];
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'groups-conformance', version: result.suite.version, rules: ids.map(descriptor) },
        },
        automationDetails: { id: `groups-conformance/${result.profile}/` },
        invocations: [invocation(result)],
        results: result.rules.flatMap((record) => resultsOf(result, record, ids.indexOf(record.id))),
        properties: {
          target: result.target,
          verdict: result.verdict,
          profile: result.profile,
          contract: result.contract,
          counts: result.counts,
          remarks: remarksOf(result),
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(id: RuleId): ReportingDescriptor {
  const rule = rules[id];
  const whole = 'should' in rule ? `${rule.statement} It should hold, too: ${rule.should}` : rule.statement;
  return {
    id,
    name: id,
    shortDescription: { text: cut(rule.statement, maxDescription) },
    fullDescription: { text: cut(whole, maxDescription) },
    help: { text: `${whole} Source: ${rule.source.join(', ')}.` },
    defaultConfiguration: { level: rule.level === 'must' ? 'error' : 'warning' },
    properties: { tags: [areaOf(id), rule.level], source: rule.source },
  };
}

function invocation({ startedAt, endedAt, exitCode, reason }: ConformanceResult): Invocation {
  return {
    executionSuccessful: exitCode !== 4,
    startTimeUtc: startedAt,
    endTimeUtc: endedAt,
    exitCode,
    ...(reason !== undefined && { toolExecutionNotifications: [{ level: 'error', message: { text: reason } }] }),
  };
}

function resultsOf(run: ConformanceResult, record: RuleRecord, ruleIndex: number): Result[] {
  if (isKnown(record, run.baseline)) return [];
  return record.checks
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
    .map((check) => resultOf(run, record, check, ruleIndex));
}

function resultOf(run: ConformanceResult, record: RuleRecord, check: CheckRecord, ruleIndex: number): Result {
  const failed = failedExchange(check);
  const said = failed && refusalOf(failed);
  const repeat = repeatOf(run, record, check, reproFolder);
  const lines = [
    `${check.title}: ${check.message}`,
    ...(check.expected === undefined ? [] : [`Expected: ${check.expected}`]),
    ...(check.received === undefined ? [] : [`Received: ${check.received}`]),
    ...(said === undefined ? [] : [`The service said: ${said}`]),
    ...(repeat ? [`Repeat: ${repeat.curl}`] : []),
  ];
  return {
    ruleId: record.id,
    ruleIndex,
    kind: 'fail',
    level: check.outcome === 'fail' ? 'error' : 'warning',
    message: { text: cut(lines.join('\n'), maxMessage) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'spec/rules.yaml' },
          region: { startLine: ruleLines[record.id] },
        },
        logicalLocations: [{ name: nameOf(record), fullyQualifiedName: failed?.operation ?? record.id }],
      },
    ],
    partialFingerprints: { 'ruleAndCheck/v1': sha256(`${nameOf(record)}\n${check.title}`) },
    ...(failed && exchangeOf(failed)),
    properties: { part: record.level, check: check.title },
  };
}

function exchangeOf({ request, response }: Exchange): Pick<Result, 'webRequest' | 'webResponse'> {
  return {
    webRequest: {
      protocol: 'http',
      method: request.method,
      target: request.url,
      headers: { ...request.headers },
      ...(request.body !== null && { body: { text: cut(request.body, maxBody) } }),
    },
    webResponse: response
      ? {
          protocol: 'http',
          statusCode: response.status,
          headers: { ...response.headers },
          body: { text: cut(response.body, maxBody) },
        }
      : { noResponseReceived: true },
  };
}

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
