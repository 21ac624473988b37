import { expect, onTestFinished, test } from 'vitest';
import { schemaVersion } from '../store/sqlite/migrations.ts';
import { postgresOrSkip } from '../test-support/postgres-or-skip.ts';
import { openDatabase } from './database.ts';
import {
  appendChange,
  appendChanges,
  areCurrent,
  changesAfter,
  createWorld,
  foldChanges,
  loadWorld,
  lockWorld,
} from './world-rows.ts';

test('a world is folded, but not once a newer release has changed it, whose tables the snapshot would lack', async (context) => {
  const database = await openDatabase(await (await postgresOrSkip(context)).createDatabase());
  onTestFinished(() => database.close());
  const { query } = database;
  const [first, folded, change] = ['first', 'folded', 'change'].map((text) => Buffer.from(text)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const idle = { dueAt: null, hasSyncs: false };
  const id = (await createWorld(query, 'main', first, idle)) as string;
  await appendChange(query, { id, version: 1, changeset: change, ...idle });
  await foldChanges(query, id, 2, folded);
  expect(await loadWorld(query, 'main')).toEqual({ id, version: 2, snapshot: folded, changesets: [] });

  await query('UPDATE worlds SET format = $1', [schemaVersion + 1]);
  await appendChange(query, { id, version: 2, changeset: change, ...idle });
  await foldChanges(query, id, 3, Buffer.from('without the newer tables'));
  expect(await loadWorld(query, 'main')).toEqual({ id, version: 3, snapshot: folded, changesets: [change] });
  expect(await changesAfter(query, id, 1)).toEqual([change, change]);
});

test('changes of different worlds are stored together, except of those that are locked or have another version', async (context) => {
  const database = await openDatabase(await (await postgresOrSkip(context)).createDatabase());
  onTestFinished(() => database.close());
  const { query } = database;
  const changeset = Buffer.from('change');
  const idle = { dueAt: null, hasSyncs: false };
  const [free, locked, newer] = (await Promise.all(
    ['free', 'locked', 'newer'].map((name) => createWorld(query, name, Buffer.from('first'), idle)),
  )) as [string, string, string];
  await appendChange(query, { id: newer, version: 1, changeset, ...idle });
  const changes = [newer, locked, free].map((id) => ({ id, version: 1, changeset, dueAt: 7, hasSyncs: true }));

  await database.transaction(async (within) => {
    await lockWorld(within, 'locked');
    expect(await appendChanges(query, changes)).toEqual([undefined, undefined, { isLarge: false }]);
  });
  expect(await appendChanges(query, changes)).toEqual([undefined, { isLarge: false }, undefined]);
  for (const id of [free, locked, newer]) expect(await changesAfter(query, id, 1)).toEqual([changeset]);
  const versions = [free, locked, newer].map((id) => ({ id, version: 2 }));
  expect(await areCurrent(query, [...versions, { id: free, version: 1 }])).toEqual([true, true, true, false]);
  expect(await query('SELECT name FROM worlds WHERE due_at = 7 AND has_syncs ORDER BY name')).toEqual([
    { name: 'free' },
    { name: 'locked' },
  ]);
});

test('changes of one world that wait for it, while an entry of its journal is stored, do not wait for each other', async (context) => {
  const database = await openDatabase(await (await postgresOrSkip(context)).createDatabase());
  onTestFinished(() => database.close());
  const { query } = database;
  const idle = { dueAt: null, hasSyncs: false };
  const id = (await createWorld(query, 'main', Buffer.from('first'), idle)) as string;
  const append = () => appendChange(query, { id, version: 1, changeset: Buffer.from('change'), ...idle });
  const waiting = async () => (await query('SELECT FROM pg_stat_activity WHERE wait_event_type = $1', ['Lock'])).length;

  const appended = await database.transaction(async (journal) => {
    await journal("INSERT INTO journal (world, is_exchange, entry) VALUES ($1, true, '{}')", [id]);
    const changes = await database.transaction(async (other) => {
      await other('UPDATE worlds SET used_at = now()');
      const first = append();
      await expect.poll(waiting, { timeout: 30_000 }).toBe(1);
      const second = append();
      await expect.poll(waiting, { timeout: 30_000 }).toBe(2);
      return { all: Promise.all([first, second]) };
    });
    return changes.all;
  });
  // Either may be the one whose version is still the current one.
  expect(appended.filter((each) => each !== undefined)).toEqual([{ isLarge: false }]);
});
