import { expect, onTestFinished, test } from 'vitest';
import { inMemory, openDatabase, transaction } from './database.ts';

test('a full disk throws an error that says so, writes nothing, and leaves the database usable', () => {
  const database = openDatabase(inMemory);
  onTestFinished(() => database.close());
  const pages = database.prepare('PRAGMA page_count').get()?.page_count as number;
  database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const insert = database.prepare('INSERT INTO organizations (id, slug) VALUES (?, ?)');
  const fill = (id: string, size: number) => transaction(database, () => insert.run(id, 'x'.repeat(size)));

  fill('before', 1);
  expect(() => fill('large', 100_000)).toThrow('database or disk is full');
  fill('after', 2);
  expect(database.prepare('SELECT id FROM organizations ORDER BY rowid').all()).toEqual([
    { id: 'before' },
    { id: 'after' },
  ]);
});
