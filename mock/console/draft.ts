import type { AwaitedControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { Problem } from '../domain/problems.ts';
import { decodeRosterFile, readRosterFile } from '../domain/roster-file.ts';
import { type FormFields, fileOf, textOf } from './form-fields.ts';

/** A roster that was not sent yet, and what a sync with it would do. */
export interface Draft {
  readonly members: readonly unknown[];
  /** What the author of the roster should look at. */
  readonly notes: readonly string[];
  readonly preview: Schemas['Preview'];
}

/** Reads the roster of a form, JSON or CSV, and previews it. Throws a Problem that says what was expected. */
export async function draftFrom(control: AwaitedControl, groupId: string, fields: FormFields): Promise<Draft> {
  const { members, notes } = await readRosterFile(await rosterText(fields));
  return { members, notes, preview: await control.previewSync(groupId, { members } as Schemas['PreviewRequest']) };
}

/** The file if one was chosen, otherwise the text that was typed or pasted. */
async function rosterText(fields: FormFields): Promise<string> {
  const file = fileOf(fields, 'file');
  const text = file === undefined ? textOf(fields, 'roster') : decodeRosterFile(await file.bytes(), file.name);
  if (text.trim() === '')
    throw new Problem('malformed', 'no_roster', 'Expected a roster, got none; choose a file or paste its text.');
  return text;
}

/** How many members the group has before the sync. */
export const sizeBefore = ({ kept, changed, removed, refused }: Schemas['Preview']): number =>
  kept.length + changed.length + removed.length + refused.filter(({ operation }) => operation === 'remove').length;

/** Whether a sync would remove more than half of the group, so that the console asks again before it sends it. */
export const removesMost = (preview: Schemas['Preview']): boolean => preview.removed.length * 2 > sizeBefore(preview);
