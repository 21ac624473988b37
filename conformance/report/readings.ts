import { type Readings, readingTexts, unseenTexts } from '../observe/readings.ts';
import { joined, type Markup, markup } from './page.ts';
import { printable } from './wording.ts';

const list = (texts: readonly string[]): Markup =>
  markup`<ul>${joined(texts.map((text) => markup`<li>${printable(text)}</li>`))}</ul>`;

/** How the service reads the open questions, as a section of a page. */
export const readingsSection = (readings: Readings): Markup => markup`
<section id="readings"><h2>Readings of open questions</h2>
${list(readingTexts(readings))}
<details><summary>Questions without a reading</summary>${list(unseenTexts(readings))}</details></section>`;

/** The same as lines of text: those seen in full, the others by name. */
export function readingLines(readings: Readings): string[] {
  const unseen = Object.entries(readings.questions).flatMap(([name, reading]) => ('unseen' in reading ? [name] : []));
  return [
    'Readings of open questions:',
    ...readingTexts(readings).map((text) => `  ${printable(text)}`),
    ...(unseen.length > 0 ? [`  not seen (report.json says why): ${unseen.join(', ')}`] : []),
  ];
}
