import { type RulePart, ruleParts } from '../rule-parts.ts';
import { defects } from './defects.ts';
import { nameOfSet, pairwise } from './pairs.ts';
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

/** What a table holds of an earlier trial; the rest of its row stands in the sources. */
interface Recorded {
  readonly further: readonly RulePart[];
  readonly verdict: string;
  readonly fault: string;
}

/** What a written table holds, by the name of the defect, variant or set. */
export function recorded(markdown: string): Map<string, Recorded> {
  const rows = markdown.split('\n').filter((line) => /^\| (?!---)/.test(line) && !line.endsWith('| result |'));
  return new Map(
    rows.map((line) => {
      const cells = line.slice(2, -2).split(' | ');
      const [result = '', verdict = '', further = ''] = cells.toReversed();
      const name = /^\d+$/.test(cells[0] ?? '') ? cells[1] : cells[0];
      const fault = result === 'noticed' || result === 'not accused' ? '' : result;
      return [name as string, { further: partsIn(further), verdict, fault }];
    }),
  );
}

/** The parts in a cell such as `ERR-1: why; TOK-2`. */
const partsIn = (text: string): RulePart[] =>
  text.split('; ').flatMap((item) => ruleParts.find((part) => part === item.split(':')[0]) ?? []);

/** The parts that failed, although the defect does not name them. */
export const furtherOf = ({ failed, expected }: Trial): RulePart[] => failed.filter((part) => !expected.includes(part));

/** Finds what a row shows: the trial of this name, or what the table holds of an earlier one. */
function results(trials: readonly Trial[], before: string): (name: string) => Recorded | undefined {
  const earlier = recorded(before);
  const current = new Map(trials.map((trial) => [trial.name, { ...trial, further: furtherOf(trial) }]));
  return (name) => current.get(name) ?? earlier.get(name);
}

/** The table of defects as Markdown; defects that were not run keep their results. */
export function defectsMarkdown(trials: readonly Trial[], before: string): string {
  const resultOf = results(trials, before);
  const rows = defects.flatMap(({ name, sentence, breaks, also }) => {
    const result = resultOf(name);
    if (result === undefined) return [];
    const further = result.further.map((part) => {
      const why = also?.find(({ rule }) => rule === part)?.why;
      return why === undefined ? part : `${part}: ${why}`;
    });
    const { verdict, fault } = result;
    return [tableRow(name, sentence, names(breaks), further.join('; ') || '–', verdict, fault || 'noticed')];
  });
  return `<!-- Do not edit: written by \`npm run self-test -- --write\`. -->

# Defects

Each row is the mock with one mistake, and what the suite found. Noticed: ${share(rows, 'noticed')}.

| defect | what the server does wrong | rules that must fail | further rules that fail, and why | verdict | result |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** The tables of variants and sets as Markdown; those that were not run keep their results. */
export function variantsMarkdown(trials: readonly Trial[], before: string): string {
  const resultOf = results(trials, before);
  const rows = variants.flatMap(({ name, sentence, warns }) => {
    const result = resultOf(name);
    return result ? [tableRow(name, sentence, names(warns), result.verdict, result.fault || 'not accused')] : [];
  });
  const together = pairwise(variants).flatMap((set, index) => {
    const result = resultOf(nameOfSet(set));
    return result ? [tableRow(String(index + 1), nameOfSet(set), result.verdict, result.fault || 'not accused')] : [];
  });
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
