import { html, type raw } from 'hono/html';
import type { Schemas } from '../control/named-world.ts';
import type { ActionName } from './actions.ts';
import type { TenantActionName } from './tenant-actions.ts';

/** Markup whose values are escaped. */
export type Markup = ReturnType<typeof raw>;
/** Escapes every value of the template except markup. Lists are joined; undefined and false are left out. */
export const markup = html as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

/** An instant to the second; hovering shows the full timestamp. */
export const instant = (timestamp: string): Markup =>
  markup`<time datetime="${timestamp}" title="${timestamp}">${timestamp.slice(0, 19).replace('T', ' ')}</time>`;

/** A colored label for a state. */
export const badge = (state: string, text = state): Markup =>
  markup`<span class="badge is-${state.replaceAll(/[^a-z0-9-]/g, '')}">${text}</span>`;

/** The content of an empty page: what to do next, with a command. */
export const empty = (title: string, text: Markup | string, command?: string): Markup =>
  markup`<div class="empty"><h2>${title}</h2><p>${text}</p>${command === undefined ? '' : code(command)}</div>`;

/** A command to copy; one click selects all of it. */
export const code = (command: string): Markup => markup`<pre><code>${command}</code></pre>`;

/** A command with a button that copies it. */
export const copyable = (id: string, command: string, label: string): Markup =>
  markup`<pre id="${id}" tabindex="0"><code>${command}</code></pre><p><button type="button" data-copy="${id}">${label}</button></p>`;

/** A button that asks before it runs an action. */
export const confirmed = (summary: Markup | string, warning: Markup, action: Markup): Markup =>
  markup`<details class="confirm"><summary class="button">${summary}</summary><p>${warning}</p>${action}</details>`;

/** With scripts, the answer replaces the page and keeps scroll position and focus. Without, it is a plain form. */
const boost = `select:'#page' target:'#page' swap:'outerMorph show:none' push:false`;

/** A form that runs an action and returns to its page. */
export const form = (
  action: ActionName | TenantActionName,
  body: Markup,
  encoding = 'application/x-www-form-urlencoded',
): Markup =>
  markup`<form method="post" enctype="${encoding}" hx-boost="${boost}">
<input type="hidden" name="action" value="${action}">${body}</form>`;

/** A form whose answer is another page, or this page with a preview. */
export const pageForm = (action: ActionName, body: Markup, encoding = 'application/x-www-form-urlencoded'): Markup =>
  markup`<form method="post" action="#preview" enctype="${encoding}"><input type="hidden" name="action" value="${action}">${body}</form>`;

/** A button that runs an action, with one field `name` if given. `about` is for screen readers. */
export const button = (
  action: ActionName | TenantActionName,
  label: string,
  name?: string,
  value?: string,
  about = '',
): Markup =>
  form(
    action,
    markup`${name === undefined ? '' : markup`<input type="hidden" name="${name}" value="${value}">`}<button>${label}${about && markup`<span class="hidden"> ${about}</span>`}</button>`,
  );

/** A form field with its label. */
export const field = (label: string, control: Markup, hint = ''): Markup =>
  markup`<label class="field"><span>${label}</span>${control}${hint && markup`<small>${hint}</small>`}</label>`;

/** Rows per page of a list. */
export const pageSize = 100;

/** Links to the previous and the next page, if there are any. */
export function pager(page: number, hasNext: boolean, link: (page: number) => string): Markup | '' {
  if (page === 1 && !hasNext) return '';
  return markup`<nav class="pager" aria-label="Pages">${page > 1 ? markup`<a href="${link(page - 1)}" rel="prev">Previous</a>` : ''}
<span>Page ${page}</span>${hasNext ? markup`<a href="${link(page + 1)}" rel="next">Next</a>` : ''}</nav>`;
}

/** The names of plans by their id. */
export const planNames = ({ organizations }: Schemas['World']): ReadonlyMap<string, string> =>
  new Map(organizations.flatMap(({ plans }) => plans.map(({ id, name }) => [id, name] as const)));
