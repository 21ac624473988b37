import { html } from 'hono/html';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown } from '../verdict/verdict.ts';
import { repairFirst } from './repair.ts';
import {
  baselineText,
  contractText,
  countsText,
  failedExchange,
  faultText,
  knownEntry,
  nameOf,
  printable,
  refusalOf,
  remarksOf,
  secondsOf,
  skipTexts,
  sourceOf,
  verdictText,
} from './wording.ts';

/** Workflow commands of GitHub Actions: an annotation for each check that failed, warned or broke. */
export function githubAnnotations(result: ConformanceResult): string {
  const lines = result.rules.flatMap((record) =>
    record.checks.filter(({ message }) => message !== undefined).map((check) => annotation(result, record, check)),
  );
  for (const entry of result.baseline ?? [])
    if (entry.state === 'fixed') lines.push(command('notice', entry.rule, baselineText(entry)));
  for (const remark of remarksOf(result)) lines.push(command('warning', 'run', remark));
  if (result.reason !== undefined) lines.push(command('error', result.verdict, result.reason));
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(result: ConformanceResult, record: RuleRecord, check: CheckRecord): string {
  const { title, message = '', expected, received, outcome } = check;
  const entry = knownEntry(result, record);
  const failed = failedExchange(check);
  const said = failed && refusalOf(failed);
  const text = [
    `${title}: ${message}`,
    ...(expected !== undefined && received !== undefined ? [`expected ${expected}`, `received ${received}`] : []),
    ...(said === undefined ? [] : [`service: ${said}`]),
    `rule: ${record.statement}`,
    ...(entry ? [baselineText(entry)] : []),
  ].map(printable);
  const level = isKnown(record, result.baseline) ? 'notice' : outcome === 'warn' ? 'warning' : 'error';
  return command(level, nameOf(record), text.join('\n'));
}

function command(level: 'error' | 'warning' | 'notice', title: string, message: string): string {
  const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${escaped(message)}`;
}

/** The step summary of GitHub Actions, in Markdown; what the target said is in escaped HTML within. */
export function githubSummary(result: ConformanceResult): string {
  const { target, profile, contract, suite, reason, requests } = result;
  const repair = repairFirst(result);
  const code = (text: string) => String(html`<code>${printable(text)}</code>`);
  const rows = result.rules
    .filter(({ outcome }) => outcome !== 'pass')
    .map((record) => {
      const entry = knownEntry(result, record);
      const messages = record.checks.flatMap((check) => (check.message === undefined ? [] : [code(faultText(check))]));
      const notes = [...messages, ...(record.skips.length > 0 ? [code(skipTexts(record))] : [])];
      if (entry) notes.push(code(baselineText(entry)));
      const cells = [record.outcome, nameOf(record), record.statement, sourceOf(record.id), notes.join('<br>')];
      return `<tr>${cells.map((cell, index) => `<td>${index === 4 ? cell : html`${cell}`}</td>`).join('')}</tr>`;
    });
  const head = '<tr><th>outcome</th><th>rule</th><th>statement</th><th>source</th><th>found</th></tr>';
  return [
    `## Conformance: ${verdictText(result)}`,
    '',
    `${code(target)}, profile ${profile}, ${contractText(contract)}, suite ${suite.version}`,
    '',
    `${result.rules.length} rule parts: ${countsText(result)}. ${requests} requests in ${secondsOf(result).toFixed(1)} s.`,
    ...(reason === undefined ? [] : ['', code(reason)]),
    ...(repair === undefined ? [] : ['', `**Repair first:** ${code(repair)}`]),
    ...remarksOf(result).flatMap((remark) => ['', remark]),
    ...(rows.length === 0 ? [] : ['', `<table>${head}${rows.join('')}</table>`]),
    '',
  ].join('\n');
}
