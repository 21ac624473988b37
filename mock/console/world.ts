import { quirks } from '../../generated/quirks.ts';
import type { Schemas } from '../control/named-world.ts';
import { listScenarios } from '../control/worlds.ts';
import { button, code, confirmed, field, form, type Markup, markup } from './markup.ts';
import type { Tab } from './tab.ts';
import { organizations } from './worlds.ts';

/** The world as a whole: keys, scenarios, snapshot and reset. */
export const worldTab: Tab = {
  name: 'world',
  label: 'World',
  show: ({ control, world, base, origin }) => ({
    title: `World ${world.name}`,
    lead: 'Its API keys and plans, its settings, and ways to save, replace and reset its content.',
    live: organizations(world),
    forms: markup`<section class="panel"><h2>Settings</h2><p>How this world answers the open questions of the contract, and how long its syncs take. A reset restores those of the mock.</p>
${settingsForm(control.readSettings())}</section>
<section class="panel"><h2>Scenarios</h2><p>Prepared worlds, and what to try in each. Loading one replaces the content of this world.</p>
<ul class="rows">${scenarios}</ul></section>
<section class="panel"><h2>Snapshot</h2><p>The whole content of the world, including personal fields. Export it before you try something, and import it to go back.</p>
<div class="buttons"><a class="button" href="${base}/snapshot" download>Export snapshot</a></div>
${form(
  'importSnapshot',
  markup`<div class="fields">${field('Snapshot to import', markup`<input name="snapshot" type="file" accept="application/json,.json" required>`)}</div><button class="primary">Import</button>`,
  'multipart/form-data',
)}</section>
<section class="panel"><h2>Reset</h2><p>Empties the world and fills it from the seed of the mock. Time follows the machine again, the faults are the initial ones, and the journal is cleared.</p>
${confirmed('Reset …', markup`This deletes the content of <strong>${world.name}</strong>.`, form('resetWorld', markup`<button class="primary">Yes, reset</button>`))}</section>
<section class="panel"><h2>From a script</h2><p>Everything here is also available from the control plane:</p>
${code(`curl -s -X POST ${origin}/_mock/worlds/${encodeURIComponent(world.name)}/reset`)}</section>`,
  }),
};

/** How the world answers the open questions of the contract, and how long its syncs take. */
function settingsForm({ quirks: chosen, sync_delay_ms }: Schemas['Settings']): Markup {
  const choices = Object.entries(chosen).map(([name, now]) => {
    const { question, values } = quirks[name as keyof typeof quirks];
    const options = values.map(
      ({ value }) => markup`<option value="${value}"${value === now ? markup` selected` : ''}>${value}</option>`,
    );
    return field(name, markup`<select name="${name}">${options}</select>`, question);
  });
  return form(
    'changeSettings',
    markup`<div class="fields">${field('Sync delay (ms)', markup`<input name="sync_delay_ms" type="number" min="0" value="${sync_delay_ms ?? ''}">`, 'until a sync completes; empty to leave it')}
${choices}</div><button class="primary">Save settings</button>`,
  );
}

/** Text of the specification, with backticks rendered as code. */
const prose = (text: string): Markup[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));

const scenarios = listScenarios().scenarios.map(
  ({ name, holds, try: attempt }) => markup`<li class="row fault"><b>${name}</b><span class="name">${prose(holds)}
<small class="dim">${prose(attempt)}</small></span><span class="end">${confirmed(markup`Load<span class="hidden"> ${name}</span> …`, markup`This replaces the content of the world.`, button('loadScenario', 'Yes, load', 'scenario', name, name))}</span></li>`,
);
