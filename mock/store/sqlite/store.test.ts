import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { group, storeTests } from '../../test-support/store-tests.ts';
import { cachedStore } from '../cached.ts';
import { openSqliteStore } from './store.ts';

describe('in memory', () => storeTests(() => openSqliteStore()));

describe('in memory, cached', () => storeTests(() => cachedStore(openSqliteStore())));

describe('in a file', () => {
  function temporaryFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'groups-mock-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return join(folder, 'world.sqlite');
  }

  test('data is still there when the file is opened again', () => {
    const file = temporaryFile();
    const first = openSqliteStore(file);
    first.organizations.create({ id: 'org_a', slug: 'a' });
    first.groups.create(group('grp_1'));
    first.close();
    const second = openSqliteStore(file);
    onTestFinished(() => second.close());
    expect(second.groups.find('org_a', 'grp_1')).toMatchObject(group('grp_1'));
  });

  test('a file of a newer kit is refused and not changed', () => {
    const file = temporaryFile();
    const newer = new DatabaseSync(file);
    newer.exec('CREATE TABLE later (x); PRAGMA user_version = 999');
    newer.close();
    expect(() => openSqliteStore(file)).toThrow(file);
    expect(() => openSqliteStore(file)).toThrow('schema version 999');
    const after = new DatabaseSync(file);
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'later' }]);
    after.close();
  });
});
