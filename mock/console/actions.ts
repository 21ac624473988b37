import type { Context } from 'hono';
import type { WorldControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { faultProfiles } from '../domain/faults.ts';
import { Problem, shown } from '../domain/problems.ts';
import { parseJson } from '../http/bodies.ts';

/** The fields of a form that was sent. */
export type Fields = Readonly<Record<string, string | File>>;

/** The fields of a form. Throws a Problem where the body is none, or is cut. */
export async function formOf(c: Context): Promise<Fields> {
  try {
    return (await c.req.parseBody()) as Fields;
  } catch {
    throw new Problem('malformed', 'malformed_form', 'Expected the whole fields of a form, as a page here sends them.');
  }
}

/** A text field; what is missing is an empty text. */
const text = (fields: Fields, name: string): string => String(fields[name] ?? '');

/** A number where the text is one; else the text, so that its refusal can say what came. */
const number = (given: string): number | string => (Number.isFinite(Number(given)) ? Number(given) : given);

/** The fields that were filled in, as a request of the control plane has them; whether they are right is for that to say. */
function filled(fields: Fields, numbers: readonly string[], texts: readonly string[]): Record<string, unknown> {
  const given = [...numbers, ...texts].filter((name) => text(fields, name).trim() !== '');
  return Object.fromEntries(
    given.map((name) => [name, numbers.includes(name) ? number(text(fields, name)) : text(fields, name)]),
  );
}

/** One of what is offered, by the name that a form sent. */
function offered<T>(what: string, list: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(list, name))
    throw new Problem(
      'invalid',
      'unknown_name',
      `There is no ${what} ${shown(name)}; there is ${Object.keys(list).join(', ')}.`,
    );
  return list[name] as T;
}

type Action = (control: WorldControl, fields: Fields) => string | Promise<string>;

/** What the forms of the console do, each by calls of the control plane; returns what to tell of it. */
const actions = {
  freezeClock(control) {
    return `The time stands at ${control.freezeClock().now}.`;
  },
  resumeClock(control) {
    control.resumeClock();
    return 'The time runs.';
  },
  advanceClock(control, fields) {
    return `It is now ${control.advanceClock(filled(fields, ['ms'], []) as Schemas['AdvanceRequest']).now}.`;
  },

  completeSync(control, fields) {
    const { progress } = control.completeSync(text(fields, 'request_id'));
    return progress === 'completed' ? 'Completed.' : 'It completes as soon as those before it in its group have.';
  },
  stallSync(control, fields) {
    control.stallSync(text(fields, 'request_id'));
    return 'Held, with those after it in its group.';
  },
  unstallSync(control, fields) {
    const { progress } = control.unstallSync(text(fields, 'request_id'));
    return progress === 'completed' ? 'Let go, and completed.' : 'Let go; it completes when its time comes.';
  },

  addFault(control, fields) {
    const numbers = ['status', 'retry_after', 'latency_ms', 'times', 'probability'];
    const operation = text(fields, 'operation');
    const request = filled(fields, numbers, ['cut']);
    return `Armed ${control.addFault({ ...request, ...(operation && { operations: [operation] }) }).id}.`;
  },
  addFaultProfile(control, fields) {
    const name = text(fields, 'profile');
    for (const fault of offered('fault profile', faultProfiles, name).faults) control.addFault(fault);
    return `Armed the faults of ${name}.`;
  },
  removeFault(control, fields) {
    control.removeFault(text(fields, 'fault_id'));
    return 'Taken back.';
  },
  clearFaults(control) {
    control.clearFaults();
    return 'Nothing is to go wrong any more.';
  },
  addRejection(control, fields) {
    const request = filled(fields, ['times'], ['reference_id', 'reason', 'operation']);
    return `The next row ${control.addRejection(request as Schemas['RejectionRequest']).reference_id} fails.`;
  },
  clearRejections(control) {
    control.clearRejections();
    return 'No row is to fail any more.';
  },

  resetWorld(control) {
    control.resetWorld();
    return 'The world begins anew.';
  },
  async importSnapshot(control, fields) {
    const { snapshot } = fields;
    if (!(snapshot instanceof File) || snapshot.size === 0)
      throw new Problem('invalid', 'no_snapshot', 'Expected a file with a snapshot, got none; export one first.');
    const parsed = parseJson(await snapshot.bytes());
    control.importSnapshot(parsed as Schemas['Snapshot']);
    return `The world is as ${snapshot.name} says.`;
  },
  loadScenario(control, fields) {
    const name = text(fields, 'scenario');
    control.loadScenario({ name });
    return `The world begins as ${name}.`;
  },
  clearJournal(control) {
    control.clearJournal();
    return 'The journal is empty.';
  },
} satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** Does what a form asks for and returns what to tell of it. Throws a Problem where the control plane refuses. */
export function act(control: WorldControl, fields: Fields): string | Promise<string> {
  return offered<Action>('action', actions, text(fields, 'action'))(control, fields);
}
