import { rules } from '../../generated/rules.ts';
import { type RulePart, ruleOf } from '../rule-parts.ts';
import type { Inspection } from './inspect.ts';
import type { PartFinding, Violation } from './observer.ts';
import { plainReadings, readingTexts, unseenTexts } from './readings.ts';
import { redactedText } from './redaction.ts';

/** A violation without keys and personal fields. */
export const plainViolation = (violation: Violation): Violation => ({
  ...violation,
  request: redactedText(violation.request),
  expected: redactedText(violation.expected),
  received: redactedText(violation.received),
});

export const isUnseen = ({ held, broken }: PartFinding): boolean => held === 0 && broken === 0;
const isBroken = ({ broken }: PartFinding): boolean => broken > 0;

/** 0: no violation. 1: a must is broken. 3: there was nothing to judge. */
export const inspectionExitCode = ({ findings: { exchanges, parts } }: Inspection): 0 | 1 | 3 => {
  if (exchanges === 0) return 3;
  return parts.some((part) => isBroken(part) && part.level === 'must') ? 1 : 0;
};

export const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The result in one line. Traffic never shows everything that a service does, so the result is never "conformant". */
export function summaryOf({ findings: { exchanges, parts } }: Inspection): string {
  if (exchanges === 0) return 'nothing to judge';
  const count = (level: string) => parts.filter((part) => isBroken(part) && part.level === level).length;
  const [musts, shoulds] = [count('must'), count('should')];
  const warnings = shoulds > 0 ? `, ${amount(shoulds, 'warning')}` : '';
  return musts > 0
    ? `${amount(musts, 'rule')} broken${warnings} in ${amount(exchanges, 'exchange')}`
    : `no violation seen in ${amount(exchanges, 'exchange')}${warnings}`;
}

/** One line about a violation, for those who watch. */
export function violationLine(violation: Violation): string {
  const { part, level, exchange, request, where, expected, received } = plainViolation(violation);
  return `${wordOf(level)} ${part}, exchange ${exchange}, ${request}: ${where}: expected ${expected}; received ${received}`;
}

const wordOf = (level: 'must' | 'should'): string => (level === 'must' ? 'BROKEN' : 'WARNING');

const statementOf = (part: RulePart): string => {
  const rule = rules[ruleOf(part)];
  return part.endsWith(' should') && 'should' in rule ? rule.should : rule.statement;
};

/** The inspection as JSON; `groups-mock --readings` takes it. */
export function inspectionJson(inspection: Inspection): string {
  const { recording, findings, readings } = inspection;
  const report = {
    summary: summaryOf(inspection),
    exitCode: inspectionExitCode(inspection),
    ...recording,
    exchanges: findings.exchanges,
    limitsReached: findings.limitsReached,
    parts: findings.parts.map((part) => ({ ...part, violations: part.violations.map(plainViolation) })),
    readings: plainReadings(readings),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The inspection as text. */
export function inspectionText(inspection: Inspection): string {
  const { recording, findings, readings } = inspection;
  const lines = [
    `${recording.entries} entries, ${findings.exchanges} of them exchanges of the API at ${recording.baseUrl ?? 'no address'}.`,
    ...notesOn(inspection),
  ];
  for (const { part, level, broken, violations } of findings.parts.filter(isBroken)) {
    lines.push('', `${wordOf(level)} ${part} (${amount(broken, 'time')}): ${statementOf(part)}`);
    for (const { exchange, request, where, expected, received } of violations.slice(0, 3).map(plainViolation))
      lines.push(`  exchange ${exchange}  ${request}`, `    ${where}: expected ${expected}; received ${received}`);
  }
  lines.push('', 'Readings of open questions:', ...readingTexts(readings).map((text) => `  ${text}`));
  lines.push('', 'Questions without a reading:', ...unseenTexts(readings).map((text) => `  ${text}`));
  const unseen = findings.parts.filter(isUnseen).map(({ part }) => part);
  lines.push('', `${summaryOf(inspection)}; rules not seen: ${unseen.join(', ') || 'none'}.`);
  return `${lines.join('\n')}\n`;
}

/** What the judgement could not take into account. */
function notesOn({ recording, findings: { limitsReached } }: Inspection): string[] {
  const notes = [];
  if (recording.unreadable > 0) notes.push(`${recording.unreadable} entries could not be read.`);
  if (recording.unkept > 0) notes.push(`${recording.unkept} exchanges had a body too large or encoded to be judged.`);
  if (!recording.isChronological) notes.push('The times are those of the export, so each exchange was judged alone.');
  if (recording.otherBaseUrls.length > 0)
    notes.push(`Ignored: ${recording.otherBaseUrls.join(', ')}; choose one with --base-url.`);
  if (limitsReached.length > 0)
    notes.push(`The traffic exceeds what can be remembered (${limitsReached.join(', ')}); more rules may be broken.`);
  return notes;
}
