import type { WorldControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { faultProfiles } from '../domain/faults.ts';
import { Problem } from '../domain/problems.ts';
import { parseJson } from '../http/bodies.ts';
import type { Post } from './api.ts';
import { type Draft, draftFrom, removesMost } from './draft.ts';
import { faultFrom } from './fault-effects.ts';
import { type FormFields, fileOf, lookUp, requestFrom, textOf } from './form-fields.ts';

/** What an action leads to: a notice on the page, another page, or a roster to look at. */
export type Outcome = string | { readonly location: string } | { readonly draft: Draft };

/** What an action needs besides the control plane and the form. */
export interface ActionContext {
  /** The path of the world's pages. */
  readonly base: string;
  readonly post: Post;
}

type Action = (control: WorldControl, fields: FormFields, context: ActionContext) => Outcome | Promise<Outcome>;

/** The API key of an organization. */
function keyOf(control: WorldControl, slug: string): string {
  const { organizations } = control.describeWorld();
  return lookUp('organization', Object.fromEntries(organizations.map(({ slug: name, key }) => [name, key])), slug);
}

/** What the forms of the console do with the control plane, or through the API if a client would. */
const actions = {
  async createGroup(control, fields, { base, post }) {
    const body = requestFrom(fields, [], ['name', 'external_reference_id']);
    const { id } = await post('/v1/groups', keyOf(control, textOf(fields, 'organization')), body);
    return { location: `${base}/groups/${id}` };
  },
  async previewRoster(control, fields) {
    return { draft: await draftFrom(control, textOf(fields, 'group_id'), fields) };
  },
  async sendRoster(control, fields, { base, post }) {
    const groupId = textOf(fields, 'group_id');
    const draft = await draftFrom(control, groupId, fields);
    const { removed } = draft.preview;
    // The group may have changed since the question was asked.
    if (removesMost(draft.preview) && textOf(fields, 'confirmed') !== String(removed.length)) return { draft };
    const { group } = control.readRoster(groupId);
    const path = `/v1/groups/${groupId}/members/sync`;
    const { request_id } = await post(path, keyOf(control, group.organization), { members: draft.members });
    return { location: `${base}/syncs/${request_id}` };
  },

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

  changeSettings(control, fields) {
    const { quirks: before } = control.readSettings();
    const quirks = Object.fromEntries(
      Object.entries(before).flatMap(([name, value]) => {
        const chosen = textOf(fields, name);
        return chosen === '' || chosen === value ? [] : [[name, chosen]];
      }),
    );
    control.changeSettings({ ...requestFrom(fields, ['sync_delay_ms'], []), quirks } as Schemas['SettingsRequest']);
    return 'Settings saved.';
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

/** Runs the action of a form. Throws a Problem if the control plane or the API refuses. */
export function runAction(
  control: WorldControl,
  fields: FormFields,
  context: ActionContext,
): Outcome | Promise<Outcome> {
  return lookUp<Action>('action', actions, textOf(fields, 'action'))(control, fields, context);
}
