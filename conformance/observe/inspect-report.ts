import { rules } from '../../generated/rules.ts';
import type { Inspection } from './inspect.ts';
import type { PartFinding, Violation } from './observer.ts';

/** Takes out what must not leave a recording: keys, e-mails and numbers that could be phones. */
export const redacted = (text: string): string =>
  text
    .replaceAll(/\bvit_(apk|at)_[\w.-]+/g, '[key]')
    .replaceAll(/[^\s"'<>@]+@[^\s"'<>@]+\.[a-z]{2,}/gi, '[e-mail]')
    .replaceAll(/(?<![\w-])(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}(?![\w-])/g, '[number]');

const plain = (violation: Violation): Violation => ({
  ...violation,
  request: redacted(violation.request),
  expected: redacted(violation.expected),
  received: redacted(violation.received),
});

const isUnseen = ({ held, broken }: PartFinding): boolean => held === 0 && broken === 0;
const isBroken = ({ broken }: PartFinding): boolean => broken > 0;

/** 0: no violation. 1: a must is broken. 3: there was nothing to judge. */
export const exitCodeOf = ({ findings: { exchanges, parts } }: Inspection): 0 | 1 | 3 => {
  if (exchanges === 0) return 3;
  return parts.some((part) => isBroken(part) && part.level === 'must') ? 1 : 0;
};

/** The best that can be said: a recording is never all that a service does. */
function summaryOf({ findings: { exchanges, parts } }: Inspection): string {
  if (exchanges === 0) return 'nothing to judge';
  const broken = parts.filter(isBroken);
  const count = (level: string) => broken.filter((part) => part.level === level).length;
  const musts = count('must');
  const warnings = count('should') > 0 ? `, ${count('should')} should not kept` : '';
  return musts > 0
    ? `${musts} rule parts broken${warnings} in ${exchanges} exchanges`
    : `no violation seen in ${exchanges} exchanges${warnings}`;
}

/** The inspection as JSON; `groups-mock --readings` takes it. */
export function jsonReport(inspection: Inspection): string {
  const { recording, findings, readings } = inspection;
  const report = {
    summary: summaryOf(inspection),
    exitCode: exitCodeOf(inspection),
    baseUrl: recording.baseUrl,
    entries: recording.entries,
    ignored: recording.ignored,
    unreadable: recording.unreadable,
    otherBaseUrls: [...recording.otherBaseUrls],
    exchanges: findings.exchanges,
    limitsReached: findings.limitsReached,
    parts: findings.parts.map((part) => ({ ...part, violations: part.violations.map(plain) })),
    readings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The inspection as text. */
export function textReport(inspection: Inspection): string {
  const { recording, findings, readings } = inspection;
  const lines = [
    `${recording.entries} entries, ${findings.exchanges} of them exchanges of the API at ${recording.baseUrl ?? 'no address'}.`,
  ];
  if (recording.unreadable > 0) lines.push(`${recording.unreadable} entries could not be read.`);
  if (recording.otherBaseUrls.size > 0)
    lines.push(`Ignored: ${[...recording.otherBaseUrls].join(', ')}; choose one with --base-url.`);
  for (const part of findings.parts.filter(isBroken)) {
    const { statement } = rules[part.part.split(' ')[0] as keyof typeof rules];
    lines.push('', `${part.level === 'must' ? 'BROKEN' : 'WARNING'} ${part.part} (${part.broken} times): ${statement}`);
    for (const { exchange, request, where, expected, received } of part.violations.slice(0, 3).map(plain))
      lines.push(`  exchange ${exchange}  ${request}`, `    ${where}: expected ${expected}; received ${received}`);
  }
  lines.push('', 'Readings of open questions:');
  for (const [name, reading] of Object.entries(readings.questions))
    if ('value' in reading) lines.push(`  ${name}: ${reading.value} (exchange ${reading.evidence})`);
  if (readings.syncMilliseconds !== null) lines.push(`  a sync took ${readings.syncMilliseconds} ms (median)`);
  if (findings.limitsReached.length > 0)
    lines.push('', `Too long to remember all of it (${findings.limitsReached.join(', ')}): more may be broken.`);
  const unseen = findings.parts.filter(isUnseen).map(({ part }) => part);
  lines.push('', `${summaryOf(inspection)}; rules not seen: ${unseen.join(', ') || 'none'}.`);
  return `${lines.join('\n')}\n`;
}
