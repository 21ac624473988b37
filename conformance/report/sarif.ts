import type { Invocation, Log, ReportingDescriptor, Result } from 'sarif';
import { type RuleId, rules } from '../../generated/rules.ts';
import { sha256 } from '../contract/judged-contract.ts';
import { areaOf } from '../rules/names.ts';
import { curl, type Exchange } from '../run/exchange.ts';
import type { CheckRecord, Outcome } from '../run/outcome.ts';
import { isTolerated } from '../verdict/baseline.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { knownEntry, lastExchange, nameOf, skipTexts } from './wording.ts';

/** `report.sarif`: a result for each check that failed, warned or broke, and one for each rule part that passed or not. */
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
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(id: RuleId): ReportingDescriptor {
  const rule = rules[id];
  return {
    id,
    shortDescription: { text: rule.statement },
    ...('should' in rule && { fullDescription: { text: `${rule.statement} It should hold, too: ${rule.should}` } }),
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

const kinds: Readonly<Record<Outcome, Pick<Result, 'kind' | 'level'>>> = {
  pass: { kind: 'pass', level: 'none' },
  fail: { kind: 'fail', level: 'error' },
  warn: { kind: 'fail', level: 'warning' },
  skipped: { kind: 'notApplicable', level: 'none' },
  // Neither kept nor broken, as far as one can say.
  error: { kind: 'open', level: 'none' },
};

function resultsOf(run: ConformanceResult, record: RuleRecord, ruleIndex: number): Result[] {
  const { id, level, outcome, statement } = record;
  const wrong = record.checks.filter(({ message }) => message !== undefined);
  if (wrong.length > 0) return wrong.map((check) => resultOf(run, record, check, ruleIndex));
  const text = outcome === 'skipped' ? `not judged: ${skipTexts(record)}` : statement;
  return [{ ruleId: id, ruleIndex, ...kinds[outcome], message: { text }, properties: { part: level } }];
}

function resultOf(run: ConformanceResult, record: RuleRecord, check: CheckRecord, ruleIndex: number): Result {
  const entry = knownEntry(run, record);
  const last = lastExchange(check);
  const lines = [
    `${check.title}: ${check.message}`,
    ...(check.expected === undefined ? [] : [`Expected: ${check.expected}`]),
    ...(check.received === undefined ? [] : [`Received: ${check.received}`]),
    ...(last ? [`Repeat: ${curl(last)}`] : []),
  ];
  return {
    ruleId: record.id,
    ruleIndex,
    ...kinds[check.outcome],
    message: { text: lines.join('\n') },
    // Code-scanning services show no result without a place: this is where the rule is written.
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'spec/rules.yaml' } },
        logicalLocations: [{ name: nameOf(record), fullyQualifiedName: last?.operation ?? record.id }],
      },
    ],
    partialFingerprints: { 'ruleAndCheck/v1': sha256(`${nameOf(record)}\n${check.title}`) },
    ...(entry && {
      suppressions: isTolerated(entry, run.endedAt)
        ? [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${entry.reason} (${entry.owner}, ${entry.expires})`,
            },
          ]
        : [],
    }),
    ...(last && exchangeOf(last)),
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
      ...(request.body !== null && { body: { text: request.body } }),
    },
    webResponse: response
      ? {
          protocol: 'http',
          statusCode: response.status,
          headers: { ...response.headers },
          body: { text: response.body },
        }
      : { noResponseReceived: true },
  };
}
