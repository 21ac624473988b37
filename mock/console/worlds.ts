import type { Schemas } from '../control/named-world.ts';
import { pageOfWorlds } from '../control/worlds.ts';
import { amount } from '../domain/amount.ts';
import type { WorldAccess } from '../worlds/access.ts';
import { isTrouble } from '../worlds/journal.ts';
import { mainWorld } from '../worlds/keys.ts';
import { type Reach, storedName } from '../worlds/reach.ts';
import { badge, code, instant, type Markup, markup, pager, pageSize } from './markup.ts';
import { base, worldPath } from './paths.ts';
import type { PageContent } from './tab.ts';

/** Worlds, `main` first, that have the searched text in their name, and how to create another. */
export async function showWorlds(
  access: WorldAccess,
  reach: Reach,
  { origin, searchParams }: URL,
  page: number,
  hasTenants: boolean,
): Promise<PageContent> {
  const search = searchParams.get('search')?.trim() ?? '';
  const { worlds, total } = await pageOfWorlds(access, reach, { page, limit: pageSize, search });
  const all = search === '' ? total : (await access.names({ limit: 0, offset: 0, ...reach })).total;
  const sorted = worlds.toSorted((a, b) => Number(b.name === mainWorld) - Number(a.name === mainWorld));
  const cards: Markup[] = [];
  for (const world of sorted) cards.push(card(world, await failuresIn(access, storedName(reach, world.name))));
  const link = (number: number) =>
    `/_mock/?${new URLSearchParams({ ...(search && { search }), page: String(number) })}`;
  return {
    title: 'Worlds',
    lead: 'Isolated sandboxes, each with its own data, time, faults and journal. The API key names the world.',
    live: markup`${hasTenants && reach.tenant === undefined && markup`<p><a href="${base}/tenants">Tenants</a>, each with worlds of its own</p>`}
<form class="search" role="search"><input type="search" name="search" value="${search}" aria-label="Search worlds" placeholder="Name"><button>Search</button>
<span class="dim">${search === '' ? amount(all, 'world') : `${total} of ${amount(all, 'world')}`}</span></form>
<ul class="cards">${cards}</ul>${pager(page, page * pageSize < total, link)}
<section class="panel"><h2>Another world</h2><p>Add a dot and a name to a key. The first request with it creates the world:</p>
${code(`curl -s ${origin}/v1/groups -H 'Authorization: Bearer ${sorted[0]?.organizations[0]?.key}.my-test'`)}</section>`,
  };
}

/** How many entries of the journal were refused or failed. */
function failuresIn(access: WorldAccess, name: string): number | Promise<number> {
  const work = (): number => {
    const { exchanges, completions } = access.worlds.peek(name)?.journal.read() ?? { exchanges: [], completions: [] };
    return [...exchanges, ...completions].filter(isTrouble).length;
  };
  return access.run(name, work, { readsJournal: true });
}

const card = (world: Schemas['World'], failures: number): Markup =>
  markup`<li class="card"><h2><a href="${worldPath(world.name)}">${world.name}</a></h2>
<p>${badge(world.clock.frozen ? 'stalled' : 'active', world.clock.frozen ? 'Frozen' : 'Running')} ${instant(world.clock.now)}
· ${amount(world.syncs_in_flight, 'sync')} in flight${
    failures === 0
      ? ''
      : markup` · <a class="failures-link" href="${worldPath(world.name)}/journal?show=trouble">${failures} refused or failed</a>`
  }</p>${organizations(world)}</li>`;

/** The organizations of a world, with their keys and plans. */
export const organizations = (world: Schemas['World']): Markup =>
  markup`<dl class="organizations">${world.organizations.map(
    ({ slug, key, groups, plans }) => markup`<div><dt>${slug} <small class="dim">${amount(groups, 'group')}</small></dt>
<dd><code class="copy">${key}</code></dd>${plans.map(({ id, name }) => markup`<dd><small class="dim">${name}</small> <code class="copy">${id}</code></dd>`)}</div>`,
  )}</dl>`;
