import type { Schemas } from '../control/named-world.ts';
import type { TenantsControl } from '../control/tenants.ts';
import { amount } from '../domain/amount.ts';
import { badge, button, code, field, form, instant, type Markup, markup, pager, pageSize } from './markup.ts';
import { base } from './paths.ts';
import type { PageContent } from './tab.ts';

/** The tenants with what they have used, and how to add another. */
export async function showTenants(
  tenants: TenantsControl,
  page: number,
  origin: string,
  issued?: Schemas['IssuedTenant'],
): Promise<PageContent> {
  const { tenants: listed, total } = await tenants.listTenants({ page, limit: pageSize });
  return {
    title: 'Tenants',
    lead: 'Partners that share this mock. Each has keys, worlds and quotas of its own.',
    live: markup`${issued === undefined ? '' : keysOf(issued, origin)}<p class="dim">${amount(total, 'tenant')}</p>
<ul class="rows">${listed.map(row)}</ul>${pager(page, page * pageSize < total, (number) => `${base}/tenants?page=${number}`)}`,
    forms: markup`<section class="panel"><h2>Another tenant</h2><p>Its keys are shown once; <code>groups-mock tenant keys</code> shows them again.</p>
${form('addTenant', markup`<div class="fields">${field('Name', markup`<input name="name" required maxlength="40" pattern="[a-z0-9\\-]+">`, 'lower-case letters, digits and hyphens')}</div><button class="primary">Add</button>`)}</section>`,
  };
}

const row = ({ name, suspended, quotas, use }: Schemas['Tenant']): Markup =>
  markup`<li class="row"><span class="name"><a href="/_mock/?${new URLSearchParams({ search: `${name}/` })}">${name}</a>
<small class="dim">${use.worlds} of ${amount(quotas.worlds, 'world')} · ${amount(use.requests, 'request')}, ${use.requests_this_minute} of ${quotas.requests_per_minute} this minute
· ${use.last_request_at === null ? 'never used' : markup`last request ${instant(use.last_request_at)}`}</small></span>
${badge(suspended ? 'stalled' : 'active', suspended ? 'Suspended' : 'Active')}
<span class="end">${suspended ? button('resumeTenant', 'Resume', 'name', name, name) : button('suspendTenant', 'Suspend', 'name', name, name)}</span></li>`;

/** What to hand to a new tenant. */
const keysOf = ({ tenant, keys, control_token }: Schemas['IssuedTenant'], origin: string): Markup =>
  markup`<section class="panel"><h2>Keys of ${tenant.name}</h2><dl class="organizations">${keys.map(
    ({ organization, key }) => markup`<div><dt>${organization}</dt><dd><code class="copy">${key}</code></dd></div>`,
  )}<div><dt>Control token</dt><dd><code class="copy">${control_token}</code></dd></div></dl>
${code(`curl -s ${origin}/v1/groups -H 'Authorization: Bearer ${keys[0]?.key}'`)}</section>`;
