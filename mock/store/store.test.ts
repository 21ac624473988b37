import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mergeDetails } from '../domain/people.ts';
import type { Change } from '../domain/roster.ts';
import { row } from '../domain/testing.ts';
import { inMemory } from './database.ts';
import { openStore, type Store } from './store.ts';
import { at, group } from './testing.ts';

/** A store with organizations `org_a` and `org_b`, plan `basic`, and groups 1 and 2. */
function filledStore(): Store {
  const store = openStore(inMemory);
  onTestFinished(() => store.close());
  for (const slug of ['a', 'b']) store.organizations.insert({ id: `org_${slug}`, slug });
  store.organizations.insertPlan('org_a', { id: 'basic', name: 'Basic' });
  for (const id of ['grp_1', 'grp_2']) store.groups.insert(group(id));
  return store;
}

let accounts = 0;

/** A subscription of the person with that key, or of somebody new (`null`). */
const subscription = (referenceId: string, known: number | null, planId = 'basic'): Change => {
  const person = known ?? { newId: `mbr_${++accounts}` };
  const details = mergeDetails(undefined, row(referenceId));
  return {
    kind: 'subscribe',
    state: 'active',
    addition: { referenceId, memberId: `member of ${referenceId}`, planId, person, details },
  };
};

describe('the database itself refuses', () => {
  test('a second active subscription of a person, in another group or in the same one (LIFE-11)', () => {
    const { members } = filledStore();
    members.apply(1, subscription('ann', null), at);
    expect(() => members.apply(2, subscription('ann', 1), at)).toThrow('UNIQUE');
    expect(() => members.apply(1, subscription('other', 1), at)).toThrow('UNIQUE');
    expect(members.roster(2)).toEqual([]);
  });

  test('a second active subscription of a reference in a group, and accepts it in another (LIFE-3, §8.23)', () => {
    const { members } = filledStore();
    members.apply(1, subscription('ann', null), at);
    expect(() => members.apply(1, subscription('ann', null), at)).toThrow('UNIQUE');
    expect(() => members.apply(2, subscription('ann', null), at)).not.toThrow();
  });

  test('a subscription to a plan that does not exist', () => {
    const { members } = filledStore();
    expect(() => members.apply(1, subscription('ann', null, 'other'), at)).toThrow('FOREIGN KEY');
  });

  test('a reference that a group of the organization has, on insert and update, and accepts it of another (GRP-12, GRP-15)', () => {
    const { groups } = filledStore();
    expect(groups.insert(group('grp_3', { external_reference_id: 'hr-1' }))?.key).toBe(3);
    expect(groups.insert(group('grp_4', { external_reference_id: 'hr-1' }))).toBeUndefined();
    expect(groups.update(1, group('grp_1', { external_reference_id: 'hr-1' }))).toBeUndefined();
    expect(groups.insert(group('grp_5', { external_reference_id: 'hr-1', organization_id: 'org_b' }))).toBeDefined();
    expect(groups.count('org_a')).toBe(3);
    expect(groups.find('org_a', 'grp_1')?.external_reference_id).toBeNull();
  });

  test.each(['', null])('no group for having no reference, however many have none, stored as %j (§8.2)', (none) => {
    const { groups, snapshot } = filledStore();
    for (const id of ['grp_3', 'grp_4']) {
      expect(groups.insert(group(id, { external_reference_id: none }))).toBeDefined();
      expect(groups.find('org_a', id)?.external_reference_id).toBe(none);
    }
    expect(groups.byReference('org_a', '')).toBeUndefined();
    const before = snapshot.read();
    snapshot.replace(before);
    expect(snapshot.read()).toEqual(before);
  });
});

test('an ended subscription is in the way of nobody', () => {
  const { members } = filledStore();
  members.apply(1, subscription('ann', null), at);
  const [held] = members.roster(1);
  if (held === undefined) throw new Error('nobody is subscribed');
  members.apply(1, { kind: 'unsubscribe', subscription: held, state: 'removed' }, at);
  members.apply(2, subscription('ann', held.person), at);
  expect(members.roster(1)).toEqual([]);
  expect(members.roster(2)).toMatchObject([{ person: held.person, groupId: 'grp_2' }]);
  expect(members.directory(1).member('ann')).toMatchObject({ state: 'removed', account: { person: held.person } });
});

