import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { PreviewFlags } from './command.ts';
import { amount } from './domain/amount.ts';
import { decodeRosterFile, readRosterFile } from './domain/roster-file.ts';
import type { Schemas } from './index.ts';
import { callControl, groupId, RemoteError } from './remote.ts';

/** How many members a line names. */
const maxNamed = 20;

/** Prints what a sync with the roster of a file would do. Throws a RemoteError or a Problem. */
export async function printPreview(group: string, file: string, flags: PreviewFlags): Promise<void> {
  const { members, notes } = await readRosterFile(decodeRosterFile(await read(file), file));
  for (const note of notes) console.error(`groups-mock: ${note}`);
  const params = { world: flags.world, group_id: await groupId(flags, flags.world, group) };
  const preview = await callControl(flags, 'previewSync', { params, body: { members } });
  console.log(flags.json ? JSON.stringify(preview) : linesOf(preview).join('\n'));
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    throw new RemoteError(`cannot read the roster: ${(error as Error).message}`);
  }
}

function linesOf(preview: Schemas['Preview']): string[] {
  const { group_id, rows, syncs_in_flight, added, kept, changed, removed, refused, ignored_plans } = preview;
  const more =
    syncs_in_flight > 0
      ? ` ${amount(syncs_in_flight, 'sync')} in flight would complete first and are not counted in.`
      : '';
  return [
    `A sync of ${group_id} with ${amount(rows, 'row')} would do this; nothing was changed.${more}`,
    ...section(
      'add',
      added.map((each) => `${each.reference_id} (${origin(each)})`),
    ),
    ...section('keep', kept),
    ...section(
      'change',
      changed.map(({ reference_id, fields }) => `${reference_id} (${fields.join(', ')})`),
    ),
    ...section(
      'remove',
      removed.map(({ reference_id }) => reference_id),
    ),
    ...section(
      'refuse',
      refused.map(({ reference_id, operation, reason }) => `${operation} ${reference_id}: ${reason}`),
    ),
    ...section(
      'ignore plan',
      ignored_plans.map(
        ({ reference_id, plan_id, ignored_plan_id }) => `${reference_id} keeps ${plan_id}, not ${ignored_plan_id}`,
      ),
    ),
  ];
}

function origin({ account, moved_from }: Schemas['PreviewAddition']): string {
  return moved_from === null ? account : `${account}, moves here from ${moved_from}`;
}

/** The number of members, and one line for each of the first. */
function section(title: string, members: readonly string[]): string[] {
  const named = members.slice(0, maxNamed).map((member) => `    ${member}`);
  const rest = members.length - named.length;
  return [`  ${title.padEnd(12)}${members.length}`, ...named, ...(rest > 0 ? [`    and ${rest} more`] : [])];
}
