import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { badge, empty, field, type Markup, markup, pageForm, pager, pageSize } from './markup.ts';
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
  const forms = groupForm(world);
  if (total === 0)
    return {
      title,
      live: empty(
        'No groups yet',
        'Create the first one below, or as a client would:',
        createCommand(origin, world.organizations[0]?.key),
      ),
      forms,
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
    lead: `${amount(total, 'group')}, newest first.`,
    live: markup`<ul class="rows">${rows}</ul>${pager(page, page * pageSize < total, (number) => `${base}/groups?page=${number}`)}`,
    forms,
  };
}

const groupForm = ({ organizations }: Schemas['World']): Markup =>
  pageForm(
    'createGroup',
    markup`<fieldset><legend>New group</legend><div class="fields">
${field('Name', markup`<input name="name" required maxlength="255" autocomplete="off">`)}
${field('external_reference_id', markup`<input name="external_reference_id" maxlength="255" autocomplete="off">`, 'your own identifier of the group')}
${field('Organization', markup`<select name="organization">${organizations.map(({ slug }) => markup`<option>${slug}</option>`)}</select>`)}
</div><button class="primary">Create group</button></fieldset>`,
  );

const createCommand = (origin: string, key = 'vit_apk_acme'): string => `curl -s ${origin}/v1/groups \\
  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '{"name": "Keystone Bakery", "external_reference_id": "keystone-bakery"}'`;
