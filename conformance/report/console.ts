import { join } from 'node:path';
import { styleText } from 'node:util';
import { areaOf } from '../rules/names.ts';
import type { CheckRecord, Outcome } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown, type Verdict } from '../verdict/verdict.ts';
import { readingLines } from './readings.ts';
import { brokenParts, repairFirst } from './repair.ts';
import { type Repeat, repeatOf, reproFolder } from './repro.ts';
import { traceReport } from './trace.ts';
import {
  baselineText,
  contractText,
  countsText,
  failedExchange,
  knownEntry,
  nameOf,
  printable,
  refusalOf,
  remainsText,
  remarksOf,
  secondsOf,
  skipTexts,
  sourceOf,
  verdictText,
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

export interface ConsoleReportOptions {
  /** List the rules that passed, too. */
  readonly all?: boolean;
  /** Rules whose steps are printed in full. */
  readonly trace?: readonly string[] | undefined;
  /** The folder of the reports, if they are written. */
  readonly folder?: string | undefined;
  readonly colour?: boolean;
}

/** The console report: the rules by area, then what is wrong in full, then the verdict. */
export function consoleReport(
  result: ConformanceResult,
  { all = false, colour = false, trace = [], folder }: ConsoleReportOptions = {},
): string {
  const style: Style = (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
  const lines: string[] = [];
  for (const [area, records] of Map.groupBy(result.rules, ({ id }) => areaOf(id))) {
    const passed = records.filter(({ outcome }) => outcome === 'pass').length;
    lines.push('', style('bold', `${area}  ${passed} of ${records.length} passed`));
    for (const record of records)
      if (all || record.outcome !== 'pass' || record.skips.length > 0) lines.push(ruleLine(record, style));
  }
  for (const record of gravestFirst(result))
    for (const check of record.checks)
      if (check.message !== undefined) lines.push('', ...details(result, record, check, style, folder));
  if (trace.length > 0) lines.push('', traceReport(result, trace));
  if (result.readings !== null) lines.push('', ...readingLines(result.readings));
  lines.push('', ...conclusion(result, style));
  return lines.join('\n');
}

function ruleLine(record: RuleRecord, style: Style): string {
  const reasons = printable(skipTexts(record));
  const note = reasons && (record.outcome === 'skipped' ? ` – skipped: ${reasons}` : ` (in part: ${reasons})`);
  const label = `  ${marks[record.outcome]} ${nameOf(record).padEnd(18)}`;
  return style(colours[record.outcome], label) + record.statement + style('dim', note);
}

/** New failures, then warnings and errors, and last what the baseline tolerates. */
function gravestFirst(result: ConformanceResult): RuleRecord[] {
  const { failed, tolerated } = brokenParts(result);
  const others = result.rules.filter((record) => !failed.includes(record) && !tolerated.includes(record));
  return [...failed, ...others, ...tolerated];
}

/** A check that failed, warned or broke: expected, received, rule, source and how to reproduce it. */
function details(
  result: ConformanceResult,
  record: RuleRecord,
  check: CheckRecord,
  style: Style,
  folder: string | undefined,
): string[] {
  const { outcome, title, message = '', expected, received } = check;
  const entry = knownEntry(result, record);
  const word = isKnown(record, result.baseline) ? `KNOWN ${outcome.toUpperCase()}` : outcome.toUpperCase();
  const lines = [`  ${message}`];
  if (expected !== undefined && received !== undefined)
    lines.push(`  expected  ${expected}`, `  received  ${received}`);
  lines.push(`  rule      ${record.statement} [${sourceOf(record.id)}]`);
  if (entry) lines.push(`  baseline  ${baselineText(entry)}`);
  const failed = failedExchange(check);
  const repeat = repeatOf(result, record, check, folder && join(folder, reproFolder));
  if (failed && repeat) {
    const said = refusalOf(failed);
    lines.push(
      `  last      ${failed.request.method} ${failed.request.url} → ${failed.response?.status ?? 'no answer'}`,
    );
    if (said !== undefined) lines.push(`  service   ${said}`);
    lines.push(`  repeat    ${repeat.curl}`);
    if (repeat.steps > 1) lines.push(`  steps     ${stepsText(record, repeat)}`);
  }
  const head = `${marks[outcome]} ${word} ${nameOf(record)}: ${title}`;
  return [style(colours[outcome], head), ...lines.map(printable)];
}

const stepsText = ({ id }: RuleRecord, { steps, script }: Repeat): string =>
  script === undefined
    ? `${steps} led here; --trace ${id} prints them, --report-dir writes a script that repeats them`
    : `sh ${script} repeats all ${steps}`;

function conclusion(result: ConformanceResult, style: Style): string[] {
  const { rules: records, verdict, exitCode, reason, target, profile, contract, groups, baseline, only } = result;
  const lines = [];
  const { failed, tolerated } = brokenParts(result);
  const repair = repairFirst(result);
  if (records.length > 0) {
    const limits = only === null ? '' : ` (only ${only.join(', ')})`;
    const duration = `${result.requests} requests in ${secondsOf(result).toFixed(1)} s`;
    lines.push(`${records.length} rule parts${limits}: ${countsText(result)}. ${duration}.`);
  }
  if (failed.length > 0)
    lines.push(`${baseline === null ? 'Broken' : 'Newly broken'}: ${failed.map(nameOf).join(', ')}.`);
  if (tolerated.length > 0) lines.push(`Tolerated by the baseline: ${tolerated.map(nameOf).join(', ')}.`);
  if (repair !== undefined) lines.push(printable(`Repair first: ${repair}.`));
  for (const entry of baseline ?? [])
    lines.push(`Baseline, ${nameOf({ id: entry.rule, level: entry.level })}: ${printable(baselineText(entry))}`);
  if (groups > 0) lines.push(printable(remainsText(result)));
  if (result.evidence.shortened)
    lines.push(`The evidence is full (${result.evidence.maxCharacters} characters): later bodies are shortened.`);
  if (reason !== undefined) lines.push(`${records.length > 0 ? 'Ended early: ' : ''}${printable(reason)}`);
  lines.push(...remarksOf(result));
  const judged = `${target} (profile ${profile}, ${contractText(contract)})`;
  const word = verdictText(result);
  const isTolerated = verdict === 'non-conformant' && exitCode === 0;
  const ending = isTolerated ? ', but the baseline tolerates all failures' : '';
  lines.push(style(verdictColours[verdict], `${word}${word === verdict ? ':' : ' at'} ${judged}${ending}`));
  return lines;
}
