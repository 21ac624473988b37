import { rules } from '../../generated/rules.ts';
import type { Schemas } from '../control/named-world.ts';
import { Problem, shown } from '../domain/problems.ts';
import { badge, copyable, type Markup, markup } from './markup.ts';
import type { PageContent, View } from './tab.ts';

/** The maximum length of a body on the page and of one in a command. */
const maxShown = 200_000;
const maxInCommand = 20_000;

/** A request as it was sent, its answer, and the reason for the answer. */
export function showExchange({ control, world, base, origin }: View, item: string): PageContent {
  const exchange = control.readJournal().exchanges.find(({ number }) => String(number) === item);
  if (exchange === undefined)
    throw new Problem('not-found', 'entry_not_found', `There is no request ${shown(item)} in the journal.`);
  const { number, method, path, search, at, organization, duration_ms, trace_id } = exchange;
  const [recorded] = control.exportHar({ entry: number }).log.entries as unknown as readonly Recorded[];
  const archive = `/_mock/worlds/${encodeURIComponent(world.name)}/har?entry=${number}`;
  const key = world.organizations.find(({ slug }) => slug === organization)?.key;
  const url = recorded?.request.url ?? `${origin}${path}${search ?? ''}`;
  const sent = recorded?.request.postData;
  return {
    title: `${method} ${path}${search ?? ''}`,
    lead: markup`${statusBadge(exchange)} ${organization ?? 'unauthenticated'} · <time datetime="${at}">${at.slice(0, 23).replace('T', ' ')}</time> · ${duration_ms.toFixed(1)} ms · entry ${number} of the <a href="${base}/journal">journal</a>`,
    live: markup`${reasons(exchange)}
${recorded === undefined ? markup`<p class="dim">The mock no longer has the bodies, or was started with <code>--no-bodies</code>.</p>` : ''}
<section class="panel"><h2>Request</h2>${body('Body of the request', sent?.text ?? '', archive)}</section>
<section class="panel"><h2>Answer</h2>${recorded && headerList(recorded.response.headers)}
${trace_id === null ? '' : markup`<p>Trace id <code class="copy">${trace_id}</code></p>`}${body('Body of the answer', recorded?.response.content.text ?? '', archive)}</section>
<section class="panel"><h2>Send it again</h2>${
      key === undefined ? markup`<p class="dim">The mock does not keep keys: put in the one that was sent.</p>` : ''
    }${copyable(`curl-${number}`, curlOf(method, url, key ?? 'KEY', sent), 'Copy as curl')}</section>`,
  };
}

/** What the page needs of an entry of an HTTP archive. */
interface Recorded {
  readonly request: { readonly url: string; readonly postData?: Sent };
  readonly response: {
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly content: { readonly text: string };
  };
}

interface Sent {
  readonly mimeType: string;
  readonly text: string;
}

/** The status of an exchange, or that there was no answer. */
export function statusBadge({ status }: Schemas['Exchange']): Markup {
  const kind = status === 0 || status >= 500 ? 'failed' : status >= 400 ? 'blocked' : 'active';
  return badge(kind, status === 0 ? 'dropped' : String(status));
}

/** The rule that was broken, the fault that applied, and hints; nothing if there are none. */
function reasons({ rule, message, code, fault, fault_effect, hints }: Schemas['Exchange']): Markup | '' {
  const known = rule !== null && Object.hasOwn(rules, rule) ? rules[rule as keyof typeof rules] : undefined;
  const said = message ?? code;
  if (said === null && rule === null && fault === null && hints.length === 0) return '';
  return markup`<section class="panel reasons"><h2>Why</h2>
${fault === null ? '' : markup`<p>The injected <b>${fault}</b> applied: ${fault_effect}.</p>`}
${said === null ? '' : markup`<p>${said}</p>`}
${rule === null ? '' : markup`<p><b>${rule}</b> ${known && markup`<span class="dim">(${known.level})</span> ${known.statement}`}</p>`}
${hints.map((hint) => markup`<p>${hint}</p>`)}</section>`;
}

const headerList = (headers: Recorded['response']['headers']): Markup =>
  markup`<ul class="headers">${headers.map(({ name, value }) => markup`<li><code>${name}: ${value}</code></li>`)}</ul>`;

/** A body, as indented JSON if it is JSON. */
function body(label: string, text: string, archive: string): Markup {
  if (text === '') return markup`<p class="dim">No body.</p>`;
  const formatted = indented(text);
  const left = formatted.length - maxShown;
  return markup`<pre class="body" tabindex="0" aria-label="${label}"><code>${formatted.slice(0, maxShown)}</code></pre>${
    left > 0 ? markup`<p class="dim">${left} more characters are in the <a href="${archive}">HTTP archive</a>.</p>` : ''
  }`;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A long body is read from a file, because a shell takes only so much. */
function curlOf(method: string, url: string, key: string, sent: Sent | undefined): string {
  const lines = [`curl -i -X ${method} ${quoted(url)}`, `-H ${quoted(`Authorization: Bearer ${key}`)}`];
  if (sent?.mimeType) lines.push(`-H ${quoted(`Content-Type: ${sent.mimeType}`)}`);
  if (sent !== undefined)
    lines.push(sent.text.length > maxInCommand ? '--data-binary @body.json' : `--data-binary ${quoted(sent.text)}`);
  return lines.join(' \\\n  ');
}
