import { styleText } from 'node:util';
import { severities } from '../generated/advice.ts';
import { amount } from './advisor/evidence.ts';
import type { AdviceFlags } from './command.ts';
import type { Schemas } from './index.ts';
import { ask, worldPath } from './remote.ts';

type Advice = Schemas['Advice'];
type Finding = Schemas['Finding'];

/** With which code `groups-mock advise` ends; 2 is bad usage, or no mock there. */
const exitCodes = { ok: 0, found: 1, nothingSeen: 3 } as const;

/** Prints how the clients of a mock that runs elsewhere would fare in production, and sets the exit code. */
export async function printAdvice(flags: AdviceFlags): Promise<void> {
  const names =
    flags.world === undefined
      ? (await ask<'WorldList'>(flags, '/worlds')).worlds.map(({ name }) => name)
      : [flags.world];
  const all: Advice[] = [];
  for (const name of names) all.push(await ask<'Advice'>(flags, worldPath(name, 'advice')));
  const seen = all.filter(({ exchanges }) => exchanges > 0);
  if (flags.json) for (const advice of seen) console.log(JSON.stringify(advice));
  else console.log(adviceText(seen, forgottenOf(all)));
  process.exitCode = verdict(seen, flags.failOn);
}

/** Findings of that severity or a worse one decide; where nothing was seen, nothing is well. */
function verdict(seen: readonly Advice[], failOn: AdviceFlags['failOn']): number {
  if (seen.length === 0) return exitCodes.nothingSeen;
  if (failOn === 'never') return exitCodes.ok;
  const bad = severities.slice(0, severities.indexOf(failOn) + 1);
  const failed = seen.some(({ findings }) => findings.some(({ severity }) => bad.includes(severity)));
  return failed ? exitCodes.found : exitCodes.ok;
}

const forgottenOf = (all: readonly Advice[]): number => all.reduce((sum, { forgotten }) => sum + forgotten, 0);

const rank = ({ severity }: Finding): number => severities.indexOf(severity);

const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
  styleText(format, text, { stream: process.stdout });

const colourOf = { error: 'red', warning: 'yellow' } as const satisfies Record<Finding['severity'], string>;

/** How many occurrences of a finding are shown. */
const mostShown = 5;

/** Each finding once, with what happened in all the worlds. */
function adviceText(all: readonly Advice[], forgotten: number): string {
  const lost = forgotten > 0 ? [`No longer in the journal: ${amount(forgotten, 'earlier request')}.`] : [];
  if (all.length === 0)
    return ['No request of an organization was seen, so there is nothing to judge.', ...lost].join('\n');
  const findings = new Map<string, { readonly finding: Finding; readonly happened: string[] }>();
  for (const { world, findings: found } of all)
    for (const finding of found) {
      const same = findings.get(finding.id) ?? { finding, happened: [] };
      findings.set(finding.id, same);
      for (const { what, evidence } of finding.occurrences)
        same.happened.push(`  - ${what} ${paint('dim', `Journal of ${world}: ${ranges(evidence)}.`)}`);
    }
  const kinds = [...findings.values()].sort((a, b) => rank(a.finding) - rank(b.finding));
  const count = (severity: string) => kinds.filter(({ finding }) => finding.severity === severity).length;
  const total = (name: 'exchanges' | 'unfinished') => all.reduce((sum, one) => sum + one[name], 0);
  return [
    ...kinds.map(({ finding, happened }) => findingText(finding, happened)),
    `${severities.map((severity) => amount(count(severity), severity)).join(', ')} ` +
      `in ${amount(total('exchanges'), 'request')} of ${amount(all.length, 'world')}.`,
    ...(total('unfinished') > 0 ? [`Still in flight, so not judged: ${amount(total('unfinished'), 'sync')}.`] : []),
    ...lost,
  ].join('\n');
}

function findingText({ id, severity, title, why, fix }: Finding, happened: readonly string[]): string {
  const left = happened.length - mostShown;
  return [
    `${paint(colourOf[severity], severity)} ${paint('bold', id)} ${title}`,
    ...happened.slice(0, mostShown),
    ...(left > 0 ? [`  - and ${left} more; --json lists all`] : []),
    `  Why: ${why}`,
    `  Fix: ${fix}`,
    '',
  ].join('\n');
}

/** `3–5, 9` for 3, 4, 5 and 9. */
function ranges(numbers: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const number of numbers) {
    const open = parts.at(-1);
    if (open?.[1] === number - 1) open[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
