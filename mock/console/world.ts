import { listScenarios } from '../control/worlds.ts';
import { button, code, field, form, type Markup, markup } from './markup.ts';
import type { Tab } from './tabs.ts';
import { organizations } from './worlds.ts';

/** The world as a whole: its keys, named worlds to start from, its snapshot, and how to begin anew. */
export const worldTab: Tab = {
  name: 'world',
  label: 'World',
  show: ({ world, base, origin }) => ({
    title: `World ${world.name}`,
    lead: 'What its API keys and plans are, and how to go to another state and back.',
    live: organizations(world),
    forms: markup`<section class="panel"><h2>Scenarios</h2><p>Worlds to begin with, and what to try in each. What this one holds is replaced.</p>
<ul class="rows">${scenarios}</ul></section>
<section class="panel"><h2>Snapshot</h2><p>Everything that the world holds, personal fields included: save it before you try something, and go back to it.</p>
<div class="buttons"><a class="button" href="${base}/snapshot" download>Export a snapshot</a></div>
${form(
  'importSnapshot',
  markup`<div class="fields">${field('Snapshot to import', markup`<input name="snapshot" type="file" accept="application/json,.json" required>`)}</div><button class="primary">Import it</button>`,
  'multipart/form-data',
)}</section>
<section class="panel"><h2>Begin anew</h2><p>Empties the world and fills it from the seed of the mock. Time follows the machine again; faults and the journal are emptied.</p>
<details class="confirm"><summary class="button">Reset …</summary><p>All that <strong>${world.name}</strong> holds will be gone.</p>${form('resetWorld', markup`<button class="primary">Yes, begin anew</button>`)}</details></section>
<section class="panel"><h2>From a script</h2><p>Everything here is a call of the control plane:</p>
${code(`curl -s -X POST ${origin}/_mock/worlds/${world.name}/reset`)}</section>`,
  }),
};

/** Text of the specification, with what it has in backticks as code. */
const prose = (text: string): Markup[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));

const scenarios = listScenarios().scenarios.map(
  ({ name, holds, try: attempt }) => markup`<li class="row fault"><b>${name}</b><span class="name">${prose(holds)}
<small class="dim">${prose(attempt)}</small></span><span class="end">${button('loadScenario', 'Load', 'scenario', name, name)}</span></li>`,
);
