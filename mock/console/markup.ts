import { html, type raw } from 'hono/html';
import type { Schemas } from '../control/named-world.ts';
import type { ActionName } from './actions.ts';

/** Markup whose values were escaped when they were put in. */
export type Markup = ReturnType<typeof raw>;
/** Escapes whatever is put into the template, but markup; lists are joined, undefined and false are nothing. */
export const markup = html as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

/** An instant, to the second; all of it on hovering. */
export const instant = (timestamp: string): Markup =>
  markup`<time datetime="${timestamp}" title="${timestamp}">${timestamp.slice(0, 19).replace('T', ' ')}</time>`;

/** `1 group`, `2 groups`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** A word that says how something stands; its class gives the colour. */
export const badge = (state: string, text = state): Markup =>
  markup`<span class="badge is-${state.replaceAll(/[^a-z0-9-]/g, '')}">${text}</span>`;

/** What a page says where there is nothing to show: what to do next, and the command for it. */
export const empty = (title: string, text: Markup | string, command?: string): Markup =>
  markup`<div class="empty"><h2>${title}</h2><p>${text}</p>${command === undefined ? '' : code(command)}</div>`;

/** A command to copy: one click selects it whole. */
export const code = (command: string): Markup => markup`<pre><code>${command}</code></pre>`;

/** With scripts the answer takes the place of this page, and the place and the focus in it stay; else it is a plain form. */
const boost = `select:'#page' target:'#page' swap:'outerMorph show:none' push:false`;

/** A form that does something to the world and comes back to the page that it is on. */
export const form = (action: ActionName, body: Markup, encoding = 'application/x-www-form-urlencoded'): Markup =>
  markup`<form method="post" enctype="${encoding}" hx-boost="${boost}">
<input type="hidden" name="action" value="${action}">${body}</form>`;

/** A button that does something to the world, to one thing in it where `name` and `value` say which. */
export const button = (action: ActionName, label: string, name?: string, value?: string, about = ''): Markup =>
  form(
    action,
    markup`${name === undefined ? '' : markup`<input type="hidden" name="${name}" value="${value}">`}<button>${label}${about && markup`<span class="hidden"> ${about}</span>`}</button>`,
  );

/** A field of a form under its label. */
export const field = (label: string, control: Markup, hint = ''): Markup =>
  markup`<label class="field"><span>${label}</span>${control}${hint && markup`<small>${hint}</small>`}</label>`;

/** How many rows a list shows at once. */
export const pageSize = 100;

/** Links to the pages before and after this one, where there may be any. */
export function pager(page: number, hasNext: boolean, link: (page: number) => string): Markup | '' {
  if (page === 1 && !hasNext) return '';
  return markup`<nav class="pager" aria-label="Pages">${page > 1 ? markup`<a href="${link(page - 1)}" rel="prev">Previous</a>` : ''}
<span>Page ${page}</span>${hasNext ? markup`<a href="${link(page + 1)}" rel="next">Next</a>` : ''}</nav>`;
}

/** The names of plans by their id. */
export const planNames = ({ organizations }: Schemas['World']): ReadonlyMap<string, string> =>
  new Map(organizations.flatMap(({ plans }) => plans.map(({ id, name }) => [id, name] as const)));
