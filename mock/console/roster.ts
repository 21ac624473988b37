import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { textOf } from './form-fields.ts';
import { badge, empty, field, type Markup, markup, pageForm, pager, pageSize, planNames } from './markup.ts';
import { showPreview } from './preview.ts';
import type { PageContent, View } from './tab.ts';
import { exampleRow, firstPlan } from './template.ts';
import { axis, planColour, type Scale, scaleOf, spans, timeline } from './timeline.ts';

/** The members of one group with their states and subscriptions. */
export function showRoster(view: View, id: string): PageContent {
  const { control, world, base, origin, query, page } = view;
  const { group, members } = control.readRoster(id);
  const key = world.organizations.find(({ slug }) => slug === group.organization)?.key;
  const title = group.name;
  const lead = markup`${group.external_reference_id ?? 'no reference'} · ${group.organization} · <code class="copy">${group.id}</code> · <a href="#send">Send a roster</a>`;
  const forms = rosterForm(view, group);
  if (members.length === 0)
    return {
      title,
      lead,
      live: empty(
        'This roster is empty',
        'Send the complete roster below, or as a client would. Anyone missing from a later one is removed:',
        submitCommand(origin, key, group.id, firstPlan(world, group.organization)),
      ),
      forms,
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
    forms,
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
  return markup`<nav class="chips" aria-label="Members by state">${chip(path, `${amount(members.length, 'member')}`, state === null)}
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

/** The form that takes a roster, below the preview of the one that was submitted. */
function rosterForm({ base, fields, draft }: View, group: Schemas['GroupSummary']): Markup {
  const typed = fields?.action === 'previewRoster' ? textOf(fields, 'roster') : '';
  return markup`${draft && showPreview(draft, group.name)}<section class="panel" id="send"><h2>Send a roster</h2>
<p>JSON or CSV, with everyone who is to be a member. It is previewed before it is sent. <a href="${base}/groups/${group.id}/template.csv" download>Download a template</a></p>
${pageForm(
  'previewRoster',
  markup`<input type="hidden" name="group_id" value="${group.id}"><div class="fields">
${field('Drop a file here or choose one', markup`<input class="drop" name="file" type="file" accept=".csv,.json,text/csv,application/json">`)}
${field('Or paste it', markup`<textarea name="roster" rows="6" spellcheck="false">${typed}</textarea>`)}
</div><button class="primary">Preview</button>`,
  'multipart/form-data',
)}</section>`;
}

const submitCommand = (origin: string, key: string | undefined, id: string, plan: string): string =>
  `curl -s ${origin}/v1/groups/${id}/members/sync \\
  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify({ members: [exampleRow(plan)] })}'`;
