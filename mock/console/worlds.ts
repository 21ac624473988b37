import type { Schemas } from '../control/named-world.ts';
import { mainWorld } from '../worlds/worlds.ts';
import { badge, code, count, instant, type Markup, markup } from './markup.ts';
import type { PageContent } from './tab.ts';

/** Every open world, main first, and how to create another. */
export function showWorlds({ worlds }: Schemas['WorldList'], base: string, origin: string): PageContent {
  const ordered = worlds.toSorted((a, b) => Number(b.name === mainWorld) - Number(a.name === mainWorld));
  const rows = ordered.map(
    (world): Markup => markup`<li class="card"><h2><a href="${base}/worlds/${world.name}">${world.name}</a></h2>
<p>${badge(world.clock.frozen ? 'stalled' : 'active', world.clock.frozen ? 'Frozen' : 'Running')} ${instant(world.clock.now)}
· ${count(world.syncs_in_flight, 'sync')} in flight</p>${organizations(world)}</li>`,
  );
  return {
    title: 'Worlds',
    lead: 'Isolated sandboxes, each with its own data, time, faults and journal. The API key names the world.',
    live: markup`<ul class="cards">${rows}</ul>
<section class="panel"><h2>Another world</h2><p>Add a dot and a name to a key. The first request with it creates the world:</p>
${code(`curl -s ${origin}/v1/groups -H 'Authorization: Bearer ${ordered[0]?.organizations[0]?.key}.my-test'`)}</section>`,
  };
}

/** The organizations of a world, with their keys and plans. */
export const organizations = (world: Schemas['World']): Markup =>
  markup`<dl class="organizations">${world.organizations.map(
    ({ slug, key, groups, plans }) => markup`<div><dt>${slug} <small class="dim">${count(groups, 'group')}</small></dt>
<dd><code class="copy">${key}</code></dd>${plans.map(({ id, name }) => markup`<dd><small class="dim">${name}</small> <code class="copy">${id}</code></dd>`)}</div>`,
  )}</dl>`;
