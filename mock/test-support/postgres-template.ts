import { accessSync, constants, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { noPostgres, serverFolder } from './postgres.ts';

const memory = '/dev/shm';
const neededBytes = 2 ** 30;

/** Where servers take the least of a processor: in memory if there is room, because to make a database on a disk takes ten times as much. */
function quickest(): string {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize >= neededBytes) return memory;
  } catch {
    // Only Linux has it.
  }
  return tmpdir();
}

/** Makes a place for the data folder that every server of this run of tests is copied from; the first test that needs one fills it. */
export default function setup(): (() => void) | undefined {
  if (noPostgres !== undefined) return;
  const folder = serverFolder(quickest());
  process.env['GROUPS_TEST_POSTGRES'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
