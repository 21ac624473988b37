import { type Change, demands, verdicts } from './change.ts';
import type { Comparison } from './comparison.ts';

const headings = { breaking: 'Breaking', compatible: 'Compatible', editorial: 'Editorial' } as const;

/** A value in one line of at most 60 characters. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const values = ({ before, after }: Change): string =>
  before === undefined && after === undefined ? '' : `${shown(before)} → ${shown(after)}`;

/** The value that shows the change; empty if there is none. */
const shownBy = ({ counterexample }: Change): string =>
  counterexample === undefined ? '' : `\`${shown(counterexample.value).replaceAll('`', "'")}\` ${counterexample.says}`;

const affected = ({ affects }: Change): string => affects.join(' and ') || 'nobody';

/** The clients by name that the change reaches; empty if no profile was given. */
const reached = ({ reaches }: Change): string[] => {
  if (reaches === undefined) return [];
  return reaches.length === 0
    ? ['reaches none of the clients']
    : reaches.map(({ client, says }) => `${client} ${says}`);
};

/** At most three places by name, because a shared schema may reach every operation. */
const places = ({ where }: Change): string =>
  where.length > 3 ? `${where.slice(0, 3).join(', ')} and ${where.length - 3} more` : where.join(', ');

/** The whole comparison in one line. */
export function summary({ changes, verdict, versions }: Comparison): string {
  if (verdict === 'unchanged') return 'No change.';
  const counts = verdicts
    .map((name) => [changes.filter((change) => change.verdict === name).length, name] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`);
  const demanded = versions.before === null ? '' : ` It demands version ${versions.demanded} after ${versions.before}.`;
  return `${counts.join(', ')}.${demanded}`;
}

/** For a terminal: what breaks first, each change with its path, its values and whom it affects. */
export function renderText(comparison: Comparison): string {
  const blocks = comparison.changes.map((change) =>
    [
      `${change.verdict.padEnd(10)} ${change.what}`,
      `           at ${change.path}`,
      ...(values(change) === '' ? [] : [`           ${values(change)}`]),
      ...(shownBy(change) === '' ? [] : [`           ${shownBy(change)}`]),
      ...(change.where.length === 0 ? [] : [`           in ${places(change)}`]),
      ...reached(change).map((line) => `           ${line}`),
      `           affects ${affected(change)}; demands ${demands[change.verdict]}`,
    ].join('\n'),
  );
  return [...blocks, summary(comparison)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('`', "'")}\``);

/** For a pull request: the verdict on top, a table per verdict, the editorial ones folded away. */
export function renderMarkdown(comparison: Comparison): string {
  const tables = verdicts.flatMap((verdict) => {
    const changes = comparison.changes.filter((change) => change.verdict === verdict);
    if (changes.length === 0) return [];
    const rows = changes.map((change) =>
      [
        [change.what, shownBy(change)].filter(Boolean).join(': '),
        code(change.path),
        code(values(change)),
        places(change),
        affected(change),
      ]
        .map(cell)
        .join(' | '),
    );
    const table = ['| change | path | before → after | where | affects |', '| --- | --- | --- | --- | --- |']
      .concat(rows.map((row) => `| ${row} |`))
      .join('\n');
    const heading = `${headings[verdict]} (${changes.length}), demands ${demands[verdict]}`;
    if (verdict !== 'editorial') return [`### ${heading}\n\n${table}`];
    return [`<details><summary>${heading}</summary>\n\n${table}\n\n</details>`];
  });
  return [`**Contract: ${comparison.verdict}.** ${summary(comparison)}`, ...tables].join('\n\n');
}

/** For programs: the comparison as it is, each change with the part of the version that it moves. */
export function renderJson({ changes, ...rest }: Comparison): string {
  const entries = changes.map((change) => ({ ...change, demands: demands[change.verdict] }));
  return JSON.stringify({ ...rest, changes: entries }, null, 2);
}