describe("an organization's book", () => {
  /** Ann in group 1, bob in group 2, and cyd in a group of org_b; returns their account ids. */
  function filledBook() {
    const store = filledStore();
    const { groups, members, organizations } = store;
    organizations.insertPlan('org_b', { id: 'other', name: 'Other' });
    groups.insert(group('grp_3', { organization_id: 'org_b' }));
    members.apply(1, subscription('ann', null), at);
    members.apply(2, subscription('bob', null), at);
    members.apply(3, subscription('cyd', null, 'other'), at);
    return {
      ...store,
      names: (page: { search?: string; limit: number; offset: number }) =>
        members.book('org_a', page).map(({ details }) => details.first_name),
    };
  }
  const all = { limit: 100, offset: 0 };

  test('lists those active in its groups, page by page, in the order in which they became known (MEM-1)', () => {
    const { members, names } = filledBook();
    expect(names(all)).toEqual(['ann', 'bob']);
    expect([names({ limit: 1, offset: 0 }), names({ limit: 1, offset: 1 }), names({ limit: 1, offset: 2 })]).toEqual([
      ['ann'],
      ['bob'],
      [],
    ]);
    expect([members.bookCount('org_a'), members.bookCount('org_b')]).toEqual([2, 1]);
  });

  test('lists and counts those whom a search finds, and pages through them (MEM-2)', () => {
    const { members, names } = filledBook();
    expect(names({ ...all, search: 'BOB@' })).toEqual(['bob']);
    expect(names({ search: 'example', limit: 1, offset: 1 })).toEqual(['bob']);
    expect(members.bookCount('org_a', 'example')).toBe(2);
    expect(members.bookCount('org_a', 'cyd')).toBe(0);
  });

  test('has a person by their id as long as they are active in it, and not of another organization (MEM-3)', () => {
    const { members } = filledBook();
    const [ann] = members.book('org_a', all);
    if (ann === undefined) throw new Error('nobody is listed');
    expect(members.person('org_a', ann.id)).toEqual(ann);
    expect(members.person('org_b', ann.id)).toBeUndefined();
    const [held] = members.roster(1);
    if (held === undefined) throw new Error('nobody is subscribed');
    members.apply(1, { kind: 'unsubscribe', subscription: held, state: 'removed' }, at);
    expect(members.person('org_a', ann.id)).toBeUndefined();
    expect(members.bookCount('org_a')).toBe(1);
    members.apply(2, subscription('ann', held.person), at);
    expect(members.person('org_a', ann.id)).toEqual(ann);
  });

  test('refuses a second person with the same id', () => {
    const { members } = filledStore();
    const change = subscription('ann', null);
    members.apply(1, change, at);
    expect(() => members.apply(2, change, at)).toThrow('UNIQUE constraint failed: people.id');
  });
});

test('a reference that once had an account keeps it when it fails', () => {
  const { members } = filledStore();
  members.apply(1, subscription('ann', null), at);
  const before = members.directory(1).member('ann');
  members.apply(1, { kind: 'fail', referenceId: 'ann', state: 'blocked' }, at);
  expect(before?.account).not.toBeNull();
  expect(members.directory(1).member('ann')).toEqual({ ...before, state: 'blocked' });
});

test('a transaction that throws stores nothing, and the next one works', () => {
  const { groups, members, transaction } = filledStore();
  expect(() =>
    transaction(() => {
      groups.insert(group('grp_3'));
      members.apply(1, subscription('ann', null), at);
      members.apply(2, subscription('ann', 1), at);
    }),
  ).toThrow('UNIQUE');
  expect(groups.count('org_a')).toBe(2);
  expect(members.roster(1)).toEqual([]);
  transaction(() => groups.insert(group('grp_3')));
  expect(groups.count('org_a')).toBe(3);
});

