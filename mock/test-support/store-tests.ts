import { describe, expect, onTestFinished, test } from 'vitest';
import { matchKeys, mergeDetails } from '../domain/people.ts';
import type { Addition, RosterChange, SyncResults } from '../domain/roster.ts';
import type { StoredFault } from '../store/faults.ts';
import type { Group } from '../store/groups.ts';
import type { Rejection } from '../store/rejections.ts';
import { tables } from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';
import { basicRow, withoutEmail } from './town.ts';

/** The timestamp of everything in the store tests. */
export const at = '2026-01-15T10:30:00.000Z';

/** A group of org_a, named `A group` by default. */
export const group = (id: string, overrides: Partial<Group> = {}): Group => ({
  id,
  organization_id: 'org_a',
  name: 'A group',
  external_reference_id: null,
  created_at: at,
  updated_at: at,
  ...overrides,
});

/** The tests that every store must pass. `open` opens an empty one. */
export function storeTests(open: () => Store): void {
  /** A store with organizations `org_a` and `org_b`, plan `basic`, and groups 1 and 2. */
  function filledStore(): Store {
    const store = open();
    onTestFinished(() => store.close());
    for (const slug of ['a', 'b']) store.organizations.create({ id: `org_${slug}`, slug });
    store.organizations.addPlan('org_a', { id: 'basic', name: 'Basic' });
    for (const id of ['grp_1', 'grp_2']) store.groups.create(group(id));
    return store;
  }

  let accounts = 0;

  /** A subscription of the person with this key, or of a new person (`null`). */
  const addition = (
    referenceId: string,
    known: number | null,
    planId = 'basic',
    details = mergeDetails(undefined, basicRow(referenceId)),
  ): Addition => ({
    referenceId,
    memberId: `member of ${referenceId}`,
    planId,
    person: known ?? { newId: `mbr_${++accounts}` },
    details,
    keys: matchKeys(details),
  });
  const subscribe = ({ members }: Store, groupKey: number, given: Addition) =>
    members.subscribe(groupKey, given, 'active', at);

  const nothing: SyncResults = { added_group_member_ids: [], removed_group_member_ids: [], failures: [] };
  /** Completes a sync of a group with these changes. */
  const complete = ({ syncs }: Store, groupKey: number, changes: readonly RosterChange[]): void => {
    const id = `sync ${++accounts}`;
    syncs.accept({ id, groupKey, acceptedAt: at }, []);
    syncs.complete(id, { changes, results: nothing }, at);
  };
  const load = ({ syncs }: Store, groupKey: number, ...rows: ReturnType<typeof basicRow>[]) => {
    const id = `sync ${++accounts}`;
    syncs.accept({ id, groupKey, acceptedAt: at }, rows);
    return syncs.load(id);
  };

  describe('the store refuses', () => {
    test('a second active subscription of a person, in another group or in the same one (LIFE-11)', () => {
      const store = filledStore();
      const { members } = store;
      subscribe(store, 1, addition('ann', null));
      expect(() => subscribe(store, 2, addition('ann', 1))).toThrow();
      expect(() => subscribe(store, 1, addition('other', 1))).toThrow();
      expect(members.roster(2)).toEqual([]);
    });

    test('a second active subscription of a reference in a group, but not in another group (LIFE-3, §8.23)', () => {
      const store = filledStore();
      subscribe(store, 1, addition('ann', null));
      expect(() => subscribe(store, 1, addition('ann', null))).toThrow();
      expect(() => subscribe(store, 2, addition('ann', null))).not.toThrow();
    });

    test('a subscription to a plan that does not exist', () => {
      const store = filledStore();
      expect(() => subscribe(store, 1, addition('ann', null, 'other'))).toThrow();
    });

    test('a reference that another group of the organization has, on create and update, but not one of another organization (GRP-12, GRP-15)', () => {
      const { groups } = filledStore();
      expect(groups.create(group('grp_3', { external_reference_id: 'hr-1' }))?.key).toBe(3);
      expect(groups.create(group('grp_4', { external_reference_id: 'hr-1' }))).toBeUndefined();
      expect(groups.update(1, group('grp_1', { external_reference_id: 'hr-1' }))).toBeUndefined();
      expect(groups.create(group('grp_5', { external_reference_id: 'hr-1', organization_id: 'org_b' }))).toBeDefined();
      expect(groups.count('org_a')).toBe(3);
      expect(groups.find('org_a', 'grp_1')?.external_reference_id).toBeNull();
    });

    test.each(['', null])('no group without a reference, even if many have none, stored as %j (§8.2)', (none) => {
      const { groups, snapshot } = filledStore();
      for (const id of ['grp_3', 'grp_4']) {
        expect(groups.create(group(id, { external_reference_id: none }))).toBeDefined();
        expect(groups.find('org_a', id)?.external_reference_id).toBe(none);
      }
      expect(groups.byReference('org_a', '')).toBeUndefined();
      const before = snapshot.read();
      snapshot.replace(before);
      expect(snapshot.read()).toEqual(before);
    });
  });

  test('an ended subscription allows a new one of the same person', () => {
    const store = filledStore();
    const { members } = store;
    subscribe(store, 1, addition('ann', null));
    const [held] = members.roster(1);
    if (held === undefined) throw new Error('nobody is subscribed');
    expect(members.unsubscribe(held.person, 'removed', at)).toBe(true);
    expect(members.unsubscribe(held.person, 'removed', at)).toBe(false);
    subscribe(store, 2, addition('ann', held.person));
    expect(members.roster(1)).toEqual([]);
    expect(members.roster(2)).toMatchObject([{ person: held.person, groupId: 'grp_2' }]);
    expect(load(store, 1, basicRow('ann')).members.get('ann')).toEqual({
      state: 'removed',
      account: { id: 'member of ann', person: held.person },
    });
  });

  describe("an organization's member list", () => {
    /** Ann in group 1, bob in group 2, and cyd in a group of org_b; returns their account ids. */
    function filledMemberList() {
      const store = filledStore();
      const { groups, members, organizations } = store;
      organizations.addPlan('org_b', { id: 'other', name: 'Other' });
      groups.create(group('grp_3', { organization_id: 'org_b' }));
      subscribe(store, 1, addition('ann', null));
      subscribe(store, 2, addition('bob', null));
      subscribe(store, 3, addition('cyd', null, 'other'));
      return {
        ...store,
        names: (page: { limit: number; offset: number }) =>
          members.list('org_a', page).map(({ details }) => details.first_name),
      };
    }
    const all = { limit: 100, offset: 0 };

    test('contains those who are active in its groups, page by page, oldest first (MEM-1)', () => {
      const { members, names } = filledMemberList();
      expect(names(all)).toEqual(['ann', 'bob']);
      expect([names({ limit: 1, offset: 0 }), names({ limit: 1, offset: 1 }), names({ limit: 1, offset: 2 })]).toEqual([
        ['ann'],
        ['bob'],
        [],
      ]);
      expect([members.count('org_a'), members.count('org_b')]).toEqual([2, 1]);
    });

    test('is searched in one organization, oldest first (MEM-2)', () => {
      const { members } = filledMemberList();
      const found = (text: string) => members.search('org_a', text).map(({ details }) => details.first_name);
      expect(found('BOB@')).toEqual(['bob']);
      expect(found('example')).toEqual(['ann', 'bob']);
      expect(found('cyd')).toEqual([]);
    });

    test('finds a person by id while they are active in it, and never one of another organization (MEM-3)', () => {
      const store = filledMemberList();
      const { members } = store;
      const [ann] = members.list('org_a', all);
      if (ann === undefined) throw new Error('the member list is empty');
      expect(members.person('org_a', ann.id)).toEqual(ann);
      expect(members.person('org_b', ann.id)).toBeUndefined();
      const [held] = members.roster(1);
      if (held === undefined) throw new Error('nobody is subscribed');
      members.unsubscribe(held.person, 'removed', at);
      expect(members.person('org_a', ann.id)).toBeUndefined();
      expect(members.count('org_a')).toBe(1);
      subscribe(store, 2, addition('ann', held.person));
      expect(members.person('org_a', ann.id)).toEqual(ann);
    });

    test('refuses a second person with the same id', () => {
      const store = filledStore();
      const ann = addition('ann', null);
      subscribe(store, 1, ann);
      expect(() => subscribe(store, 2, ann)).toThrow();
    });
  });

  test('a reference keeps its account when a later row fails', () => {
    const store = filledStore();
    subscribe(store, 1, addition('ann', null));
    store.members.unsubscribe(1, 'removed', at);
    complete(store, 1, [{ kind: 'fail', referenceId: 'ann', state: 'blocked' }]);
    expect(load(store, 1, basicRow('ann')).members.get('ann')).toEqual({
      state: 'blocked',
      account: { id: 'member of ann', person: 1 },
    });
  });

  test('a transaction that throws stores nothing, and the next one works', () => {
    const store = filledStore();
    const { groups, members, transaction } = store;
    expect(() =>
      transaction(() => {
        groups.create(group('grp_3'));
        subscribe(store, 1, addition('ann', null));
        subscribe(store, 2, addition('ann', 1));
      }),
    ).toThrow();
    expect(groups.count('org_a')).toBe(2);
    expect(members.roster(1)).toEqual([]);
    transaction(() => groups.create(group('grp_3')));
    expect(groups.count('org_a')).toBe(3);
  });

  test('data that was rolled back or cleared is not returned', () => {
    const { groups, organizations, snapshot, transaction } = filledStore();
    const old = groups.page('org_a', 10, 0).map(({ id }) => id);
    expect(() =>
      transaction(() => {
        groups.create(group('grp_3'));
        groups.update(1, group('grp_1', { name: 'Other' }));
        organizations.addPlan('org_a', { id: 'gold', name: 'Gold' });
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

  describe('the data loaded for a reconciliation', () => {
    test('has the roster by reference, and the details of those whose row may have changed', () => {
      const store = filledStore();
      for (const name of ['bob', 'ann']) subscribe(store, 1, addition(name, null));
      const changed = basicRow('ann', { last_name: 'Married' });
      const { roster, rows, people, members, matches } = load(store, 1, changed, basicRow('bob'));
      expect(rows).toEqual([changed]);
      expect(roster.map(({ referenceId, person }) => [referenceId, person])).toEqual([
        ['ann', 2],
        ['bob', 1],
      ]);
      expect([...people]).toEqual([
        [2, { key: 2, details: mergeDetails(undefined, basicRow('ann')), active: roster[0] }],
      ]);
      expect([members.size, matches.size]).toEqual([0, 0]);
    });

    test('has only the rows about present members that may have changed, and the plan of every reference', () => {
      const store = filledStore();
      subscribe(store, 1, addition('ann', null));
      const married = basicRow('ann', { last_name: 'Married' });
      expect(load(store, 1, married).rows).toEqual([married]);
      const { rows, listed } = load(store, 1, basicRow('ann', { plan_id: 'plus' }));
      expect(rows).toEqual([]);
      expect([...listed]).toEqual([['ann', 'plus']]);
    });

    test('is, for each new row, everyone known by its details, the earliest first, wherever they are active', () => {
      const store = filledStore();
      subscribe(store, 2, addition('ann', null));
      subscribe(store, 2, addition('second', null, 'basic', mergeDetails(undefined, basicRow('ann'))));
      const upper = basicRow('new', { email: 'ANN@EXAMPLE.COM' });
      const { matches, people, plans } = load(store, 1, upper, basicRow('stranger'));
      expect([...matches]).toEqual([['new', [1, 2]]]);
      expect(people.get(1)?.active).toMatchObject({ groupId: 'grp_2', referenceId: 'ann', organizationId: 'org_a' });
      expect([...people.keys()]).toEqual([1, 2]);
      expect(plans).toEqual(new Set(['basic']));
    });

    test('has, for a row without e-mail, the person with the same name, birth date and phone', () => {
      const store = filledStore();
      const nameless = withoutEmail(basicRow('ann', { phone: '2155550101' }));
      subscribe(store, 2, addition('ann', null, 'basic', mergeDetails(undefined, nameless)));
      expect([...load(store, 1, { ...nameless, reference_id: 'new' }).matches.values()]).toEqual([[1]]);
    });

    test('has the former account of a listed reference, and of no other reference', () => {
      const store = filledStore();
      for (const [key, name] of ['ann', 'bob'].entries()) {
        subscribe(store, 1, addition(name, null));
        store.members.unsubscribe(key + 1, 'removed', at);
      }
      const { members, people } = load(store, 1, basicRow('ann', { email: 'new@example.com' }));
      expect([...members.keys()]).toEqual(['ann']);
      expect(people.get(1)).toMatchObject({ active: null, details: { first_name: 'ann' } });
    });
  });

  test('a completion that the store refuses half-way stores nothing, and the sync stays in flight', () => {
    const store = filledStore();
    const subscribing = (given: Addition): RosterChange => ({ kind: 'subscribe', addition: given, state: 'active' });
    const broken = [subscribing(addition('ann', null)), subscribing(addition('bob', null, 'no plan'))];
    expect(() => complete(store, 1, broken)).toThrow();
    expect(store.members.roster(1)).toEqual([]);
    expect(store.syncs.inFlight()).toHaveLength(1);
  });

  test('the JSON of a stored group does not include its key', () => {
    const stored = filledStore().groups.find('org_a', 'grp_1');
    expect(JSON.parse(JSON.stringify(stored))).toEqual(group('grp_1'));
    expect(stored?.key).toBe(1);
  });

  test('each organization lists only its own groups, newest first (§8.9, AUTH-3)', () => {
    const { groups } = filledStore();
    groups.create(group('grp_b', { organization_id: 'org_b' }));
    expect(groups.page('org_a', 10, 0).map(({ id }) => id)).toEqual(['grp_2', 'grp_1']);
    expect(groups.page('org_a', 1, 1).map(({ id }) => id)).toEqual(['grp_1']);
    groups.update(1, group('grp_1', { name: 'Renamed' }));
    groups.create(group('grp_3'));
    expect(groups.page('org_a', 10, 0).map(({ id, name }) => [id, name])).toEqual([
      ['grp_3', 'A group'],
      ['grp_2', 'A group'],
      ['grp_1', 'Renamed'],
    ]);
    expect(groups.count('org_b')).toBe(1);
    expect(groups.find('org_b', 'grp_1')).toBeUndefined();
  });

  test('syncs in flight are listed in the order accepted; a completed one is not listed and keeps its results', () => {
    const { syncs, snapshot } = filledStore();
    for (const id of ['z', 'a', 'm']) syncs.accept({ id, groupKey: 1, acceptedAt: at }, [basicRow('ann')]);
    expect(syncs.find(1, 'a')).toMatchObject({ completed_at: null, results: null });
    expect(syncs.load('a')).toMatchObject({ groupId: 'grp_1', organizationId: 'org_a', rows: [basicRow('ann')] });
    expect([...syncs.load('a').listed]).toEqual([['ann', 'basic']]);
    const results = { added_group_member_ids: ['x'], removed_group_member_ids: [], failures: [] };
    syncs.complete('a', { changes: [], results }, at);
    expect(() => syncs.complete('a', { changes: [], results: nothing }, at)).toThrow('not in flight');
    expect(() => syncs.load('a')).toThrow('not in flight');
    expect(syncs.inFlight().map(({ id }) => id)).toEqual(['z', 'm']);
    expect(syncs.find(1, 'a')).toMatchObject({ group_id: 'grp_1', completed_at: at, results });
    expect(syncs.find(2, 'a')).toBeUndefined();
    snapshot.clear();
    expect(syncs.find(1, 'a')).toBeUndefined();
  });

  test('a sync that must be alone is stored only if no other sync of its group is in flight (§8.27)', () => {
    const { syncs } = filledStore();
    const accept = (id: string, groupKey: number) =>
      syncs.accept({ id, groupKey, acceptedAt: at }, [], { alone: true });
    expect([accept('a', 1), accept('b', 1), accept('c', 2)]).toEqual([undefined, 'a', undefined]);
    expect(syncs.inFlight().map(({ id }) => id)).toEqual(['a', 'c']);
    syncs.complete('a', { changes: [], results: nothing }, at);
    expect(accept('b', 1)).toBeUndefined();
  });

  test('an issued token is found unchanged, even after it expired, until it is deleted', () => {
    const { tokens } = filledStore();
    const token = { text: 'vit_at_1', organizationId: 'org_a', expiresAt: 2000, boundEntity: null };
    const bound = { ...token, text: 'vit_at_2', boundEntity: { id: 'empl_1', type: 'employee' as const } };
    tokens.issue(token, 0);
    tokens.issue(bound, 2000);
    expect(tokens.find('vit_at_1')).toEqual(token);
    expect(tokens.find('vit_at_2')).toEqual(bound);
    tokens.issue({ ...token, text: 'vit_at_3', expiresAt: 4000 }, 2001);
    expect(tokens.find('vit_at_1')).toBeUndefined();
    expect(tokens.find('VIT_AT_3')).toBeUndefined();
  });

  test('the number of retrievals of a sync is kept until it is completed', () => {
    const { syncs } = filledStore();
    for (const id of ['a', 'b']) syncs.accept({ id, groupKey: 1, acceptedAt: at }, []);
    syncs.setPolls('b', 1);
    syncs.setPolls('b', 2);
    expect(syncs.inFlight()).toMatchObject([{ polls: 0 }, { id: 'b', polls: 2 }]);
    syncs.complete('b', { changes: [], results: nothing }, at);
    syncs.accept({ id: 'c', groupKey: 1, acceptedAt: at }, []);
    expect(syncs.inFlight().map(({ polls }) => polls)).toEqual([0, 0]);
  });

  test('faults are kept in the order added with their counts, and the numbers of all that were ever added', () => {
    const { faults } = filledStore();
    expect(faults.load()).toEqual({ faults: [], issued: 0, cleared: 0 });
    const [first, second] = [1, 2].map((number) => ({ number, request: { status: 503 }, draws: 0, happened: 0 }));
    for (const fault of [first, second]) faults.add(fault as StoredFault);
    faults.count({ ...(first as StoredFault), draws: 7, happened: 3 });
    expect(faults.load()).toEqual({ faults: [{ ...first, draws: 7, happened: 3 }, second], issued: 2, cleared: 0 });
    faults.remove(2);
    expect(faults.load()).toMatchObject({ faults: [{ number: 1 }], issued: 2, cleared: 0 });
    faults.clear();
    expect(faults.load()).toEqual({ faults: [], issued: 2, cleared: 2 });
    faults.add({ ...(first as StoredFault), number: 3 });
    expect(faults.load()).toMatchObject({ faults: [{ number: 3 }], issued: 3, cleared: 2 });
  });

  test('rejections are kept in the order added, and one that is updated stays in its place', () => {
    const { rejections } = filledStore();
    const rejection = (reference_id: string): Rejection => ({
      reference_id,
      operation: 'add',
      reason: 'No.',
      times: 2,
    });
    const [ann, bob, cyd] = ['ann', 'bob', 'cyd'].map((name) => rejections.add(rejection(name))) as [
      number,
      number,
      number,
    ];
    rejections.update(ann, { ...rejection('ann'), times: 1 });
    rejections.remove(bob);
    expect(rejections.load()).toEqual([
      { key: ann, rejection: { ...rejection('ann'), times: 1 } },
      { key: cyd, rejection: rejection('cyd') },
    ]);
    rejections.clear();
    expect(rejections.load()).toEqual([]);
  });

  test('the failed rows of the latest sync are kept for each group, and the salt stays the same', () => {
    const { journal, snapshot } = filledStore();
    const salt = journal.salt();
    expect(salt).toMatch(/^[0-9A-F]{32}$/);
    journal.setFailedRows('grp_1', ['x', 'y']);
    journal.setFailedRows('grp_2', ['x']);
    journal.setFailedRows('grp_2', ['z']);
    expect([journal.failedRows('grp_1'), journal.failedRows('grp_2')]).toEqual([['x', 'y'], ['z']]);
    journal.setFailedRows('grp_1', []);
    expect([journal.failedRows('grp_1'), journal.failedRows('grp_2')]).toEqual([[], ['z']]);
    journal.clearFailedRows();
    expect(journal.failedRows('grp_2')).toEqual([]);
    snapshot.clear();
    expect(journal.salt()).toBe(salt);
    expect(filledStore().journal.salt()).not.toBe(salt);
  });

  /** Something in every table, with texts that are easily lost. */
  function fullStore(): Store {
    const store = filledStore();
    const { clock, faults, groups, journal, rejections, settings, syncs, tokens } = store;
    groups.create(group('grp_3', { name: 'A\0B "é" 𝒜' }));
    subscribe(store, 1, addition('ann', null));
    subscribe(store, 1, addition('cyd', null));
    store.members.unsubscribe(2, 'removed', at);
    syncs.accept({ id: 'waiting', groupKey: 1, acceptedAt: at }, [basicRow('bob')]);
    syncs.setPolls('waiting', 2);
    tokens.issue({ text: 'vit_at_1', organizationId: 'org_a', expiresAt: 2000.5, boundEntity: null }, 0);
    clock.save({ offset: -0.1, frozenAt: null });
    settings.save('{"sync_polls":3}');
    faults.add({ number: 1, request: { status: 503, probability: 0.5 }, draws: 7, happened: 3 });
    rejections.add({ reference_id: 'ann', operation: 'add', reason: 'No.', times: 1 });
    journal.setFailedRows('grp_1', ['x']);
    return store;
  }

  test('a copy of the whole content makes another store the same, whatever was in it', () => {
    const [original, copy] = [fullStore(), filledStore()];
    copy.groups.create(group('grp_old'));
    copy.faults.add({ number: 1, request: { status: 500 }, draws: 0, happened: 0 });
    const content = original.snapshot.readAll();
    for (const { rows } of Object.values(content)) expect(rows.length).toBeGreaterThan(0);
    const later = { columns: ['key'], rows: [[1]] };
    copy.snapshot.replaceAll({ ...JSON.parse(JSON.stringify(content)), of_a_newer_kit: later });
    expect(copy.snapshot.readAll()).toEqual(content);
    expect(copy.groups.page('org_a', 10, 0)).toEqual(original.groups.page('org_a', 10, 0));
    expect([copy.groups.find('org_a', 'grp_old'), copy.groups.count('org_a')]).toEqual([undefined, 3]);
  });

  test('a copy that is refused changes nothing', () => {
    const { snapshot } = fullStore();
    const before = snapshot.readAll();
    const bad = { ...before, groups: { columns: ['key'], rows: [[1]] } };
    expect(() => snapshot.replaceAll(bad)).toThrow('NOT NULL');
    expect(snapshot.readAll()).toEqual(before);
  });

  test('a snapshot has the public tables only, and one that is loaded leaves no fault, rejection, poll or failed row', () => {
    const store = fullStore();
    const { snapshot, faults, rejections, journal, syncs } = store;
    const saved = snapshot.read();
    expect(Object.keys(saved).sort()).toEqual([...tables].sort());
    expect(saved.groups?.at(-1)?.name).toBe('A\0B "é" 𝒜');
    snapshot.replace(saved);
    expect(snapshot.read()).toEqual(saved);
    expect(faults.load()).toEqual({ faults: [], issued: 0, cleared: 0 });
    expect([rejections.load(), journal.failedRows('grp_1')]).toEqual([[], []]);
    expect(syncs.inFlight()).toMatchObject([{ id: 'waiting', polls: 0 }]);
  });

  test('organizations keep the order in which they were created, whatever the order in a snapshot', () => {
    const { organizations, overview, snapshot } = open();
    const slugs = ['m', 'z', 'a'];
    for (const slug of slugs) organizations.create({ id: `org_${slug}`, slug });
    const order = () => overview.organizations().map(({ slug }) => slug);
    expect(order()).toEqual(slugs);
    const saved = snapshot.read();
    expect(saved.organizations?.map(({ slug }) => slug)).toEqual(slugs);
    snapshot.replace({ ...saved, organizations: saved.organizations?.toReversed() ?? [] });
    expect(order()).toEqual(slugs);
  });
}
