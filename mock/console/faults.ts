import { operations } from '../../generated/operations.ts';
import type { Schemas } from '../control/named-world.ts';
import { faultProfiles } from '../domain/faults.ts';
import { badge, button, count, empty, field, form, type Markup, markup } from './markup.ts';
import type { Tab } from './tabs.ts';

/** Answers that go wrong on purpose, and rows that are to fail. */
export const faultsTab: Tab = {
  name: 'faults',
  label: 'Faults',
  show({ control }) {
    const { faults } = control.listFaults();
    const { rejections } = control.listRejections();
    return {
      title: 'Faults',
      lead: 'What is to go wrong on purpose. Of several faults that match a request, the first happens.',
      live: markup`${
        faults.length + rejections.length === 0
          ? empty(
              'Nothing is to go wrong',
              'Every request is answered as the contract says. Let something fail below, and see how your client takes it.',
            )
          : markup`<ul class="rows">${faults.map(faultRow)}${rejections.map(rejectionRow)}</ul>
<div class="buttons">${faults.length > 0 ? button('clearFaults', 'Take all faults back') : ''}${rejections.length > 0 ? button('clearRejections', 'Let no row fail') : ''}</div>`
      }`,
      forms: markup`${faultForm}${profileForm}${rejectionForm}`,
    };
  },
};

function faultRow(fault: Schemas['Fault']): Markup {
  const { id, happened, times, operations: only, probability = 1 } = fault;
  return markup`<li class="row fault"><span>${badge('failed', id)}</span><span class="name">${effectOf(fault)}
<small class="dim">${only === undefined ? 'any operation' : only.join(', ')}${probability < 1 ? `, ${Math.round(probability * 100)}% of them` : ''} · happened ${count(happened, 'time')}${times === undefined ? '' : `, ${times} to come`}</small></span>
<span class="end">${button('removeFault', 'Take back', 'fault_id', id, id)}</span></li>`;
}

/** `429 with Retry-After: 2, 500 ms late`. */
function effectOf({ status, retry_after, latency_ms, cut, applied }: Schemas['Fault']): string {
  const parts = [
    status !== undefined && `${status}${retry_after === undefined ? '' : ` with Retry-After: ${retry_after}`}`,
    cut !== undefined && (cut === 'body' ? 'cut in the middle of the answer' : 'cut instead of an answer'),
    latency_ms !== undefined && `${latency_ms} ms late`,
    applied && 'done all the same',
  ];
  return parts.filter(Boolean).join(', ');
}

function rejectionRow({ reference_id, reason, operation, times, group_id }: Schemas['Rejection']): Markup {
  return markup`<li class="row fault"><span>${badge('blocked', `${operation} fails`)}</span><span class="name">${reference_id}
<small class="dim">“${reason}”${group_id === undefined ? '' : ` · in ${group_id}`} · ${count(times, 'time')} to come</small></span></li>`;
}

const options = (list: readonly (readonly [value: string, text: string])[]): Markup[] =>
  list.map(([value, text]) => markup`<option value="${value}">${text}</option>`);

const faultForm = form(
  'addFault',
  markup`<fieldset><legend>Let requests go wrong</legend><div class="fields">
${field('Status', markup`<input name="status" type="number" min="400" max="599" value="429">`, 'empty for none')}
${field('Retry-After, in seconds', markup`<input name="retry_after" type="number" min="0">`)}
${field('Late by, in ms', markup`<input name="latency_ms" type="number" min="0" max="600000" step="1">`)}
${field(
  'Connection',
  markup`<select name="cut">${options([
    ['', 'stays'],
    ['connection', 'cut before the answer'],
    ['body', 'cut in the answer'],
  ])}</select>`,
)}
${field('Operation', markup`<select name="operation">${options([['', 'any'], ...Object.entries(operations).map(([id, { summary }]) => [id, summary] as const)])}</select>`)}
${field('How often', markup`<input name="times" type="number" min="1" value="1">`, 'empty for always')}
${field('Share of them', markup`<input name="probability" type="number" min="0" max="1" step="any" value="1">`, '1 is every one')}
</div><button class="primary">Inject the fault</button></fieldset>`,
);

const profileForm = form(
  'addFaultProfile',
  markup`<fieldset><legend>Or a bad day as a whole</legend><div class="choices">${Object.entries(faultProfiles).map(
    ([name, { effect }]) => markup`<button name="profile" value="${name}">${name}<small>${effect}</small></button>`,
  )}</div></fieldset>`,
);

const rejectionForm = form(
  'addRejection',
  markup`<fieldset><legend>Let a row of a roster fail</legend><div class="fields">
${field('reference_id', markup`<input name="reference_id" required autocomplete="off">`)}
${field('Reason', markup`<input name="reason" required value="The date of birth does not match.">`)}
${field(
  'Operation',
  markup`<select name="operation">${options([
    ['add', 'when it would be added'],
    ['remove', 'when it would be removed'],
  ])}</select>`,
)}
${field('How often', markup`<input name="times" type="number" min="1" value="1">`)}
</div><button class="primary">Let it fail</button></fieldset>`,
);
