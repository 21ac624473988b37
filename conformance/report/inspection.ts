import packageJson from '../../package.json' with { type: 'json' };
import { identityOf, ownContract } from '../contract/judged-contract.ts';
import type { Inspection } from '../observe/inspect.ts';
import { amount, inspectionExitCode, isUnseen, plainViolation, summaryOf } from '../observe/inspect-report.ts';
import type { PartFinding } from '../observe/observer.ts';
import { plainReadings } from '../observe/readings.ts';
import { ruleOf } from '../rule-parts.ts';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { type RuleRecord, statementOf } from '../verdict/rule-record.ts';
import { countOutcomes } from '../verdict/verdict.ts';
import { joined, type Markup, markup, reportPage } from './page.ts';
import { readingsSection } from './readings.ts';
import { printable } from './wording.ts';

/** An inspection as a result, so that it can have the report formats of a run. Rules that were not seen are left out. */
export function resultOfInspection(inspection: Inspection): ConformanceResult {
  const { recording, findings, readings, startedAt, endedAt } = inspection;
  const rules = findings.parts.filter((part) => !isUnseen(part)).map(recordOf);
  const exitCode = inspectionExitCode(inspection);
  return {
    suite: { name: packageJson.name, version: packageJson.version },
    contract: identityOf(ownContract),
    target: recording.baseUrl ?? 'no address',
    verifiesTls: null,
    profile: 'observed',
    only: null,
    startedAt,
    endedAt,
    requests: findings.exchanges,
    // Traffic never shows everything that a service does, so the best verdict is incomplete.
    verdict: exitCode === 1 ? 'non-conformant' : exitCode === 3 ? 'not judged' : 'incomplete',
    exitCode,
    reason: summaryOf(inspection),
    counts: countOutcomes(rules),
    rules,
    baseline: null,
    readings: plainReadings(readings),
    evidence: { maxCharacters: 0, shortened: false },
    groups: 0,
    left: [],
    throttling: { answers: 0, milliseconds: 0 },
    isSecondKeyOfSameOrganization: false,
  };
}

function recordOf(finding: PartFinding): RuleRecord {
  const { part, level, held, broken } = finding;
  const rule = ruleOf(part);
  const base = { rule, level, milliseconds: 0, exchanges: [] };
  const outcome = broken === 0 ? 'pass' : level === 'must' ? 'fail' : 'warn';
  const checks: CheckRecord[] =
    broken === 0
      ? [{ ...base, title: `kept in ${amount(held, 'exchange')}`, outcome }]
      : finding.violations.map(plainViolation).map(({ exchange, request, where, expected, received }) => ({
          ...base,
          title: `exchange ${exchange}, ${request}`,
          outcome,
          message: where,
          expected,
          received,
        }));
  return {
    id: rule,
    level,
    statement: statementOf(rule, level),
    outcome,
    skips: [],
    checks,
    observed: { held, broken },
  };
}

const style = 'section { margin: 1rem 0; } li { margin: .3rem 0; }';

/** An inspection as a self-contained page. */
export function htmlOfInspection(inspection: Inspection): string {
  const { recording, findings, readings } = inspection;
  const broken = findings.parts.filter((part) => part.broken > 0);
  const unseen = findings.parts.filter(isUnseen).map(({ part }) => part);
  const mark = ['warn', 'fail', '', 'skipped'][inspectionExitCode(inspection)] ?? '';
  const body = markup`
<header><h1>Traffic of <code>${printable(recording.baseUrl ?? 'no address')}</code></h1>
<p class="verdict ${mark === 'warn' && broken.length === 0 ? '' : mark}">${summaryOf(inspection)}</p></header>
<main>
${joined(broken.map(brokenPart))}
${readingsSection(readings)}
<section><h2>Rules not seen</h2><p>${unseen.join(', ') || 'none'}</p></section>
</main>
<footer class="dim"><p>Keys and personal fields were removed.</p></footer>`;
  return reportPage(`Traffic of ${recording.baseUrl ?? 'no address'}`, style, body);
}

function brokenPart({ part, level, broken, violations }: PartFinding): Markup {
  const items = violations
    .map(plainViolation)
    .map(
      ({ exchange, request, where, expected, received }) =>
        markup`<li>exchange ${exchange}, <code>${printable(request)}</code><br>${printable(where)}: expected ${printable(expected)}; received ${printable(received)}</li>`,
    );
  return markup`<section id="${part}"><h2><span class="${level === 'must' ? 'fail' : 'warn'}">${part}</span> ${statementOf(ruleOf(part), level)}</h2>
<p class="dim">Broken in ${amount(broken, 'exchange')}.</p><ul>${joined(items)}</ul></section>`;
}
