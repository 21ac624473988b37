import { badge, count, empty, type Markup, markup, pager, pageSize } from './markup.ts';
import { showRoster } from './roster.ts';
import type { PageContent, Tab, View } from './tab.ts';

/** The groups of a world, and the roster of each. */
export const groupsTab: Tab = {
  name: 'groups',
  label: 'Groups',
  show: (view) => (view.item === undefined ? showGroups(view) : showRoster(view, view.item)),
};

function showGroups({ control, world, base, origin, page }: View): PageContent {
  const { groups } = control.listGroups({ page, limit: pageSize });
  const total = world.organizations.reduce((sum, { groups: number }) => sum + number, 0);
  const title = 'Groups';
  if (total === 0)
    return {
      title,
      live: empty(
        'No groups yet',
        'A client creates the first one:',
        createCommand(origin, world.organizations[0]?.key),
      ),
    };
  const rows = groups.map(
    ({ id, name, organization, external_reference_id, active_members }): Markup => markup`<li class="row group">
<a class="name" href="${base}/groups/${id}">${name}</a>
<span class="dim">${external_reference_id ?? 'no reference'}</span>
<span class="dim">${organization}</span>
<span class="end">${badge(active_members > 0 ? 'active' : 'none', `${active_members} active`)}</span></li>`,
  );
  return {
    title,
    lead: `${count(total, 'group')}, newest first.`,
    live: markup`<ul class="rows">${rows}</ul>${pager(page, page * pageSize < total, (number) => `${base}/groups?page=${number}`)}`,
  };
}

const createCommand = (origin: string, key = 'vit_apk_acme'): string => `curl -s ${origin}/v1/groups \\
  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '{"name": "Keystone Bakery", "external_reference_id": "keystone-bakery"}'`;
