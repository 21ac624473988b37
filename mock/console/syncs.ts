import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { badge, button, empty, instant, type Markup, markup, pager, pageSize } from './markup.ts';
import type { PageContent, Tab, View } from './tab.ts';

/** Each progress in words. */
const progressText: Readonly<Record<Schemas['Sync']['progress'], string>> = {
  queued: 'waiting until it is due',
  ready: 'waiting for earlier syncs of its group',
  stalled: 'held until it is released',
  completed: 'completed',
};

/** With more groups than this, some syncs show the id of their group instead of its name. */
const maxNames = 1000;

/** The syncs of a world, newest first, with their progress and results. */
export const syncsTab: Tab = {
  name: 'syncs',
  label: 'Syncs',
  show: (view) => (view.item === undefined ? showSyncs(view) : showSync(view, view.item)),
};

function showSyncs({ control, world, base, page }: View): PageContent {
  const title = 'Syncs';
  const { syncs } = control.listSyncs({ page, limit: pageSize });
  if (syncs.length === 0)
    return {
      title,
      live: empty(
        'No syncs yet',
        markup`A sync is the complete roster of one group, submitted by a client. Open a group in <a href="${base}/groups">Groups</a> for a command that submits one.`,
      ),
    };
  const names = new Map(control.listGroups({ limit: maxNames }).groups.map(({ id, name }) => [id, name]));
  return {
    title,
    lead: `${amount(world.syncs_in_flight, 'sync')} in flight; newest first.`,
    live: markup`<ul class="rows">${syncs.map((sync) => row(sync, names.get(sync.group_id), base, `${base}/syncs/${sync.request_id}`))}</ul>
${pager(page, syncs.length === pageSize, (number) => `${base}/syncs?page=${number}`)}`,
  };
}

/** One sync as it completes, with the reference_id of every member that it added or removed. */
function showSync({ control, base }: View, id: string): PageContent {
  const sync = control.readSync(id);
  const { group, members } = control.readRoster(sync.group_id);
  const references = new Map(members.map(({ member_id, reference_id }) => [member_id, reference_id]));
  return {
    title: 'Sync',
    lead: sync.results === null ? 'This page updates when the sync completes.' : 'Its results never change again.',
    live: markup`<ul class="rows">${row(sync, group.name, base)}</ul>${sync.results && changes(sync.results, references)}`,
  };
}

function row(sync: Schemas['Sync'], name: string | undefined, base: string, link?: string): Markup {
  const { request_id, group_id, organization, progress, accepted_at, completed_at, results } = sync;
  return markup`<li class="row sync" id="${request_id}"><span>${badge(progress)}</span>
<span class="name"><a href="${base}/groups/${group_id}">${name ?? group_id}</a> <small class="dim">${organization} · <code>${request_id}</code></small></span>
<span class="dim">accepted ${instant(accepted_at)}${completed_at === null ? `, ${progressText[progress]}` : markup`, completed ${instant(completed_at)}`}</span>
${results === null ? syncButtons(sync) : outcome(sync, link)}</li>`;
}

function syncButtons({ request_id, progress }: Schemas['Sync']): Markup {
  const about = `sync ${request_id}`;
  return markup`<span class="buttons steer">${button('completeSync', 'Complete', 'request_id', request_id, about)}${
    progress === 'stalled'
      ? button('unstallSync', 'Release', 'request_id', request_id, about)
      : button('stallSync', 'Hold', 'request_id', request_id, about)
  }</span>`;
}

function outcome({ request_id, results }: Schemas['Sync'], link?: string): Markup | '' {
  if (results === null) return '';
  const { added_group_member_ids: added, removed_group_member_ids: removed, failures } = results;
  const counted = (kind: string, list: readonly unknown[], what: string) =>
    badge(list.length > 0 ? kind : 'none', `${list.length} ${what}`);
  return markup`<span class="outcome">${counted('active', added, 'added')} ${counted('removal', removed, 'removed')} ${counted('failed', failures, 'failed')} ${link === undefined ? '' : markup`<a href="${link}">See who<span class="hidden"> changed by ${request_id}</span></a>`}</span>
${failures.length === 0 ? '' : markup`<ul class="failures">${failures.map(({ reference_id, operation, reason }) => markup`<li><strong>${reference_id}</strong> <span class="dim">${operation}</span> ${reason}</li>`)}</ul>`}`;
}

function changes(
  results: NonNullable<Schemas['Sync']['results']>,
  references: ReadonlyMap<string | null, string>,
): Markup {
  const { added_group_member_ids: added, removed_group_member_ids: removed, failures } = results;
  const list = (title: string, kind: string, ids: readonly string[]) =>
    ids.length === 0
      ? ''
      : markup`<section class="panel"><h2>${title}</h2><ul class="${kind}">${ids.map((id) => markup`<li><strong>${references.get(id)}</strong> <code>${id}</code></li>`)}</ul></section>`;
  if (added.length + removed.length + failures.length === 0)
    return markup`<p class="dim">No changes: the roster was already up to date.</p>`;
  return markup`${list('Removed', 'removals', removed)}${list('Added', 'additions', added)}`;
}
