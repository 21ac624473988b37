import { setTimeout as delay } from 'node:timers/promises';
import type { JournalFlags } from './command.ts';
import type { Recorded } from './index.ts';
import { jsonLine, logLine } from './log.ts';
import { callControl, worldNames } from './remote.ts';
import { isTrouble } from './worlds/journal.ts';

/** How often `--follow` looks for new entries, in milliseconds. */
const followMs = 500;

/** Prints the journals of a running mock, of every world or one, in the order of time. Throws a RemoteError. */
export async function printJournal(flags: JournalFlags): Promise<void> {
  const { world = 'main', har, follow } = flags;
  if (har) {
    console.log(JSON.stringify(await callControl(flags, 'exportHar', { params: { world } })));
    return;
  }
  /** The number of the last entry printed, by world. */
  const printed = new Map<string, number>();
  do {
    await printNew(flags, printed);
    if (follow) await delay(followMs);
  } while (follow);
}

async function printNew(flags: JournalFlags, printed: Map<string, number>): Promise<void> {
  const names = flags.world === undefined ? await worldNames(flags) : [flags.world];
  const entries: { readonly at: string; readonly recorded: Recorded }[] = [];
  for (const world of names) {
    const after = printed.get(world) ?? 0;
    const { exchanges, completions } = await callControl(flags, 'readJournal', { params: { world }, query: { after } });
    const all = [...exchanges, ...completions].sort((a, b) => a.number - b.number);
    printed.set(world, all.at(-1)?.number ?? after);
    for (const entry of all)
      if (!flags.failed || isTrouble(entry))
        entries.push({
          at: entry.at,
          recorded: 'method' in entry ? { world, exchange: entry } : { world, completion: entry },
        });
  }
  // Sorting is stable, so entries of one world stay in their order.
  for (const { recorded } of entries.sort((a, b) => a.at.localeCompare(b.at)))
    console.log(flags.json ? jsonLine(recorded) : logLine(recorded, { stream: process.stdout }));
}
