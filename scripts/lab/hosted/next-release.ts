import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { unpack, unpackChangeset } from '../../../mock/hosted/packed.ts';
import { loadWorld } from '../../../mock/hosted/world-rows.ts';
import type { Store } from '../../../mock/store/store.ts';
import { root } from '../../generate/contract.ts';

/**
 * What the next release does differently, by file: a new table of worlds that it writes with each roster, and in PostgreSQL
 * a new table, a new index and a new column that it writes with each change.
 */
const changes: Readonly<Record<string, readonly (readonly [before: string, after: string])[]>> = {
  'mock/store/sqlite/migrations.ts': [
    [
      'readonly string[] = [tables];',
      `readonly string[] = [tables, \`
        CREATE TABLE next_release (sync_id TEXT PRIMARY KEY, completed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      \`];`,
    ],
  ],
  'mock/store/sqlite/syncs.ts': [
    [
      'insert.run(id, groupKey, acceptedAt, progress, Number(slow), roster, details);',
      `insert.run(id, groupKey, acceptedAt, progress, Number(slow), roster, details);
       database.prepare('INSERT INTO next_release VALUES (?, 0)').run(id);`,
    ],
  ],
  'mock/hosted/migrations.ts': [
    [
      '\n];\n',
      `\n\`
        CREATE TABLE next_release (world bigint PRIMARY KEY REFERENCES worlds ON DELETE CASCADE);
        ALTER TABLE worlds ADD COLUMN next_release bigint NOT NULL DEFAULT 0;
        CREATE INDEX worlds_next_release ON worlds (next_release);
      \`];\n`,
    ],
  ],
  'mock/hosted/world-rows.ts': [
    ['has_syncs = changed.has_syncs\n', 'has_syncs = changed.has_syncs, next_release = worlds.next_release + 1\n'],
  ],
};

/** A release of the mock that comes after this one, with one more version of each kind of table. */
export interface NextRelease {
  /** The program to start instead of this release's. */
  readonly program: string;
  /** The syncs that the new table of a world in the database names. */
  syncsOf(database: string, world: string): Promise<string[]>;
  remove(): void;
}

/** Writes the sources of a next release into a temporary folder. */
export function writeNextRelease(): NextRelease {
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-next-'));
  for (const each of ['mock', 'generated', 'spec', 'package.json'])
    cpSync(join(root, each), join(folder, each), { recursive: true });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, replacements] of Object.entries(changes)) {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [before, after] of replacements) {
      if (text.split(before).length !== 2)
        throw new Error(
          `expected ${JSON.stringify(before)} once in ${file}; change scripts/lab/hosted/next-release.ts`,
        );
      text = text.replace(before, () => after);
    }
    writeFileSync(join(folder, file), text);
  }
  return {
    program: join(folder, 'mock/main.ts'),
    async syncsOf(database, name) {
      const client = new Client(database);
      await client.connect();
      const world = await loadWorld(async (sql, values) => (await client.query(sql, values && [...values])).rows, name);
      await client.end();
      if (world === undefined) throw new Error(`there is no world ${name}`);
      const { openSqliteStore } = await import(join(folder, 'mock/store/sqlite/store.ts'));
      const store: Store = openSqliteStore();
      unpack(store, world.snapshot);
      for (const changeset of world.changesets) store.replication.apply(unpackChangeset(changeset));
      const { next_release } = store.snapshot.readAll();
      store.close();
      return (next_release?.rows ?? []).map(([id]) => String(id));
    },
    remove() {
      process.off('exit', remove);
      remove();
    },
  };
}
