import type { WorldControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { faultProfiles } from '../domain/faults.ts';
import { Problem } from '../domain/problems.ts';
import { parseJson } from '../http/bodies.ts';
import { faultFrom } from './fault-effects.ts';
import { type FormFields, fileOf, lookUp, requestFrom, textOf } from './form-fields.ts';

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
    const { progress } = control.completeSync(textOf(fields, 'request_id'));
    return progress === 'completed' ? 'Completed.' : 'It completes after the earlier syncs of its group.';
  },
  stallSync(control, fields) {
    control.stallSync(textOf(fields, 'request_id'));
    return 'Held. Later syncs of its group wait for it.';
  },
  unstallSync(control, fields) {
    const { progress } = control.unstallSync(textOf(fields, 'request_id'));
    return progress === 'completed' ? 'Released and completed.' : 'Released. It completes when it is due.';
  },

  addFault(control, fields) {
    return `Added ${control.addFault(faultFrom(fields)).id}.`;
  },
  addFaultProfile(control, fields) {
    const name = textOf(fields, 'profile');
    for (const fault of lookUp('fault profile', faultProfiles, name).faults) control.addFault(fault);
    return `Added the faults of ${name}.`;
  },
  removeFault(control, fields) {
    control.removeFault(textOf(fields, 'fault_id'));
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
    const snapshot = fileOf(fields, 'snapshot');
    if (snapshot === undefined)
      throw new Problem('invalid', 'no_snapshot', 'Expected a snapshot file, got none; export a snapshot first.');
    const parsed = parseJson(await snapshot.bytes());
    control.importSnapshot(parsed as Schemas['Snapshot']);
    return `Imported ${snapshot.name}.`;
  },
  loadScenario(control, fields) {
    const name = textOf(fields, 'scenario');
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
  return lookUp<Action>('action', actions, textOf(fields, 'action'))(control, fields);
}
