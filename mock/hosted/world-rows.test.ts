import { expect, onTestFinished, test } from 'vitest';
import { schemaVersion } from '../store/sqlite/migrations.ts';
import { postgresOrSkip } from '../test-support/postgres-or-skip.ts';
import { openDatabase } from './database.ts';
import { appendChange, changesAfter, createWorld, foldChanges, loadWorld } from './world-rows.ts';

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
  await appendChange(query, id, 1, change, idle);
  await foldChanges(query, id, 2, folded);
  expect(await loadWorld(query, 'main')).toEqual({ id, version: 2, snapshot: folded, changesets: [] });

  await query('UPDATE worlds SET format = $1', [schemaVersion + 1]);
  await appendChange(query, id, 2, change, idle);
  await foldChanges(query, id, 3, Buffer.from('without the newer tables'));
  expect(await loadWorld(query, 'main')).toEqual({ id, version: 3, snapshot: folded, changesets: [change] });
  expect(await changesAfter(query, id, 1)).toEqual([change, change]);
});
