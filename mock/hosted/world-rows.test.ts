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
