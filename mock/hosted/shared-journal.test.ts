import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../index.ts';
import { postgresOrSkip } from '../test-support/postgres-or-skip.ts';
import type { Exchange } from '../worlds/journal.ts';
import { openDatabase } from './database.ts';
import { SharedJournal } from './shared-journal.ts';

test('a world that is removed while entries are stored does not keep those of other worlds back', async (context) => {
  const url = await (await postgresOrSkip(context)).createDatabase();
  const mock = await startMock({ database: url, port: false });
  for (const world of ['kept', 'removed'])
    await mock.fetch('/v1/plans', { headers: { authorization: `Bearer vit_apk_acme.${world}` } });
  await mock.close();
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());

  const journal = new SharedJournal(database);
  const [read] = (await journal.read('kept')).journal.exchanges as [Exchange];
  await client.query('BEGIN');
  await client.query("DELETE FROM worlds WHERE name = 'removed'");
  for (const world of ['removed', 'kept']) journal.record({ world, exchange: { ...read, path: '/v1/groups' } });
  const stored = journal.store();
  stored.catch(() => {});
  const waiting = async () => (await client.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount;
  await expect.poll(waiting, { timeout: 30_000 }).toBeGreaterThan(0);
  await client.query('COMMIT');
  await stored;
  const { journal: kept } = await journal.read('kept');
  expect(kept.exchanges.map(({ path }) => path)).toEqual(['/v1/plans', '/v1/groups']);
});
