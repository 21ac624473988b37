import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { linkToEntries } from './journal.ts';
import { badge, empty, type Markup, markup } from './markup.ts';
import type { Tab } from './tab.ts';

/** How many occurrences of a finding are shown. `groups-mock advise --json` lists all. */
const maxShown = 5;

/** Problems that the clients of this world would have in production, with evidence from the journal. */
export const adviceTab: Tab = {
  name: 'advice',
  label: 'Advice',
  show({ control, base, origin, world }) {
    const { exchanges, unfinished, forgotten, findings } = control.advise();
    const title = 'Advice';
    const command = `groups-mock advise --url ${origin} --world ${world.name}`;
    const lost = forgotten > 0 ? `${amount(forgotten, 'earlier request')} no longer in the journal` : '';
    if (exchanges === 0)
      return {
        title,
        ...(lost && { lead: `${lost}.` }),
        live: empty(
          'No requests yet',
          'Run your integration against this mock. This page then shows which problems it would have in production. For CI, with an exit code:',
          command,
        ),
      };
    const lead = [
      `Problems that these clients would have in production, based on ${amount(exchanges, 'request')}`,
      unfinished > 0 && `${amount(unfinished, 'sync')} still in flight and not judged`,
      lost,
    ];
    return {
      title,
      lead: `${lead.filter(Boolean).join('; ')}.`,
      live:
        findings.length === 0
          ? empty(
              'No problems found',
              'No request so far would cause a problem in production. To check this in CI:',
              command,
            )
          : markup`<ul class="rows">${findings.map((finding) => findingRow(finding, base))}</ul>`,
    };
  },
};

function findingRow({ id, severity, title, why, fix, occurrences }: Schemas['Finding'], base: string): Markup {
  const left = occurrences.length - maxShown;
  return markup`<li class="row advice"><span>${badge(severity === 'error' ? 'failed' : 'blocked', severity)}</span>
<div class="name"><h2>${title}</h2><p class="dim"><code>${id}</code></p>
<ul class="occurrences">${occurrences
    .slice(0, maxShown)
    .map(
      ({ what, evidence }) =>
        markup`<li>${what} <a href="${linkToEntries(base, evidence)}">See it in the journal<span class="hidden">, ${id}</span></a></li>`,
    )}${left > 0 ? markup`<li class="dim">and ${left} more</li>` : ''}</ul>
<p><b>Why it matters</b> ${why}</p><p><b>How to fix it</b> ${fix}</p></div></li>`;
}
