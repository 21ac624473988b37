import { operations } from '../../generated/operations.ts';
import type { Schemas } from '../control/named-world.ts';
import { amount } from '../domain/amount.ts';
import { faultEffect, faultProfiles } from '../domain/faults.ts';
import { type EffectField, effects } from './fault-effects.ts';
import { badge, button, empty, field, form, type Markup, markup } from './markup.ts';
import type { Tab } from './tab.ts';

/** Injected faults and rejections. */
export const faultsTab: Tab = {
  name: 'faults',
  label: 'Faults',
  show({ control }) {
    const { faults } = control.listFaults();
    const { rejections } = control.listRejections();
    return {
      title: 'Faults',
      lead: 'Injected errors. If several faults match a request, the first one applies.',
      live: markup`${
        faults.length + rejections.length === 0
          ? empty(
              'No faults',
              'Every request is answered as the contract says. Inject a fault below and see how your client handles it.',
            )
          : markup`<ul class="rows">${faults.map(faultRow)}${rejections.map(rejectionRow)}</ul>
<div class="buttons">${faults.length > 0 ? button('clearFaults', 'Clear all faults') : ''}${rejections.length > 0 ? button('clearRejections', 'Clear all rejections') : ''}</div>`
      }`,
      forms: markup`${faultForm}${profileForm}${rejectionForm}`,
    };
  },
};

function faultRow(fault: Schemas['Fault']): Markup {
  const { id, happened, times, operations: only, probability = 1 } = fault;
  return markup`<li class="row fault"><span>${badge('failed', id)}</span><span class="name">${faultEffect(fault)}
<small class="dim">${only === undefined ? 'any operation' : only.join(', ')}${probability < 1 ? `, ${Math.round(probability * 100)}% of them` : ''} · happened ${amount(happened, 'time')}${times === undefined ? '' : `, ${times} left`}</small></span>
<span class="end">${button('removeFault', 'Remove', 'fault_id', id, id)}</span></li>`;
}

function rejectionRow({ reference_id, reason, operation, times, group_id }: Schemas['Rejection']): Markup {
  return markup`<li class="row fault"><span>${badge('blocked', `${operation} fails`)}</span><span class="name">${reference_id}
<small class="dim">“${reason}”${group_id === undefined ? '' : ` · in ${group_id}`} · ${amount(times, 'time')} left</small></span></li>`;
}

const options = (list: readonly (readonly [value: string, text: string])[]): Markup[] =>
  list.map(([value, text]) => markup`<option value="${value}">${text}</option>`);

/** A field of the fault form that is shown only if an effect that has it is chosen. */
const effectField = (name: EffectField, label: Markup): Markup => {
  const having = Object.keys(effects).filter((effect) => effects[effect]?.fields.includes(name));
  return markup`<div class="only ${having.map((effect) => `for-${effect}`).join(' ')}">${label}</div>`;
};

const faultForm = form(
  'addFault',
  markup`<fieldset><legend>Inject a fault</legend><div class="fields">
${field('What happens', markup`<select name="effect">${options(Object.entries(effects).map(([name, { label }]) => [name, label]))}</select>`)}
${effectField('status', field('Status', markup`<input name="status" type="number" min="400" max="599" value="429">`))}
${effectField('retry_after', field('Retry-After (s)', markup`<input name="retry_after" type="number" min="0">`))}
${effectField('app_error_code', field('app_error_code', markup`<input name="app_error_code" autocomplete="off">`, 'empty for the usual one'))}
${effectField('body', field('Body', markup`<textarea name="body" rows="3" spellcheck="false"></textarea>`, 'JSON or text, instead of the error body'))}
${effectField('headers', field('Headers', markup`<textarea name="headers" rows="3" spellcheck="false" placeholder="X-RateLimit-Remaining: 0"></textarea>`, 'one per line'))}
${effectField('applied', markup`<label class="check"><input name="applied" type="checkbox"> The request takes effect all the same</label>`)}
${field('Delay (ms)', markup`<input name="latency_ms" type="number" min="0" max="600000" step="1">`, 'empty for none')}
${field('Times', markup`<input name="times" type="number" min="1" value="1">`, 'empty for no limit')}
${field('Probability', markup`<input name="probability" type="number" min="0" max="1" step="any" value="1">`, '1 means every request')}
${field('Seed', markup`<input name="seed" type="number" step="1">`, 'which requests a probability picks; empty for the name of the world')}
</div><fieldset class="checks"><legend>Operations <small class="dim">any if none is checked</small></legend>${Object.entries(
    operations,
  ).map(
    ([id, { summary }]) =>
      markup`<label class="check"><input name="operation" type="checkbox" value="${id}"> ${summary}</label>`,
  )}</fieldset><button class="primary">Inject fault</button></fieldset>`,
);

const profileForm = form(
  'addFaultProfile',
  markup`<fieldset><legend>Fault profiles</legend><div class="choices">${Object.entries(faultProfiles).map(
    ([name, { effect }]) => markup`<button name="profile" value="${name}">${name}<small>${effect}</small></button>`,
  )}</div></fieldset>`,
);

const rejectionForm = form(
  'addRejection',
  markup`<fieldset><legend>Reject a roster row</legend><div class="fields">
${field('reference_id', markup`<input name="reference_id" required autocomplete="off">`)}
${field('Reason', markup`<input name="reason" required value="The date of birth does not match.">`)}
${field(
  'Operation',
  markup`<select name="operation">${options([
    ['add', 'add'],
    ['remove', 'remove'],
  ])}</select>`,
)}
${field('Times', markup`<input name="times" type="number" min="1" value="1">`)}
</div><button class="primary">Reject row</button></fieldset>`,
);
