import { raw } from 'hono/html';
import { areaOf } from '../rules/names.ts';
import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord, Outcome } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { isKnown, type Verdict } from '../verdict/verdict.ts';
import { joined, type Markup, markup, reportPage } from './page.ts';
import { readingsSection } from './readings.ts';
import { brokenParts, repairFirst } from './repair.ts';
import { repeatOf, reproFolder } from './repro.ts';
import {
  baselineText,
  failedExchange,
  faultText,
  knownEntry,
  nameOf,
  outcomes,
  printable,
  refusalOf,
  remainsText,
  remarksOf,
  secondsOf,
  skipTexts,
  sourceOf,
  verdictText,
} from './wording.ts';

const verdictClass: Readonly<Record<Verdict, Outcome>> = {
  conformant: 'pass',
  'conformant with warnings': 'warn',
  incomplete: 'skipped',
  'non-conformant': 'fail',
  'not judged': 'error',
};

/** The filter depends on which radio button is chosen and needs no script. */
const style = `
.filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0; padding: .5rem 0; background: var(--bg);
  border: 0; border-bottom: 1px solid var(--line); }
.filter legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.filter label { position: relative; display: inline-flex; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 999px; cursor: pointer; }
.filter input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.filter label:has(:checked) { background: var(--fg); color: var(--bg); border-color: var(--fg); }
.filter label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
${outcomes.map((outcome) => `body:has(#only-${outcome}:checked) .rule:not(.is-${outcome}), body:has(#only-${outcome}:checked) .area:not(:has(.is-${outcome}))`).join(',\n')} { display: none; }
.rule { margin: .5rem 0; border: 1px solid var(--line); border-left: 5px solid var(--mark); border-radius: 6px; background: var(--card); }
${outcomes.map((outcome) => `.is-${outcome} { --mark: var(--${outcome}); }`).join(' ')}
.rule > summary { display: grid; grid-template-columns: 5.2rem 8.5rem 1fr 1rem; gap: .2rem .8rem; padding: .5rem .8rem; cursor: pointer; list-style: none; }
.rule > summary::-webkit-details-marker { display: none; }
.rule > summary::after { content: '▸'; grid-area: 1 / -2; color: var(--dim); } .rule[open] > summary::after { content: '▾'; }
.rule > summary b { font-weight: 600; } .rule > summary .dim { grid-column: 3; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; } .broken ul { margin: 0; padding-left: 1.2rem; } .broken li { margin: .35rem 0; }
main { overflow-wrap: anywhere; } .broken a { font-weight: 600; white-space: nowrap; } .fault { color: var(--dim); } .rule:target { outline: 3px solid var(--accent); scroll-margin-top: 5rem; }
.rule { scroll-margin-top: 5rem; }
.checks { padding: 0 .8rem .7rem; } .check { margin-top: .6rem; border-top: 1px solid var(--line); padding-top: .5rem; }
.check h3 { font-size: 1rem; font-weight: 500; margin: 0; } .check dl { margin: .3rem 0; }
.exchange { margin: .3rem 0; } .exchange summary { cursor: pointer; overflow-wrap: anywhere; }
@media (max-width: 34rem) { .rule > summary { grid-template-columns: auto 1fr 1rem; } .rule > summary > span:nth-child(3), .rule > summary .dim { grid-column: 1 / -1; } }
@media print { .filter { display: none; } .rule { break-inside: avoid-page; } .rule > summary, .area > h2 { break-after: avoid; } }
`;

/** `report.html`: one self-contained page with the evidence folded into each rule. */
export function htmlReport(result: ConformanceResult): string {
  const areas = [...Map.groupBy(result.rules, ({ id }) => areaOf(id))];
  const body = markup`
<header>
  <h1>Conformance of <code>${result.target}</code></h1>
  <p class="verdict ${verdictClass[result.verdict]}">${verdictText(result)}</p>
  ${result.reason === undefined ? '' : markup`<p><strong>${result.rules.length > 0 ? 'Ended early: ' : ''}${printable(result.reason)}</strong></p>`}
  ${joined(remarksOf(result).map((remark) => markup`<p><strong>${remark}</strong></p>`))}
  ${facts(result)}
</header>
<main>
${broken(result)}
<fieldset class="filter"><legend>Show rules by outcome</legend>
  ${filter('all', 'all', result.rules.length, true)}
  ${joined(outcomes.map((outcome) => filter(outcome, outcome, result.counts[outcome], false)))}
</fieldset>
${joined(areas.map(([area, records]) => section(result, area, records)))}
${baseline(result)}
${result.readings === null ? '' : readingsSection(result.readings)}
</main>
<footer class="dim"><p>Every exchange is in <code>evidence.har</code>. Keys, and personal fields of answers, were removed when they were recorded.</p></footer>`;
  return reportPage(`Conformance of ${result.target}: ${verdictText(result)}`, style, body);
}

/** What is broken, with links to the details, before anything else. */
function broken(result: ConformanceResult): Markup | '' {
  const { failed, warned, tolerated } = brokenParts(result);
  const repair = repairFirst(result);
  const list = (title: string, records: readonly RuleRecord[]): Markup | '' =>
    records.length === 0
      ? ''
      : markup`<h3>${title} <span class="dim">${records.length}</span></h3>
<ul>${joined(records.map((record) => markup`<li><a href="#${anchorOf(record)}">${nameOf(record)}</a> ${record.statement}${joined(faults(record))}</li>`))}</ul>`;
  if (failed.length + warned.length + tolerated.length === 0) return '';
  return markup`<section class="broken"><h2>What is broken</h2>
${repair === undefined ? '' : markup`<p><strong>Repair first:</strong> ${printable(repair)}.</p>`}
${list(result.baseline === null ? 'Failed' : 'Newly failed', failed)}${list('Warnings', warned)}${list('Tolerated by the baseline', tolerated)}</section>`;
}

const maxFaults = 3;

const faults = ({ checks }: RuleRecord): Markup[] =>
  checks
    .filter(({ message }) => message !== undefined)
    .slice(0, maxFaults)
    .map((check) => markup`<div class="fault">${printable(faultText(check))}</div>`);

const anchorOf = ({ id, level }: RuleRecord): string => (level === 'should' ? `${id}-should` : id);

function facts(result: ConformanceResult): Markup {
  const { profile, contract, suite, startedAt, requests, only, groups } = result;
  return markup`<dl>
    <dt>Profile</dt><dd>${profile}${only === null ? '' : `, only ${only.join(', ')}`}</dd>
    <dt>Contract</dt><dd>${contract.version} <code class="dim">sha256:${contract.sha256}</code></dd>
    <dt>Suite</dt><dd>${suite.name} ${suite.version}</dd>
    <dt>Run</dt><dd><time>${startedAt}</time>, ${secondsOf(result).toFixed(1)} s, ${requests} requests</dd>
    ${groups === 0 ? '' : markup`<dt>Left behind</dt><dd>${printable(remainsText(result))}</dd>`}
  </dl>`;
}

const filter = (id: string, label: string, count: number, checked: boolean): Markup =>
  markup`<label><input type="radio" name="only" id="only-${id}"${checked ? raw(' checked') : ''}>${label} ${count}</label>`;

function baseline({ baseline: entries }: ConformanceResult): Markup | '' {
  if (entries === null) return '';
  const items = entries.map(
    (entry) =>
      markup`<li class="${entry.state === 'expired' ? 'fail' : ''}"><b>${nameOf({ id: entry.rule, level: entry.level })}</b>: ${printable(baselineText(entry))}</li>`,
  );
  return markup`<section><h2>Baseline</h2><ul>${joined(items)}</ul></section>`;
}

function section(result: ConformanceResult, area: string, records: readonly RuleRecord[]): Markup {
  const passed = records.filter(({ outcome }) => outcome === 'pass').length;
  return markup`<section class="area"><h2>${area} <span class="dim">${passed} of ${records.length} passed</span></h2>
${joined(records.map((record) => rule(result, record)))}</section>`;
}

function rule(result: ConformanceResult, record: RuleRecord): Markup {
  const { outcome, statement, checks, id } = record;
  const known = isKnown(record, result.baseline) ? 'known ' : '';
  const entry = knownEntry(result, record);
  const isWrong = checks.some(({ message }) => message !== undefined);
  return markup`<details id="${anchorOf(record)}" class="rule is-${outcome}"${isWrong ? raw(' open') : ''}>
<summary><b class="${outcome}">${known}${outcome}</b><b>${nameOf(record)}</b><span>${statement}</span>
${record.skips.length > 0 ? markup`<span class="dim">${outcome === 'skipped' ? '' : 'in part '}not judged: ${printable(skipTexts(record))}</span>` : ''}</summary>
<div class="checks"><p class="dim">Source: ${sourceOf(id)}</p>
${entry ? markup`<p>${printable(baselineText(entry))}</p>` : ''}
${joined(checks.map((one) => check(result, record, one)))}</div></details>
`;
}

function check(result: ConformanceResult, part: RuleRecord, record: CheckRecord): Markup {
  const { title, outcome, message, expected, received, exchanges, milliseconds } = record;
  const failed = failedExchange(record);
  const said = failed && refusalOf(failed);
  const repeat = message === undefined ? undefined : repeatOf(result, part, record, reproFolder);
  const compared =
    expected !== undefined && received !== undefined
      ? markup`<dl><dt>Expected</dt><dd><code>${printable(expected)}</code></dd><dt>Received</dt><dd><code>${printable(received)}</code></dd></dl>`
      : '';
  const wrong =
    message === undefined
      ? ''
      : markup`<p><strong>${printable(message)}</strong></p>${compared}${said === undefined ? '' : markup`<p>The service said <code>${printable(said)}</code></p>`}${repeat ? markup`<pre>${printable(repeat.curl)}</pre>` : ''}${repeat?.script === undefined ? '' : markup`<p class="dim"><code>sh ${repeat.script}</code> repeats all ${repeat.steps} steps.</p>`}`;
  return markup`<div class="check"><h3><b class="${outcome}">${outcome}</b> ${title} <span class="dim">${milliseconds} ms</span></h3>
${wrong}${joined(exchanges.map(exchange))}</div>`;
}

const longest = 2000;

function exchange({ request, response, milliseconds }: Exchange): Markup {
  const { pathname, search } = new URL(request.url);
  return markup`<details class="exchange"><summary><code>${request.method} ${pathname}${search} → ${response?.status ?? 'no answer'}</code> <span class="dim">${milliseconds} ms</span></summary>
<pre>${message(request.headers, request.body ?? '')}</pre>${response ? markup`<pre>${message(response.headers, response.body)}</pre>` : ''}</details>
`;
}

/** Headers and body as they were sent; a long body is cut. */
function message(headers: Readonly<Record<string, string>>, body: string): string {
  const head = Object.entries(headers).map(([name, value]) => printable(`${name}: ${value}`));
  const cut = body.length > longest ? `${body.slice(0, longest)} […the rest is in evidence.har]` : body;
  return [...head, ...(cut === '' ? [] : ['', printable(cut)])].join('\n');
}
