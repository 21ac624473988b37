import type { Schemas } from '../control/named-world.ts';
import { badge, button, count, empty, instant, type Markup, markup, pager, pageSize } from './markup.ts';
import type { Tab } from './tab.ts';

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
  show({ control, world, base, page }) {
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
      lead: `${count(world.syncs_in_flight, 'sync')} in flight; newest first.`,
      live: markup`<ul class="rows">${syncs.map((sync) => row(sync, names.get(sync.group_id), base))}</ul>
${pager(page, syncs.length === pageSize, (number) => `${base}/syncs?page=${number}`)}`,
    };
  },
};

function row(sync: Schemas['Sync'], name: string | undefined, base: string): Markup {
  const { request_id, group_id, organization, progress, accepted_at, completed_at, results } = sync;
  return markup`<li class="row sync" id="${request_id}"><span>${badge(progress)}</span>
<span class="name"><a href="${base}/groups/${group_id}">${name ?? group_id}</a> <small class="dim">${organization} · <code>${request_id}</code></small></span>
<span class="dim">accepted ${instant(accepted_at)}${completed_at === null ? `, ${progressText[progress]}` : markup`, completed ${instant(completed_at)}`}</span>
${results === null ? syncButtons(sync) : outcome(results)}</li>`;
}

function syncButtons({ request_id, progress }: Schemas['Sync']): Markup {
  const about = `sync ${request_id}`;
  return markup`<span class="buttons steer">${button('completeSync', 'Complete', 'request_id', request_id, about)}${
    progress === 'stalled'
      ? button('unstallSync', 'Release', 'request_id', request_id, about)
      : button('stallSync', 'Hold', 'request_id', request_id, about)
  }</span>`;
}

function outcome(results: NonNullable<Schemas['Sync']['results']>): Markup {
  const { added_group_member_ids: added, removed_group_member_ids: removed, failures } = results;
  const ids = (title: string, list: readonly string[]) =>
    list.length === 0
      ? ''
      : markup`<h3>${title}</h3><ul class="ids">${list.map((id) => markup`<li><code>${id}</code></li>`)}</ul>`;
  return markup`<details class="outcome"><summary>${badge(added.length > 0 ? 'active' : 'none', `${added.length} added`)}
${badge('none', `${removed.length} removed`)} ${badge(failures.length > 0 ? 'failed' : 'none', `${failures.length} failed`)}</summary>
${added.length + removed.length + failures.length === 0 ? markup`<p class="dim">No changes: the roster was already up to date.</p>` : ''}
${ids('Added', added)}${ids('Removed', removed)}</details>
${failures.length === 0 ? '' : markup`<ul class="failures">${failures.map(({ reference_id, operation, reason }) => markup`<li><strong>${reference_id}</strong> <span class="dim">${operation}</span> ${reason}</li>`)}</ul>`}`;
}
