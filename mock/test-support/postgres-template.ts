import { rmSync } from 'node:fs';
import { noPostgres, serverFolder } from './postgres.ts';

/** Makes a place for the data folder that every server of this run of tests is copied from; the first test that needs one fills it. */
export default function setup(): (() => void) | undefined {
  if (noPostgres !== undefined) return;
  const folder = serverFolder();
  process.env['GROUPS_TEST_POSTGRES'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
