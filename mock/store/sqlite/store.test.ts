import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { replicatedStore } from '../../test-support/replicated-store.ts';
import { group, storeTests } from '../../test-support/store-tests.ts';
import { cachedStore } from '../cached.ts';
import { inMemory, openDatabase } from './database.ts';
import { unreleased } from './migrations.ts';
import { openSqliteStore, sqliteStore } from './store.ts';

describe('in memory', () => storeTests(() => openSqliteStore()));

describe('in memory, cached', () => storeTests(() => cachedStore(openSqliteStore())));

describe('replicated', () => storeTests(replicatedStore));

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
    first.faults.add({ number: 1, request: { status: 503 }, draws: 0, happened: 0 });
    const salt = first.journal.salt();
    first.close();
    const second = openSqliteStore(file);
    onTestFinished(() => second.close());
    expect(second.groups.find('org_a', 'grp_1')).toMatchObject(group('grp_1'));
    expect(second.faults.load().faults).toHaveLength(1);
    expect(second.journal.salt()).toBe(salt);
  });

  test('a file from before the first release is refused and not changed', () => {
    const file = temporaryFile();
    const old = new DatabaseSync(file);
    old.exec(`CREATE TABLE subscriptions (x); PRAGMA user_version = ${unreleased}`);
    old.close();
    expect(() => openSqliteStore(file)).toThrow(`${file}: it was written before the first release`);
    const after = new DatabaseSync(file);
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'subscriptions' }]);
    after.close();
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

test('the cache shows what was changed by something else once it is dropped', () => {
  const store = openSqliteStore();
  onTestFinished(() => store.close());
  const cached = cachedStore(store);
  store.organizations.create({ id: 'org_a', slug: 'a' });
  cached.groups.create(group('grp_1'));
  expect(cached.groups.find('org_a', 'grp_1')?.name).toBe('A group');
  store.groups.update(1, group('grp_1', { name: 'Renamed' }));
  cached.dropCaches();
  expect(cached.groups.find('org_a', 'grp_1')?.name).toBe('Renamed');
});

test('every table has a declared primary key, without which it would be left out of changesets', () => {
  const database = openDatabase(inMemory);
  onTestFinished(() => database.close());
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables)
    expect(database.prepare(`SELECT name FROM pragma_table_info('${name}') WHERE pk > 0`).all(), `${name}`).not.toEqual(
      [],
    );
});

test('changesets make a copy the same, with the order of its organizations', () => {
  const [database, replica] = [openDatabase(inMemory), openDatabase(inMemory)];
  const [store, copy] = [sqliteStore(database), sqliteStore(replica)];
  onTestFinished(() => {
    store.close();
    copy.close();
  });
  copy.snapshot.replaceAll(store.snapshot.readAll());
  const slugs = Array.from({ length: 20 }, (_, index) => `org-${(index * 7) % 20}`);
  const steps: (() => void)[] = [
    () => {
      for (const slug of slugs) store.organizations.create({ id: `of ${slug}`, slug });
    },
    () => {
      store.groups.create(group('grp_1', { organization_id: 'of org-0' }));
      store.syncs.accept({ id: 'sync', groupKey: 1, acceptedAt: '2026-01-15T10:30:00.000Z' }, []);
      store.syncs.setPolls('sync', 1);
      for (const number of [1, 2]) store.faults.add({ number, request: { status: 503 }, draws: 0, happened: 0 });
      store.rejections.add({ reference_id: 'ann', operation: 'add', reason: 'No.', times: 1 });
      store.journal.setFailedRows('grp_1', ['x']);
    },
    () => {
      store.faults.count({ number: 1, request: { status: 503 }, draws: 3, happened: 2 });
      store.faults.clear();
      store.syncs.setPolls('sync', 2);
      store.journal.setFailedRows('grp_1', []);
      store.rejections.clear();
    },
    () => store.snapshot.clear(),
  ];
  for (const step of steps) {
    const session = database.createSession();
    step();
    expect(replica.applyChangeset(session.changeset())).toBe(true);
    session.close();
    expect(copy.snapshot.readAll()).toEqual(store.snapshot.readAll());
    expect(copy.overview.organizations()).toEqual(store.overview.organizations());
  }
});