test('what is rolled back or emptied is not remembered', () => {
  const { groups, organizations, snapshot, transaction } = filledStore();
  const old = groups.page('org_a', 10, 0).map(({ id }) => id);
  expect(() =>
    transaction(() => {
      groups.insert(group('grp_3'));
      groups.update(1, group('grp_1', { name: 'Other' }));
      organizations.insertPlan('org_a', { id: 'gold', name: 'Gold' });
      expect([groups.count('org_a'), organizations.planCount('org_a')]).toEqual([3, 2]);
      expect(groups.page('org_a', 10, 0)).toHaveLength(3);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(groups.page('org_a', 10, 0).map(({ id }) => id)).toEqual(old);
  expect(groups.find('org_a', 'grp_3')).toBeUndefined();
  expect(groups.find('org_a', 'grp_1')).toEqual(group('grp_1'));
  expect(organizations.planCount('org_a')).toBe(1);
  expect(organizations.find('a')?.id).toBe('org_a');
  snapshot.clear();
  expect([groups.count('org_a'), organizations.planCount('org_a')]).toEqual([0, 0]);
  expect([groups.find('org_a', 'grp_1'), organizations.find('a')]).toEqual([undefined, undefined]);
  expect(groups.page('org_a', 10, 0)).toEqual([]);
});

test('JSON of a stored group is the group alone', () => {
  const { groups } = filledStore();
  expect(JSON.parse(JSON.stringify(groups.byKey(1)))).toEqual(group('grp_1'));
  expect(groups.byKey(1).key).toBe(1);
});

test('groups are listed newest first, each organization its own (§8.9, AUTH-3)', () => {
  const { groups } = filledStore();
  groups.insert(group('grp_b', { organization_id: 'org_b' }));
  expect(groups.page('org_a', 10, 0).map(({ id }) => id)).toEqual(['grp_2', 'grp_1']);
  expect(groups.page('org_a', 1, 1).map(({ id }) => id)).toEqual(['grp_1']);
  groups.update(1, group('grp_1', { name: 'Renamed' }));
  groups.insert(group('grp_3'));
  expect(groups.page('org_a', 10, 0).map(({ id, name }) => [id, name])).toEqual([
    ['grp_3', 'A group'],
    ['grp_2', 'A group'],
    ['grp_1', 'Renamed'],
  ]);
  expect(groups.count('org_b')).toBe(1);
  expect(groups.find('org_b', 'grp_1')).toBeUndefined();
});

test('syncs in flight are listed in the order accepted; a completed one is not among them and keeps its results', () => {
  const { syncs, snapshot } = filledStore();
  for (const id of ['z', 'a', 'm']) syncs.accept({ id, groupKey: 1, acceptedAt: at }, [row('ann')]);
  expect(syncs.find(1, 'a')).toMatchObject({ completed_at: null, results: null });
  expect(syncs.roster('a')).toEqual([row('ann')]);
  const results = { added_group_member_ids: ['x'], removed_group_member_ids: [], failures: [] };
  syncs.complete('a', at, results);
  expect(syncs.inFlight().map(({ id }) => id)).toEqual(['z', 'm']);
  expect(syncs.find(1, 'a')).toMatchObject({ group_id: 'grp_1', completed_at: at, results });
  expect(syncs.find(2, 'a')).toBeUndefined();
  snapshot.clear();
  expect(syncs.find(1, 'a')).toBeUndefined();
});

test('a sync that must be alone is stored only if no other of its group is in flight (§8.27)', () => {
  const { syncs } = filledStore();
  const accept = (id: string, groupKey: number) => syncs.accept({ id, groupKey, acceptedAt: at }, [], { alone: true });
  expect([accept('a', 1), accept('b', 1), accept('c', 2)]).toEqual([undefined, 'a', undefined]);
  expect(syncs.inFlight().map(({ id }) => id)).toEqual(['a', 'c']);
  syncs.complete('a', at, { added_group_member_ids: [], removed_group_member_ids: [], failures: [] });
  expect(accept('b', 1)).toBeUndefined();
});

describe('a file', () => {
  function temporaryFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'groups-mock-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return join(folder, 'world.sqlite');
  }

  test('holds what was stored when it is opened again', () => {
    const file = temporaryFile();
    const first = openStore(file);
    first.organizations.insert({ id: 'org_a', slug: 'a' });
    first.groups.insert(group('grp_1'));
    first.close();
    const second = openStore(file);
    onTestFinished(() => second.close());
    expect(second.groups.find('org_a', 'grp_1')).toMatchObject(group('grp_1'));
  });

  test('of a newer kit is refused and left as it is', () => {
    const file = temporaryFile();
    const newer = new DatabaseSync(file);
    newer.exec('CREATE TABLE later (x); PRAGMA user_version = 999');
    newer.close();
    expect(() => openStore(file)).toThrow(file);
    expect(() => openStore(file)).toThrow('schema version 999');
    const after = new DatabaseSync(file);
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'later' }]);
    after.close();
  });
});
