import type { Schemas } from '../control/named-world.ts';
import { badge, count, empty, type Markup, markup, pager, pageSize, planNames } from './markup.ts';
import type { PageContent, View } from './tab.ts';
import { axis, planColour, type Scale, scaleOf, spans, timeline } from './timeline.ts';

/** The members of one group with their states and subscriptions. */
export function showRoster({ control, world, base, origin, query, page }: View, id: string): PageContent {
  const { group, members } = control.readRoster(id);
  const key = world.organizations.find(({ slug }) => slug === group.organization)?.key;
  const title = group.name;
  const lead = markup`${group.external_reference_id ?? 'no reference'} · ${group.organization} · <code class="copy">${group.id}</code>`;
  if (members.length === 0)
    return {
      title,
      lead,
      live: empty(
        'This roster is empty',
        'Submit the complete roster. Anyone missing from a later one is removed:',
        submitCommand(origin, key, group.id, planOf(world, group.organization)),
      ),
    };

  const state = query.get('state');
  const shown = state === null ? members : members.filter((member) => member.state === state);
  const slice = shown.slice((page - 1) * pageSize, page * pageSize);
  const scale = scaleOf(
    members.flatMap(({ subscriptions }) => subscriptions),
    world.clock.now,
  );
  const names = planNames(world);
  const path = `${base}/groups/${group.id}`;
  const link = (number: number) => `${path}?${new URLSearchParams({ ...(state && { state }), page: String(number) })}`;
  return {
    title,
    lead,
    live: markup`${filter(path, members, state)}${legend(members, names)}
<ul class="rows roster"><li class="row head" aria-hidden="true"><span></span><span></span>${axis(scale)}<span></span></li>
${slice.map((member) => row(member, scale, names))}</ul>${pager(page, page * pageSize < shown.length, link)}`,
  };
}

function row(member: Schemas['Member'], scale: Scale, names: ReadonlyMap<string, string>): Markup {
  const { reference_id, state, member_id, subscriptions } = member;
  return markup`<li class="row member"><span class="name">${reference_id}<small class="dim clip">${member_id ?? 'no account'}</small></span>
<span>${badge(state)}</span>${timeline(subscriptions, scale, [...names.keys()])}
<span class="dim spans">${subscriptions.length === 0 ? 'never subscribed' : spans(subscriptions, names, scale)}</span></li>`;
}

/** Links that filter by state, with the number of members in each. */
function filter(path: string, members: readonly Schemas['Member'][], state: string | null): Markup {
  const states = [...Map.groupBy(members, (member) => member.state)].sort(([a], [b]) => a.localeCompare(b));
  const chip = (href: string, text: string, current: boolean) =>
    markup`<a class="chip" href="${href}"${current ? markup` aria-current="true"` : ''}>${text}</a>`;
  return markup`<nav class="chips" aria-label="Members by state">${chip(path, `${count(members.length, 'member')}`, state === null)}
${states.map(([name, list]) => chip(`${path}?state=${name}`, `${list.length} ${name}`, state === name))}</nav>`;
}

function legend(members: readonly Schemas['Member'][], names: ReadonlyMap<string, string>): Markup {
  const used = new Set(members.flatMap(({ subscriptions }) => subscriptions.map(({ plan_id }) => plan_id)));
  const known = [...names.keys()];
  return markup`<p class="legend">${[...used].map(
    (id) =>
      markup`<span><svg width="14" height="10" aria-hidden="true"><rect class="bar ${planColour(known, id)}" width="14" height="10" rx="3"/></svg>${names.get(id) ?? id}</span>`,
  )}</p>`;
}

const planOf = ({ organizations }: Schemas['World'], slug: string): string =>
  organizations.find((organization) => organization.slug === slug)?.plans[0]?.id ?? 'pln_…';

const submitCommand = (origin: string, key: string | undefined, id: string, plan: string): string =>
  `curl -s ${origin}/v1/groups/${id}/members/sync \\
  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '{"members": [{"reference_id": "emp-1", "first_name": "Ada", "last_name": "Example",
    "date_of_birth": "1990-05-17", "email": "ada@example.com", "plan_id": "${plan}",
    "address": {"address_line_1": "1 Main St", "city": "Philadelphia", "state": "PA", "zipcode": "19103"}}]}'`;
