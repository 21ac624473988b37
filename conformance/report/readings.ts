import { plainReadings, type Readings, unseenTexts } from '../observe/readings.ts';
import { joined, type Markup, markup } from './page.ts';
import { printable } from './wording.ts';

const entriesOf = (readings: Readings) => Object.entries(plainReadings(readings).questions);

/** How the service reads the open questions, as a section of a page. */
export function readingsSection(readings: Readings): Markup {
  const seen = entriesOf(readings).flatMap(([name, reading]) =>
    'value' in reading
      ? [
          markup`<li>${name}: <b>${printable(reading.value)}</b> <span class="dim">exchange ${reading.evidence}, <code>${printable(reading.request)}</code></span></li>`,
        ]
      : [],
  );
  const duration = readings.syncMilliseconds;
  return markup`
<section id="readings"><h2>Readings of open questions</h2>
<ul>${joined(seen)}${duration === null ? '' : markup`<li>duration of a sync: <b>${duration} ms</b> <span class="dim">median</span></li>`}</ul>
<details><summary>Questions without a reading</summary><ul>${joined(unseenTexts(readings).map((text) => markup`<li>${printable(text)}</li>`))}</ul></details></section>`;
}

/** The same as lines of text, in short. */
export function readingLines(readings: Readings): string[] {
  const entries = entriesOf(readings);
  const line = (name: string, text: string) => `  ${name.padEnd(22)} ${text}`;
  const seen = entries.flatMap(([name, reading]) =>
    'value' in reading ? [line(name, `${printable(reading.value)} (exchange ${reading.evidence})`)] : [],
  );
  const unseen = entries.flatMap(([name, reading]) => ('unseen' in reading ? [name] : []));
  return [
    'Readings of open questions:',
    ...seen,
    ...(readings.syncMilliseconds === null
      ? []
      : [line('duration of a sync', `${readings.syncMilliseconds} ms (median)`)]),
    ...(unseen.length > 0 ? [`  Not seen, report.json says why: ${unseen.join(', ')}`] : []),
  ];
}
