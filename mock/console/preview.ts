import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { type Draft, removesMost, sizeBefore } from './draft.ts';
import { badge, confirmed, type Markup, markup, pageForm } from './markup.ts';

/** How many members of each list are named. */
const maxNamed = 200;

/** What a sync with a roster would do, removals first, and the button that sends it. */
export function showPreview({ members, notes, preview }: Draft, groupName: string): Markup {
  const { rows, added, kept, changed, removed, refused, ignored_plans, syncs_in_flight } = preview;
  return markup`<section class="panel preview" id="preview"><h2>Preview of ${amount(rows, 'row')}</h2>
<p>Nothing was sent yet. ${syncs_in_flight > 0 ? `${amount(syncs_in_flight, 'sync')} in flight would complete first and ${syncs_in_flight === 1 ? 'is' : 'are'} not counted in.` : ''}</p>
<p class="counts">${counted('removal', removed.length, 'removed')} ${counted('failed', refused.length, 'refused')} ${counted('active', added.length, 'added')}
${counted('provisioning', changed.length, 'changed')} ${counted('kept', kept.length, 'kept')}</p>
${list('Notes', 'notes', notes, (note) => markup`${note}`)}
${list(`Removed: their subscriptions end`, 'removals', removed, ({ reference_id, member_id }) => markup`<strong>${reference_id}</strong> <code>${member_id}</code>`)}
${list('Refused', 'failures', refused, ({ reference_id, operation, reason }) => markup`<strong>${reference_id}</strong> <span class="dim">${operation}</span> ${reason}`)}
${list('Added', 'additions', added, (addition) => markup`<strong>${addition.reference_id}</strong> <span class="dim">${accountText(addition)}</span>`)}
${list('Changed', 'changes', changed, ({ reference_id, fields }) => markup`<strong>${reference_id}</strong> <span class="dim">${fields.join(', ')}</span>`)}
${list('Plans that are ignored, because the members stay', 'changes', ignored_plans, ({ reference_id, plan_id, ignored_plan_id }) => markup`<strong>${reference_id}</strong> keeps <code>${plan_id}</code>, not <code>${ignored_plan_id}</code>`)}
${kept.length === 0 ? '' : markup`<details><summary>${kept.length} kept as they are</summary><p>${kept.slice(0, maxNamed).join(', ')}${andMore(kept.length)}</p></details>`}
${sending(members, preview, groupName)}</section>`;
}

/** Sends the roster; if it removes most of the group, only after a second question that names the number. */
function sending(members: readonly unknown[], preview: Schemas['Preview'], groupName: string): Markup {
  const number = preview.removed.length;
  const roster = markup`<input type="hidden" name="roster" value="${JSON.stringify({ members })}"><input type="hidden" name="group_id" value="${preview.group_id}">`;
  if (!removesMost(preview))
    return pageForm(
      'sendRoster',
      markup`${roster}<button class="primary">${number === 0 ? 'Send this roster' : `Send, and remove ${amount(number, 'member')}`}</button>`,
    );
  return confirmed(
    `Send, and remove ${amount(number, 'member')} …`,
    markup`This sync would remove <strong>${number} of the ${amount(sizeBefore(preview), 'member')}</strong> of ${groupName}. A roster is complete: whoever is not in it is removed.`,
    pageForm(
      'sendRoster',
      markup`${roster}<input type="hidden" name="confirmed" value="${number}"><button class="danger">Yes, remove ${amount(number, 'member')}</button>`,
    ),
  );
}

const counted = (kind: string, number: number, what: string): Markup =>
  badge(number === 0 ? 'none' : kind, `${number} ${what}`);

function list<T>(title: string, kind: string, items: readonly T[], show: (item: T) => Markup): Markup | '' {
  if (items.length === 0) return '';
  return markup`<h3>${title}</h3><ul class="${kind}">${items.slice(0, maxNamed).map((item) => markup`<li>${show(item)}</li>`)}</ul>${andMore(items.length)}`;
}

const andMore = (length: number): string => (length > maxNamed ? ` and ${length - maxNamed} more` : '');

const accounts: Readonly<Record<Schemas['PreviewAddition']['account'], string>> = {
  new: 'a new person',
  known: 'a person who is known by their details',
  returning: 'returns',
};

const accountText = ({ account, moved_from }: Schemas['PreviewAddition']): string =>
  moved_from === null ? accounts[account] : `${accounts[account]}, moves here from ${moved_from}`;
