import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractVersion } from '../../../generated/operations.ts';
import { root } from '../../generate/contract.ts';

/** Figures by name, in the order in which they are shown. */
export type Figures = Readonly<Record<string, string | number>>;

/** Writes the figures of a full run of `npm run lab -- NAME` to a folder of `docs/`, by default docs/trust/. */
export function writeFigures(experiment: string, title: string, figures: Figures, parent = 'trust'): void {
  const folder = join(root, 'docs', parent);
  mkdirSync(folder, { recursive: true });
  const all: Figures = { ...figures, contract: contractVersion, 'last full run': today() };
  const text = [
    `<!-- Written by \`npm run lab -- ${experiment}\`; do not edit. -->`,
    '',
    `**${title}**`,
    '',
    '| what | figure |',
    '| --- | --- |',
    ...Object.entries(all).map(
      ([name, value]) => `| ${name} | ${typeof value === 'number' ? value.toLocaleString('en') : value} |`,
    ),
    '',
  ].join('\n');
  writeFileSync(join(folder, `${experiment}.md`), text);
}

/** Prints one figure per line. */
export function printFigures(figures: Figures): void {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(width)}  ${value}`);
}

const today = () => new Date().toISOString().slice(0, 10);
