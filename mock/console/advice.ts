import type { Schemas } from '../control/named-world.ts';
import { linkToEntries } from './journal.ts';
import { badge, count, empty, type Markup, markup } from './markup.ts';
import type { Tab } from './tabs.ts';

/** How many occurrences of a finding are shown; the command line's `--json` lists all. */
const mostShown = 5;

/** How the clients of this world would fare in production, with what shows it in the journal. */
export const adviceTab: Tab = {
  name: 'advice',
  label: 'Advice',
  show({ control, base, origin, world }) {
    const { exchanges, unfinished, forgotten, findings } = control.advise();
    const title = 'Advice';
    const command = `groups-mock advise --url ${origin} --world ${world.name}`;
    const lost = forgotten > 0 ? `${count(forgotten, 'earlier request')} no longer remembered` : '';
    if (exchanges === 0)
      return {
        title,
        ...(lost && { lead: `${lost}.` }),
        live: empty(
          'No client is in the journal',
          'Run your integration against this mock; then this page says what it would suffer in production. The same for CI, with an exit code:',
          command,
        ),
      };
    const lead = [
      `What these clients would suffer in production, judged by ${count(exchanges, 'request')}`,
      unfinished > 0 && `${count(unfinished, 'sync')} still in flight, so not judged`,
      lost,
    ];
    return {
      title,
      lead: `${lead.filter(Boolean).join('; ')}.`,
      live:
        findings.length === 0
          ? empty('Nothing to mend', 'No request so far would do harm in production. To hold it so in CI:', command)
          : markup`<ul class="rows">${findings.map((finding) => findingRow(finding, base))}</ul>`,
    };
  },
};

function findingRow({ id, severity, title, why, fix, occurrences }: Schemas['Finding'], base: string): Markup {
  const left = occurrences.length - mostShown;
  return markup`<li class="row advice"><span>${badge(severity === 'error' ? 'failed' : 'blocked', severity)}</span>
<div class="name"><h2>${title}</h2><p class="dim"><code>${id}</code></p>
<ul class="occurrences">${occurrences
    .slice(0, mostShown)
    .map(
      ({ what, evidence }) =>
        markup`<li>${what} <a href="${linkToEntries(base, evidence)}">See it in the journal<span class="hidden">, ${id}</span></a></li>`,
    )}${left > 0 ? markup`<li class="dim">and ${left} more</li>` : ''}</ul>
<p><b>Why it matters</b> ${why}</p><p><b>How to fix it</b> ${fix}</p></div></li>`;
}
