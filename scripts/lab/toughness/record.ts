import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../generate/contract.ts';
import { type Figures, writeFigures } from '../referees/figures.ts';

/** Writes the figures of a full run of `npm run lab -- NAME` to `docs/toughness/`, with optional data and chart. */
export function writeRecord(
  command: string,
  title: string,
  figures: Figures,
  further: { readonly json?: unknown; readonly svg?: string } = {},
): void {
  writeFigures(command, title, figures, 'toughness');
  const path = (ending: string) => join(root, 'docs/toughness', `${command}.${ending}`);
  if (further.json !== undefined) writeFileSync(path('json'), `${JSON.stringify(further.json)}\n`);
  if (further.svg !== undefined) writeFileSync(path('svg'), further.svg);
}
