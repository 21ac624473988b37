import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { Schemas } from '../control/named-world.ts';
import { badge, button, form, instant, type Markup, markup } from './markup.ts';
import { base, worldPath } from './paths.ts';
import type { PageContent } from './tab.ts';
import { tabs } from './tabs.ts';

/** The outcome of a submitted form. */
export interface Notice {
  readonly text: string;
  readonly isError: boolean;
}

/** What surrounds the content of a page. */
export interface Frame {
  /** The path of this page, with its query. */
  readonly path: string;
  readonly notice?: Notice | undefined;
  /** The world of the page, if it has one. */
  readonly world?: Schemas['World'] | undefined;
  /** The current tab. */
  readonly tab?: string | undefined;
}

/** Settings of htmx: opened details stay open when the page is updated, and the browser handles its history itself. */
const settings = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  morphIgnore: ['data-htmx-powered', 'open'],
});

const page = (content: PageContent, frame: Frame): Markup => markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content="${settings}">
<title>${content.title}${frame.world === undefined ? '' : ` · ${frame.world.name}`} · groups-mock</title>
<link rel="icon" href="${base}/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${base}/assets/console.css">
<script src="${base}/assets/htmx.js" defer></script>
<script src="${base}/assets/console.js" defer></script>
</head>
<body>
<a class="skip" href="#page">Skip to the content</a>
<header><div class="inner"><p class="brand"><a href="/_mock/">groups-mock</a>${frame.world === undefined ? '' : markup` <span aria-hidden="true">/</span> <a href="${worldPath(frame.world.name)}">${frame.world.name}</a>`}</p>
${frame.world === undefined ? '' : navigation(frame, frame.world)}<a class="to-docs" href="/docs">API reference</a></div></header>
<main id="page" tabindex="-1"><div id="notice" role="status">${frame.notice && notice(frame.notice)}</div>
<div id="live" hx-get="${frame.path}" hx-select="#live" hx-target="this" hx-swap="outerMorph" hx-trigger="changed from:body, every 30s">
${frame.world === undefined ? '' : clock(frame.world)}<h1>${content.title}</h1>${content.lead && markup`<p class="lead">${content.lead}</p>`}
${content.live}</div>
${content.forms}</main>
${frame.world === undefined ? '' : markup`<div hx-sse:connect="${worldPath(frame.world.name)}/events"></div>`}
</body>
</html>
`;

/** The path of a request, with its query. */
export const here = (c: Context): string => {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
};

/** Responds with a page. */
export function respond(
  c: Context,
  content: PageContent,
  frame: Omit<Frame, 'path'> = {},
  status: StatusCode = 200,
): Response | Promise<Response> {
  c.header('cache-control', 'no-store');
  c.status(status);
  return c.html(page(content, { path: here(c), ...frame }));
}

/** The id is new each time, so that screen readers announce the same text again. */
const notice = ({ text, isError }: Notice): Markup =>
  markup`<p id="notice-${Date.now()}" class="notice${isError ? ' is-error' : ''}">${text}</p>`;

const navigation = ({ tab }: Frame, world: Schemas['World']): Markup =>
  markup`<nav class="tabs" aria-label="World ${world.name}">${tabs.map(
    ({ name, label }) =>
      markup`<a href="${worldPath(world.name)}/${name}"${tab === name ? markup` aria-current="page"` : ''}>${label}</a>`,
  )}</nav>`;

const steps: readonly (readonly [ms: number, label: string])[] = [
  [1000, '1 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [86_400_000, '1 d'],
  [2_592_000_000, '30 d'],
];

/** The time of the world, and the buttons that move it. */
const clock = ({
  clock: { now, frozen },
}: Schemas['World']): Markup => markup`<section class="clock" aria-label="World time">
<p>${badge(frozen ? 'stalled' : 'active', frozen ? 'Frozen' : 'Running')} ${instant(now)} <span class="dim">UTC</span></p>
<div class="buttons">${frozen ? button('resumeClock', 'Resume') : button('freezeClock', 'Freeze')}
${form('advanceClock', markup`${steps.map(([ms, label]) => markup`<button name="ms" value="${ms}"><span class="hidden">Advance by </span>+${label}</button>`)}`)}</div></section>`;
