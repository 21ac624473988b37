import type { RulePart } from '../rule-parts.ts';
import { defects } from './defects.ts';
import type { Trial } from './trial.ts';
import { variants } from './variants.ts';

const names = (parts: readonly string[]): string => parts.join(', ') || '–';
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
/** A row of a Markdown table. */
export const tableRow = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const percent = (good: number, all: number): string => `${good} of ${all} (${((100 * good) / all).toFixed(1)} %)`;

/** How many trials ended as expected. */
export const rate = (trials: readonly Trial[]): string =>
  percent(trials.filter(({ fault }) => fault === '').length, trials.length);

/** How many rows of a table end as expected. */
const share = (rows: readonly string[], end: string): string =>
  percent(rows.filter((line) => line.endsWith(`| ${end} |`)).length, rows.length);

/** The rows of a written table, by the name in their first cell. */
function rowsBefore(markdown: string): Map<string, string> {
  const rows = markdown.split('\n').filter((line) => /^\| (?!-)/.test(line));
  return new Map(rows.map((line) => [line.slice(2).split(' | ')[0] as string, line]));
}

/** The parts that failed, although the defect does not name them. */
export const furtherOf = ({ failed, expected }: Trial): RulePart[] => failed.filter((part) => !expected.includes(part));

/** The table of defects as Markdown; defects that were not run keep their rows. */
export function defectsMarkdown(trials: readonly Trial[], before: string): string {
  const earlier = rowsBefore(before);
  const rows = defects.flatMap(({ name, sentence, also }) => {
    const trial = trials.find((candidate) => candidate.name === name);
    if (trial === undefined) return earlier.get(name) ?? [];
    const further = furtherOf(trial).map((part) => {
      const why = also?.find(({ rule }) => rule === part)?.why;
      return why === undefined ? part : `${part}: ${why}`;
    });
    return [
      tableRow(
        name,
        sentence,
        names(trial.expected),
        further.join('; ') || '–',
        trial.verdict,
        trial.fault || 'noticed',
      ),
    ];
  });
  return `<!-- Do not edit: written by \`npm run self-test -- --write\`. -->

# Defects

Each row is the mock with one mistake, and what the suite found. Noticed: ${share(rows, 'noticed')}.

| defect | what the server does wrong | rules that must fail | further rules that fail, and why | verdict | result |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** The tables of variants and sets as Markdown; those that were not run keep their rows. */
export function variantsMarkdown(single: readonly Trial[], sets: readonly Trial[], before: string): string {
  const earlier = rowsBefore(before);
  const rows = variants.flatMap(({ name, sentence, warns }) => {
    const trial = single.find((candidate) => candidate.name === name);
    if (trial === undefined) return earlier.get(name) ?? [];
    return [tableRow(name, sentence, names(warns), trial.verdict, trial.fault || 'not accused')];
  });
  const together =
    sets.length > 0
      ? sets.map(({ name, verdict, fault }, index) =>
          tableRow(String(index + 1), name, verdict, fault || 'not accused'),
        )
      : [...earlier].flatMap(([name, line]) => (/^\d+$/.test(name) ? [line] : []));
  return `<!-- Do not edit: written by \`npm run self-test -- --write\`. -->

# Legal variants

Each row is the mock keeping the contract in another way, which must not fail a must. Not accused: ${share(rows, 'not accused')}.

| variant | what the server does | should rules that it breaks | verdict | result |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

## Together

Every two compatible variants are together in at least one of these sets. Not accused: ${share(together, 'not accused')}.

| set | variants | verdict | result |
| --- | --- | --- | --- |
${together.join('\n')}
`;
}
