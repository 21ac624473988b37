import { styleText } from 'node:util';
import { severities } from '../generated/advice.ts';
import type { AdviceFlags } from './command.ts';
import { amount } from './domain/amount.ts';
import type { Schemas } from './index.ts';
import { callControl, worldNames } from './remote.ts';

type Advice = Schemas['Advice'];
type Finding = Schemas['Finding'];

/** Exit codes of `groups-mock advise`; 2 means bad usage, or no mock at the URL. */
const exitCodes = { ok: 0, found: 1, noRequests: 3 } as const;

/** Prints the findings about the clients of a running mock, and sets the exit code. */
export async function printAdvice(flags: AdviceFlags): Promise<void> {
  const names = flags.world === undefined ? await worldNames(flags) : [flags.world];
  const all: Advice[] = [];
  for (const name of names) all.push(await callControl(flags, 'advise', { params: { world: name } }));
  const seen = all.filter(({ exchanges }) => exchanges > 0);
  if (flags.json) for (const advice of seen) console.log(JSON.stringify(advice));
  else console.log(adviceText(seen, forgottenOf(all)));
  process.exitCode = exitCodeFor(seen, flags.failOn);
}

/** Fails on findings of the severity `failOn` or a worse one, and if there were no requests. */
function exitCodeFor(seen: readonly Advice[], failOn: AdviceFlags['failOn']): number {
  if (seen.length === 0) return exitCodes.noRequests;
  if (failOn === 'never') return exitCodes.ok;
  const failing = severities.slice(0, severities.indexOf(failOn) + 1);
  const failed = seen.some(({ findings }) => findings.some(({ severity }) => failing.includes(severity)));
  return failed ? exitCodes.found : exitCodes.ok;
}

const forgottenOf = (all: readonly Advice[]): number => all.reduce((sum, { forgotten }) => sum + forgotten, 0);

const rank = ({ severity }: Finding): number => severities.indexOf(severity);

const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
  styleText(format, text, { stream: process.stdout });

const colourOf = { error: 'red', warning: 'yellow' } as const satisfies Record<Finding['severity'], string>;

/** How many occurrences of a finding are shown. */
const maxShown = 5;

/** Each finding once, with its occurrences in all worlds. */
function adviceText(all: readonly Advice[], forgotten: number): string {
  const lost = forgotten > 0 ? [`No longer in the journal: ${amount(forgotten, 'earlier request')}.`] : [];
  if (all.length === 0) return ['There are no requests to judge.', ...lost].join('\n');
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
    ...(total('unfinished') > 0 ? [`Still in flight and not judged: ${amount(total('unfinished'), 'sync')}.`] : []),
    ...lost,
  ].join('\n');
}

function findingText({ id, severity, title, why, fix }: Finding, happened: readonly string[]): string {
  const left = happened.length - maxShown;
  return [
    `${paint(colourOf[severity], severity)} ${paint('bold', id)} ${title}`,
    ...happened.slice(0, maxShown),
    ...(left > 0 ? [`  - and ${left} more; --json lists all`] : []),
    `  Why: ${why}`,
    `  Fix: ${fix}`,
    '',
  ].join('\n');
}

/** `3–5, 9` for the numbers 3, 4, 5 and 9. */
function ranges(numbers: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const number of numbers) {
    const open = parts.at(-1);
    if (open?.[1] === number - 1) open[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
