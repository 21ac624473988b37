import { styleText } from 'node:util';
import { rules } from '../../generated/rules.ts';
import type { ConformanceResult } from '../index.ts';
import type { CheckRecord, Outcome, SkipReason } from '../outcome.ts';
import { curl } from '../support/exchange.ts';
import type { RuleRecord, Verdict } from '../verdict.ts';

const marks: Readonly<Record<Outcome, string>> = { pass: '✓', fail: '✗', warn: '!', skipped: '–', error: '?' };
const colours: Readonly<Record<Outcome, Parameters<typeof styleText>[0]>> = {
  pass: 'green',
  fail: 'red',
  warn: 'yellow',
  skipped: 'dim',
  error: 'magenta',
};
const verdictColours: Readonly<Record<Verdict, Parameters<typeof styleText>[0]>> = {
  conformant: 'green',
  'conformant with warnings': 'yellow',
  incomplete: 'yellow',
  'non-conformant': 'red',
  'not judged': 'magenta',
};

const needs: Readonly<Record<string, string>> = {
  'other-key': 'the key of a second organization (--other-api-key)',
  heavy: 'many rows or groups (--profile certification)',
  'second-plan': 'a second plan of the organization',
  'foreign-plan': 'a plan that only the second organization has',
};

/** Why something was not judged, in one line. */
export const skipText = (skip: SkipReason): string =>
  skip.because === 'need' ? `needs ${needs[skip.need]}` : skip.message;

/** The console report: the rules by area, then what is wrong in full, then the verdict. */
export function consoleReport(result: ConformanceResult, { all }: { readonly all: boolean }): string {
  const lines: string[] = [];
  const areas = Map.groupBy(result.rules, ({ id }) => id.replace(/-\d+$/, ''));
  for (const [area, records] of areas) {
    const passed = records.filter(({ outcome }) => outcome === 'pass').length;
    lines.push('', styleText('bold', `${area}  ${passed} of ${records.length} passed`));
    for (const record of records)
      if (all || record.outcome !== 'pass' || record.skips.length > 0) lines.push(ruleLine(record));
  }
  const wrong = result.rules.flatMap(({ checks }) => checks).filter((check) => check.message !== undefined);
  for (const check of wrong) lines.push('', ...details(check));
  lines.push('', ...conclusion(result));
  return lines.join('\n');
}

function ruleLine({ id, level, statement, outcome, skips }: RuleRecord): string {
  const reasons = [...new Set(skips.map(skipText))].join('; ');
  const note = skips.length === 0 ? '' : outcome === 'skipped' ? ` – skipped: ${reasons}` : ` (in part: ${reasons})`;
  const label = `${id}${level === 'should' ? ' (should)' : ''}`.padEnd(18);
  return styleText(colours[outcome], `  ${marks[outcome]} ${label}`) + statement + styleText('dim', note);
}

/** A check that failed, warned or broke: expected, received, rule, source and how to see it again. */
function details({ rule, outcome, title, message = '', expected, received, exchanges }: CheckRecord): string[] {
  const lines = [
    styleText(colours[outcome], `${marks[outcome]} ${outcome.toUpperCase()} ${rule}: ${title}`),
    `  ${message}`,
  ];
  if (expected !== undefined && received !== undefined)
    lines.push(`  expected  ${expected}`, `  received  ${received}`);
  lines.push(`  rule      ${rules[rule].statement} [${rules[rule].source.join(', ')}]`);
  const last = exchanges.at(-1);
  if (last) {
    lines.push(`  last      ${last.request.method} ${last.request.url} → ${last.response?.status ?? 'no answer'}`);
    lines.push(`  repeat    ${curl(last)}`);
  }
  return lines;
}

function conclusion({
  rules,
  verdict,
  reason,
  target,
  profile,
  startedAt,
  endedAt,
  left,
  contract,
}: ConformanceResult): string[] {
  const count = (outcome: Outcome) => rules.filter((record) => record.outcome === outcome).length;
  const requests = rules.flatMap(({ checks }) => checks).reduce((sum, check) => sum + check.exchanges.length, 0);
  const seconds = ((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1);
  const lines = [];
  if (rules.length > 0) {
    const counts = (['pass', 'fail', 'warn', 'skipped', 'error'] as const).map(
      (outcome) => `${count(outcome)} ${outcome}`,
    );
    lines.push(`${rules.length} rules: ${counts.join(', ')}. ${requests} requests in ${seconds} s.`);
  }
  if (left.length > 0) lines.push(`Could not be emptied, members of this run may be left in: ${left.join(', ')}`);
  if (reason !== undefined) lines.push(reason);
  const judged = `${target} (profile ${profile}, contract ${contract.version})`;
  lines.push(
    styleText(['bold', verdictColours[verdict]].flat() as Parameters<typeof styleText>[0], `${verdict}: ${judged}`),
  );
  return lines;
}
