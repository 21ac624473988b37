import { styleText } from 'node:util';
import { areaOf } from '../rules/names.ts';
import { curl } from '../run/exchange.ts';
import type { CheckRecord, Outcome } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown, type Verdict } from '../verdict/verdict.ts';
import {
  baselineText,
  contractText,
  countsText,
  knownEntry,
  lastExchange,
  nameOf,
  printable,
  remainsText,
  secondsOf,
  skipTexts,
  sourceOf,
} from './wording.ts';

type Format = Parameters<typeof styleText>[0];
type Style = (format: Format, text: string) => string;

const marks: Readonly<Record<Outcome, string>> = { pass: '✓', fail: '✗', warn: '!', skipped: '–', error: '?' };
const colours: Readonly<Record<Outcome, Format>> = {
  pass: 'green',
  fail: 'red',
  warn: 'yellow',
  skipped: 'dim',
  error: 'magenta',
};
const verdictColours: Readonly<Record<Verdict, Format>> = {
  conformant: ['bold', 'green'],
  'conformant with warnings': ['bold', 'yellow'],
  incomplete: ['bold', 'yellow'],
  'non-conformant': ['bold', 'red'],
  'not judged': ['bold', 'magenta'],
};

export interface ConsoleOptions {
  /** List the rules that passed, too. */
  readonly all?: boolean;
  readonly colour?: boolean;
}

/** The console report: the rules by area, then what is wrong in full, then the verdict. */
export function consoleReport(result: ConformanceResult, { all = false, colour = false }: ConsoleOptions = {}): string {
  const style: Style = (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
  const lines: string[] = [];
  for (const [area, records] of Map.groupBy(result.rules, ({ id }) => areaOf(id))) {
    const passed = records.filter(({ outcome }) => outcome === 'pass').length;
    lines.push('', style('bold', `${area}  ${passed} of ${records.length} passed`));
    for (const record of records)
      if (all || record.outcome !== 'pass' || record.skips.length > 0) lines.push(ruleLine(record, style));
  }
  for (const record of result.rules)
    for (const check of record.checks)
      if (check.message !== undefined) lines.push('', ...details(result, record, check, style));
  lines.push('', ...conclusion(result, style));
  return lines.join('\n');
}

function ruleLine(record: RuleRecord, style: Style): string {
  const reasons = printable(skipTexts(record));
  const note = reasons && (record.outcome === 'skipped' ? ` – skipped: ${reasons}` : ` (in part: ${reasons})`);
  const label = `  ${marks[record.outcome]} ${nameOf(record).padEnd(18)}`;
  return style(colours[record.outcome], label) + record.statement + style('dim', note);
}

/** A check that failed, warned or broke: expected, received, rule, source and how to see it again. */
function details(result: ConformanceResult, record: RuleRecord, check: CheckRecord, style: Style): string[] {
  const { outcome, title, message = '', expected, received } = check;
  const entry = knownEntry(result, record);
  const word = isKnown(record, result.baseline) ? `KNOWN ${outcome.toUpperCase()}` : outcome.toUpperCase();
  const lines = [`  ${message}`];
  if (expected !== undefined && received !== undefined)
    lines.push(`  expected  ${expected}`, `  received  ${received}`);
  lines.push(`  rule      ${record.statement} [${sourceOf(record.id)}]`);
  if (entry) lines.push(`  baseline  ${baselineText(entry)}`);
  const last = lastExchange(check);
  if (last) {
    lines.push(`  last      ${last.request.method} ${last.request.url} → ${last.response?.status ?? 'no answer'}`);
    lines.push(`  repeat    ${curl(last)}`);
  }
  const head = `${marks[outcome]} ${word} ${nameOf(record)}: ${title}`;
  return [style(colours[outcome], head), ...lines.map(printable)];
}

function conclusion(result: ConformanceResult, style: Style): string[] {
  const { rules: records, verdict, exitCode, reason, target, profile, contract, groups, baseline, only } = result;
  const lines = [];
  const failed = records.filter(({ outcome }) => outcome === 'fail').map(nameOf);
  if (records.length > 0) {
    const limits = only === null ? '' : ` (only ${only.join(', ')})`;
    const duration = `${result.requests} requests in ${secondsOf(result).toFixed(1)} s`;
    lines.push(`${records.length} rule parts${limits}: ${countsText(result)}. ${duration}.`);
  }
  if (failed.length > 0) lines.push(`Broken: ${failed.join(', ')}.`);
  for (const entry of baseline ?? [])
    lines.push(`Baseline, ${nameOf({ id: entry.rule, level: entry.level })}: ${printable(baselineText(entry))}`);
  if (groups > 0) lines.push(printable(remainsText(result)));
  if (result.evidence.shortened)
    lines.push(`The evidence is full (${result.evidence.maxCharacters} characters): later bodies are shortened.`);
  if (reason !== undefined) lines.push(`${records.length > 0 ? 'Ended early: ' : ''}${printable(reason)}`);
  const judged = `${target} (profile ${profile}, ${contractText(contract)})`;
  const tolerated =
    verdict === 'non-conformant' && exitCode === 0 ? ', in no other way than the baseline tolerates' : '';
  lines.push(style(verdictColours[verdict], `${verdict}: ${judged}${tolerated}`));
  return lines;
}
