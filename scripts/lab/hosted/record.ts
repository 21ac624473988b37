import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../generate/contract.ts';
import type { Figures } from '../referees/figures.ts';

const file = join(root, 'docs/toughness/hosted.md');

/** Replaces the figures of one experiment in docs/toughness/hosted.md; the text above the first of them is written by hand. */
export function writeSection(name: string, question: string, figures: Figures): void {
  const [introduction = '', ...sections] = readFileSync(file, 'utf8').split(/^(?=## )/m);
  const heading = `## ${name}\n`;
  const today = new Date().toISOString().slice(0, 10);
  const all: Figures = { ...figures, 'last full run': today };
  const rows = Object.entries(all).map(
    ([what, value]) => `| ${what} | ${typeof value === 'number' ? value.toLocaleString('en') : value} |`,
  );
  const section = [heading, question, '', '| what | figure |', '| --- | --- |', ...rows, ''].join('\n');
  const others = sections.filter((each) => !each.startsWith(heading)).map((each) => `${each.trimEnd()}\n`);
  writeFileSync(file, [introduction.trimEnd(), '', ...[...others, section].sort()].join('\n'));
}
