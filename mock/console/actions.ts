import type { Context } from 'hono';
import type { WorldControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { faultProfiles } from '../domain/faults.ts';
import { Problem, shown } from '../domain/problems.ts';
import { parseJson } from '../http/bodies.ts';

/** The fields of a submitted form. */
export type FormFields = Readonly<Record<string, string | File>>;

/** Reads a submitted form. Throws a Problem if the body is not a form or is cut off. */
export async function readForm(c: Context): Promise<FormFields> {
  try {
    return (await c.req.parseBody()) as FormFields;
  } catch {
    throw new Problem('malformed', 'malformed_form', 'Expected a complete form, as the pages of the console send it.');
  }
}

/** A text field; empty if it is missing. */
const text = (fields: FormFields, name: string): string => String(fields[name] ?? '');

/** A number, or the text if it is not one, so that a refusal can quote it. */
const number = (given: string): number | string => (Number.isFinite(Number(given)) ? Number(given) : given);

/** The filled fields as a request of the control plane, which validates them. */
function requestFrom(
  fields: FormFields,
  numbers: readonly string[],
  texts: readonly string[],
): Record<string, unknown> {
  const given = [...numbers, ...texts].filter((name) => text(fields, name).trim() !== '');
  return Object.fromEntries(
    given.map((name) => [name, numbers.includes(name) ? number(text(fields, name)) : text(fields, name)]),
  );
}

/** Looks up a name that a form sent. Throws a Problem that lists the names. */
function lookUp<T>(what: string, list: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(list, name))
    throw new Problem(
      'invalid',
      'unknown_name',
      `There is no ${what} ${shown(name)}; expected one of ${Object.keys(list).join(', ')}.`,
    );
  return list[name] as T;
}

type Action = (control: WorldControl, fields: FormFields) => string | Promise<string>;

/** What the forms of the console do with the control plane. Each action returns a notice for the page. */
const actions = {
  freezeClock(control) {
    return `Time is frozen at ${control.freezeClock().now}.`;
  },
  resumeClock(control) {
    control.resumeClock();
    return 'Time is running.';
  },
  advanceClock(control, fields) {
    return `It is now ${control.advanceClock(requestFrom(fields, ['ms'], []) as Schemas['AdvanceRequest']).now}.`;
  },

  completeSync(control, fields) {
    const { progress } = control.completeSync(text(fields, 'request_id'));
    return progress === 'completed' ? 'Completed.' : 'It completes after the earlier syncs of its group.';
  },
  stallSync(control, fields) {
    control.stallSync(text(fields, 'request_id'));
    return 'Held. Later syncs of its group wait for it.';
  },
  unstallSync(control, fields) {
    const { progress } = control.unstallSync(text(fields, 'request_id'));
    return progress === 'completed' ? 'Released and completed.' : 'Released. It completes when it is due.';
  },

  addFault(control, fields) {
    const numbers = ['status', 'retry_after', 'latency_ms', 'times', 'probability'];
    const operation = text(fields, 'operation');
    const request = requestFrom(fields, numbers, ['cut']);
    return `Added ${control.addFault({ ...request, ...(operation && { operations: [operation] }) }).id}.`;
  },
  addFaultProfile(control, fields) {
    const name = text(fields, 'profile');
    for (const fault of lookUp('fault profile', faultProfiles, name).faults) control.addFault(fault);
    return `Added the faults of ${name}.`;
  },
  removeFault(control, fields) {
    control.removeFault(text(fields, 'fault_id'));
    return 'Fault removed.';
  },
  clearFaults(control) {
    control.clearFaults();
    return 'All faults cleared.';
  },
  addRejection(control, fields) {
    const request = requestFrom(fields, ['times'], ['reference_id', 'reason', 'operation']);
    return `The next row ${control.addRejection(request as Schemas['RejectionRequest']).reference_id} will fail.`;
  },
  clearRejections(control) {
    control.clearRejections();
    return 'All rejections cleared.';
  },

  resetWorld(control) {
    control.resetWorld();
    return 'The world was reset.';
  },
  async importSnapshot(control, fields) {
    const { snapshot } = fields;
    if (!(snapshot instanceof File) || snapshot.size === 0)
      throw new Problem('invalid', 'no_snapshot', 'Expected a snapshot file, got none; export a snapshot first.');
    const parsed = parseJson(await snapshot.bytes());
    control.importSnapshot(parsed as Schemas['Snapshot']);
    return `Imported ${snapshot.name}.`;
  },
  loadScenario(control, fields) {
    const name = text(fields, 'scenario');
    control.loadScenario({ name });
    return `Loaded the scenario ${name}.`;
  },
  clearJournal(control) {
    control.clearJournal();
    return 'Journal cleared.';
  },
} satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** Runs the action of a form and returns a notice for the page. Throws a Problem if the control plane refuses. */
export function runAction(control: WorldControl, fields: FormFields): string | Promise<string> {
  return lookUp<Action>('action', actions, text(fields, 'action'))(control, fields);
}
