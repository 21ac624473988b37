import { rules } from '../../generated/rules.ts';
import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { isTrouble } from '../worlds/journal.ts';
import { showExchange, statusBadge } from './exchange.ts';
import { badge, button, empty, type Markup, markup } from './markup.ts';
import type { PageContent, Tab, View } from './tab.ts';

/** How many entries are shown. `groups-mock journal` prints all. */
const maxShown = 200;

type Entry = Schemas['Exchange'] | Schemas['Completion'];
const isExchange = (entry: Entry): entry is Schemas['Exchange'] => 'method' in entry;

/** Requests and completed syncs, newest first, with the rule that a refused request broke. */
export const journalTab: Tab = {
  name: 'journal',
  label: 'Journal',
  show: (view) => (view.item === undefined ? showEntries(view) : showExchange(view, view.item)),
};

function showEntries({ control, world, base, origin, query }: View): PageContent {
  const { exchanges, completions } = control.readJournal();
  const all = [...exchanges, ...completions].sort((a, b) => b.number - a.number);
  const title = 'Journal';
  if (all.length === 0)
    return {
      title,
      live: empty(
        'No requests yet',
        'Requests appear here as they arrive, with the rule that a refused one broke. Try one:',
        `curl -s ${origin}/v1/groups -H 'Authorization: Bearer ${world.organizations[0]?.key}'`,
      ),
    };
  const trouble = all.filter(isTrouble);
  const numbers = query.get('entries')?.split(',').map(Number);
  const chosen = all.filter(({ number }) => numbers?.includes(number));
  const show = numbers === undefined ? query.get('show') : 'entries';
  const shown = (show === 'entries' ? chosen : show === 'trouble' ? trouble : all).slice(0, maxShown);
  const chip = (href: string, text: string, current: boolean) =>
    markup`<a class="chip" href="${href}"${current ? markup` aria-current="true"` : ''}>${text}</a>`;
  return {
    title,
    lead: 'Requests and completed syncs, newest first, with the time of the machine.',
    live: markup`<div class="bar-of"><nav class="chips" aria-label="Which entries">${chip(`${base}/journal`, `${all.length} in all`, show !== 'entries' && show !== 'trouble')}${chip(`${base}/journal?show=trouble`, `${trouble.length} refused or failed`, show === 'trouble')}${
      numbers === undefined ? '' : chip(linkToEntries(base, numbers), `${chosen.length} as evidence`, true)
    }</nav>
${button('clearJournal', 'Clear journal')}</div>
${shown.length === 0 ? noEntries(show) : markup`<ol class="rows journal">${shown.map((entry) => (isExchange(entry) ? exchangeRow(entry, base) : completionRow(entry, base)))}</ol>`}`,
  };
}

/** A link that shows only these entries, or the first of them if there are very many. */
export const linkToEntries = (base: string, numbers: readonly number[]): string =>
  `${base}/journal?entries=${numbers.slice(0, maxShown).join(',')}`;

const noEntries = (show: string | null): Markup =>
  show === 'entries'
    ? empty('These entries are no longer in the journal', 'It was cleared, or keeps only newer entries.')
    : empty('Nothing was refused', 'Every request in the journal succeeded.');

const clock = (at: string): Markup =>
  markup`<time class="dim" datetime="${at}" title="${at}">${at.slice(11, 23)}</time>`;

function exchangeRow(exchange: Schemas['Exchange'], base: string): Markup {
  const { number, at, method, path, query, organization, duration_ms, retry, roster } = exchange;
  const search = exchange.search ?? `?${new URLSearchParams(query)}`;
  return markup`<li class="row exchange" id="entry-${number}">${clock(at)}<span>${statusBadge(exchange)}</span>
<span class="name"><a href="${base}/journal/${number}"><b>${method}</b> <code>${path}${search === '?' ? '' : search}</code></a>${why(exchange)}${exchange.hints.map((hint) => markup`<small class="why">${hint}</small>`)}</span>
<span class="dim end">${roster === null ? '' : `${amount(roster.rows, 'row')} · `}${retry ? `retry ${retry} · ` : ''}${exchange.console ? 'console · ' : ''}${organization ?? 'unauthenticated'} · ${duration_ms.toFixed(1)} ms</span></li>`;
}

/** The rule that the request broke, or the fault that applied to it. */
function why({ rule, code, message, fault, fault_effect }: Schemas['Exchange']): Markup | '' {
  if (fault !== null) return markup`<small class="why">${fault}: ${fault_effect}</small>`;
  const said = message ?? code;
  if (rule === null) return said === null ? '' : markup`<small class="why">${said}</small>`;
  const statement = Object.hasOwn(rules, rule) ? rules[rule as keyof typeof rules].statement : '';
  return markup`<small class="why"><b title="${statement}">${rule}</b> ${said}</small>`;
}

function completionRow(completion: Schemas['Completion'], base: string): Markup {
  const { number, at, request_id, rows, added, removed, kept, failed, plan_changes } = completion;
  const plans = plan_changes === 0 ? '' : `; ${amount(plan_changes, 'plan change')} ignored (LIFE-7)`;
  return markup`<li class="row exchange" id="entry-${number}">${clock(at)}<span>${badge(failed > 0 ? 'blocked' : 'provisioning', 'sync')}</span>
<span class="name"><a href="${base}/syncs/${request_id}">Completed</a> <code>${request_id}</code><small class="${failed > 0 ? 'why' : 'dim'}">${added} added, ${removed} removed, ${kept} kept, ${failed} failed${plans}</small></span>
<span class="dim end">${amount(rows, 'row')}</span></li>`;
}
