import { defects } from './catalogue.ts';
import type { Trial } from './trial.ts';
import { variants } from './variants.ts';

const names = (parts: readonly string[]): string => parts.join(', ') || '–';
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
/** A line of a table of Markdown. */
export const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const percent = (trials: readonly Trial[]): string => {
  const good = trials.filter(({ fault }) => fault === '').length;
  return `${good} of ${trials.length} (${((100 * good) / trials.length).toFixed(1)} %)`;
};

/** How many trials came out as they should. */
export const rate = percent;

/** The kill table as Markdown. */
export function defectsMarkdown(trials: readonly Trial[]): string {
  const rows = defects.flatMap(({ name, sentence, also }) => {
    const trial = trials.find((candidate) => candidate.name === name);
    if (trial === undefined) return [];
    const further = (also ?? []).map(({ rule, why }) => `${rule}: ${why}`).join('; ');
    return [row(name, sentence, names(trial.expected), further || '–', trial.verdict, trial.fault || 'noticed')];
  });
  return `<!-- Do not edit: written by \`npm run self-test -- --write\`. -->

# Defects

Each line is the mock with one mistake, and what the suite said of it. Killed: ${percent(trials)}.

| defect | what the server does wrong | rules that must fail | further rules that fail, and why | verdict | came out |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** The variants and their pairs as Markdown. */
export function variantsMarkdown(single: readonly Trial[], sets: readonly Trial[]): string {
  const rows = variants.flatMap(({ name, sentence, warns }) => {
    const trial = single.find((candidate) => candidate.name === name);
    return trial ? [row(name, sentence, names(warns), trial.verdict, trial.fault || 'not accused')] : [];
  });
  const together = sets.map(({ name, verdict, fault }, index) =>
    row(String(index + 1), name, verdict, fault || 'not accused'),
  );
  return `<!-- Do not edit: written by \`npm run self-test -- --write\`. -->

# Legal variants

Each line is the mock keeping the contract in another way. None may fail a must. Not accused: ${percent(single)}.

| variant | what the server does | should-rules it does not keep | verdict | came out |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

## Together

In these sets, every two variants that can stand together do so at least once. Not accused: ${percent(sets)}.

| set | variants | verdict | came out |
| --- | --- | --- | --- |
${together.join('\n')}
`;
}
