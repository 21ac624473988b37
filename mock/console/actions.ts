import type { AwaitedControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { faultProfiles } from '../domain/faults.ts';
import { Problem } from '../domain/problems.ts';
import { parseJson } from '../http/bodies.ts';
import type { Post } from './api.ts';
import { type Draft, draftFrom, removesMost } from './draft.ts';
import { faultFrom } from './fault-effects.ts';
import { type FormFields, fileOf, lookUp, requestFrom, textOf } from './form-fields.ts';

/** What an action leads to: a notice on the page, another page, or a roster to look at. */
export type ActionResult = string | { readonly location: string } | { readonly draft: Draft };

/** What an action needs besides the control plane and the form. */
export interface ActionContext {
  /** The path of the world's pages. */
  readonly base: string;
  readonly post: Post;
}

type Action = (control: AwaitedControl, fields: FormFields, context: ActionContext) => Promise<ActionResult>;

/** The API key of an organization. */
async function keyOf(control: AwaitedControl, slug: string): Promise<string> {
  const { organizations } = await control.describeWorld();
  return lookUp('organization', Object.fromEntries(organizations.map(({ slug: name, key }) => [name, key])), slug);
}

/** What the forms of the console do with the control plane, or through the API if a client would. */
const actions = {
  async createGroup(control, fields, { base, post }) {
    const body = requestFrom(fields, [], ['name', 'external_reference_id']);
    const { id } = await post('/v1/groups', await keyOf(control, textOf(fields, 'organization')), body);
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
    const { group } = await control.readRoster(groupId);
    const path = `/v1/groups/${groupId}/members/sync`;
    const { request_id } = await post(path, await keyOf(control, group.organization), { members: draft.members });
    return { location: `${base}/syncs/${request_id}` };
  },

  async freezeClock(control) {
    return `Time is frozen at ${(await control.freezeClock()).now}.`;
  },
  async resumeClock(control) {
    await control.resumeClock();
    return 'Time is running.';
  },
  async advanceClock(control, fields) {
    return `It is now ${(await control.advanceClock(requestFrom(fields, ['ms'], []) as Schemas['AdvanceRequest'])).now}.`;
  },

  async completeSync(control, fields) {
    const { progress } = await control.completeSync(textOf(fields, 'request_id'));
    return progress === 'completed' ? 'Completed.' : 'It completes after the earlier syncs of its group.';
  },
  async stallSync(control, fields) {
    await control.stallSync(textOf(fields, 'request_id'));
    return 'Held. Later syncs of its group wait for it.';
  },
  async unstallSync(control, fields) {
    const { progress } = await control.unstallSync(textOf(fields, 'request_id'));
    return progress === 'completed' ? 'Released and completed.' : 'Released. It completes when it is due.';
  },

  async addFault(control, fields) {
    return `Added ${(await control.addFault(faultFrom(fields))).id}.`;
  },
  async addFaultProfile(control, fields) {
    const name = textOf(fields, 'profile');
    for (const fault of lookUp('fault profile', faultProfiles, name).faults) await control.addFault(fault);
    return `Added the faults of ${name}.`;
  },
  async removeFault(control, fields) {
    await control.removeFault(textOf(fields, 'fault_id'));
    return 'Fault removed.';
  },
  async clearFaults(control) {
    await control.clearFaults();
    return 'All faults cleared.';
  },
  async addRejection(control, fields) {
    const request = requestFrom(fields, ['times'], ['reference_id', 'reason', 'operation']);
    return `The next row ${(await control.addRejection(request as Schemas['RejectionRequest'])).reference_id} will fail.`;
  },
  async clearRejections(control) {
    await control.clearRejections();
    return 'All rejections cleared.';
  },

  async changeSettings(control, fields) {
    const { quirks: before } = await control.readSettings();
    const quirks = Object.fromEntries(
      Object.entries(before).flatMap(([name, value]) => {
        const chosen = textOf(fields, name);
        return chosen === '' || chosen === value ? [] : [[name, chosen]];
      }),
    );
    await control.changeSettings({
      ...requestFrom(fields, ['sync_delay_ms'], []),
      quirks,
    } as Schemas['SettingsRequest']);
    return 'Settings saved.';
  },
  async resetWorld(control) {
    await control.resetWorld();
    return 'The world was reset.';
  },
  async importSnapshot(control, fields) {
    const snapshot = fileOf(fields, 'snapshot');
    if (snapshot === undefined)
      throw new Problem('invalid', 'no_snapshot', 'Expected a snapshot file, got none; export a snapshot first.');
    const parsed = parseJson(await snapshot.bytes());
    await control.importSnapshot(parsed as Schemas['Snapshot']);
    return `Imported ${snapshot.name}.`;
  },
  async loadScenario(control, fields) {
    const name = textOf(fields, 'scenario');
    await control.loadScenario({ name });
    return `Loaded the scenario ${name}.`;
  },
  async clearJournal(control) {
    await control.clearJournal();
    return 'Journal cleared.';
  },
} satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** Runs the action of a form. Throws a Problem if the control plane or the API refuses. */
export async function runAction(
  control: AwaitedControl,
  fields: FormFields,
  context: ActionContext,
): Promise<ActionResult> {
  return lookUp<Action>('action', actions, textOf(fields, 'action'))(control, fields, context);
}
