import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { row } from '../domain/testing.ts';
import { inMemory } from './database.ts';
import { longestSeries } from './slices.ts';
import { openStore } from './store.ts';
import { at, group } from './testing.ts';

/** A store with one group, and work on it that subscribes ann, leaves, then bob, leaves, then ends. */
function withWork() {
  const store = openStore(inMemory);
  onTestFinished(() => store.close());
  store.organizations.insert({ id: 'org_a', slug: 'a' });
  store.organizations.insertPlan('org_a', { id: 'basic', name: 'Basic' });
  store.groups.insert(group('grp_1'));
  const subscribe = (name: string) => {
    const { reference_id, plan_id, ...details } = row(name);
    const addition = {
      referenceId: reference_id,
      memberId: `grpmbr_${name}`,
      planId: plan_id,
      person: { newId: `mbr_${name}` },
      details,
    };
    store.members.apply(1, { kind: 'subscribe', addition, state: 'active' }, at);
  };
  function* work() {
    subscribe('ann');
    yield;
    subscribe('bob');
    yield;
    return 'both';
  }
  const turns: (() => void)[] = [];
  const ends: unknown[] = [];
  return {
    store,
    ends,
    begin: (given: () => Generator<undefined, unknown, undefined> = work) =>
      store.sliced.begin(
        given(),
        (turn) => turns.push(turn),
        (outcome) => ends.push('error' in outcome ? (outcome.error as Error).message : outcome.value),
      ),
    /** Gives a turn to what asked for one; false where nothing did. */
    turn(): boolean {
      const next = turns.shift();
      next?.();
      return next !== undefined;
    },
    roster: () => store.members.roster(1).map(({ referenceId }) => referenceId),
  };
}

test('work in slices takes a turn for each, and is over with the last', () => {
  const { begin, turn, ends, roster, store } = withWork();
  begin();
  expect([turn(), ends]).toEqual([true, []]);
  expect([turn(), ends]).toEqual([true, ['both']]);
  expect(turn()).toBe(false);
  expect(store.sliced.quiet()).toBeUndefined();
  expect(roster()).toEqual(['ann', 'bob']);
});

test('groups, plans and syncs can be read between two slices, and nothing is hurried by it', () => {
  const { begin, ends, store } = withWork();
  for (const { forget } of [store.groups, store.organizations]) forget();
  begin();
  expect(store.organizations.planCount('org_a')).toBe(1);
  expect(store.groups.find('org_a', 'grp_1')?.name).toBe('A group');
  expect(store.groups.count('org_a')).toBe(1);
  expect(store.syncs.find(1, 'unknown')).toBeUndefined();
  expect(store.overview.syncsInFlight()).toBe(0);
  expect(ends).toEqual([]);
});

test.each([
  ['a read of the members', ({ members }) => expect(members.roster(1)).toHaveLength(2)],
  ['a read of the people', ({ overview }) => expect(overview.people(9, 0)).toHaveLength(2)],
  ['a read of everything', ({ snapshot }) => expect(snapshot.read().people).toHaveLength(2)],
  ['a count of the members', ({ overview }) => expect(overview.groups(9, 0)[0]?.active_members).toBe(2)],
] satisfies [string, (store: ReturnType<typeof openStore>) => void][])(
  '%s sees all of the work, which is finished first',
  (_, read) => {
    const { begin, store, ends } = withWork();
    begin();
    read(store);
    expect(ends).toEqual(['both']);
  },
);

test('a write between two slices is no part of the work, which is finished first', () => {
  const { begin, turn, store, ends, roster } = withWork();
  begin();
  store.groups.update(1, { ...store.groups.byKey(1), name: 'Renamed' });
  expect(ends).toEqual(['both']);
  begin(function* () {
    yield;
    throw new Error('the disk is full');
  });
  turn();
  turn();
  turn();
  store.groups.forget();
  expect(ends).toEqual(['both', 'the disk is full']);
  expect(store.groups.byKey(1).name).toBe('Renamed');
  expect(roster()).toEqual(['ann', 'bob']);
});

test('a transaction between two slices that fails takes back itself alone', () => {
  const { begin, store, ends, roster } = withWork();
  begin();
  const broken = () => {
    store.clock.save({ offset: 1, frozenAt: null });
    throw new Error('refused');
  };
  expect(() => store.transaction(broken)).toThrow('refused');
  expect(ends).toEqual(['both']);
  expect(roster()).toEqual(['ann', 'bob']);
  expect(store.clock.load()).toBeUndefined();
});

test('work that fails in a later slice leaves nothing, and only who began it is told', () => {
  const { begin, store, ends, roster } = withWork();
  begin(function* () {
    store.members.apply(1, { kind: 'fail', referenceId: 'cy', state: 'failed' }, at);
    yield;
    throw new Error('the disk is full');
  });
  expect(store.clock.save({ offset: 1, frozenAt: null })).toBeUndefined();
  expect(ends).toEqual(['the disk is full']);
  expect(roster()).toEqual([]);
  expect(store.snapshot.read().members).toEqual([]);
  expect(store.clock.load()).toEqual({ offset: 1, frozenAt: null });
});

test('abandoned work leaves nothing, tells nobody, and its turn that is still to come does nothing', () => {
  const { begin, turn, store, ends, roster } = withWork();
  begin();
  store.sliced.abandon();
  expect(roster()).toEqual([]);
  expect(turn()).toBe(true);
  expect([ends, roster(), store.sliced.quiet()]).toEqual([[], [], undefined]);
});

test('who waits for quiet is called when the work is over', async () => {
  const { begin, turn, store } = withWork();
  begin();
  let isQuiet = false;
  const quiet = store.sliced.quiet()?.then(() => {
    isQuiet = true;
  });
  await Promise.resolve();
  expect(isQuiet).toBe(false);
  while (turn());
  await quiet;
  expect(isQuiet).toBe(true);
});

/** A store, `create` which makes a group in it, and `there` which reads anew which groups it has. */
function withSeries(location = inMemory) {
  const store = openStore(location);
  onTestFinished(() => store.close());
  store.organizations.insert({ id: 'org_a', slug: 'a' });
  const create = (id: string, reference = id) => store.groups.insert(group(id, { external_reference_id: reference }));
  const there = () => {
    store.groups.forget();
    return store.groups.page('org_a', 10_000, 0).map(({ id }) => id);
  };
  return { store, create, there };
}

test.each([1, 2, longestSeries - 1, longestSeries, longestSeries + 1, 2.5 * longestSeries])(
  'what is taken back after a series of %d rows is taken back without it',
  (count) => {
    const { store, create, there } = withSeries();
    const ids = Array.from({ length: count }, (_, n) => `grp_${n}`);
    for (const id of ids) create(id);
    expect(() =>
      store.transaction(() => {
        for (const id of ['grp_back', 'grp_back_too']) create(id);
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect(there()).toEqual(ids.toReversed());
    for (const id of ['grp_a', 'grp_b']) create(id);
    function* work() {
      create('grp_taken_back');
      yield;
    }
    store.sliced.begin(
      work(),
      () => {},
      () => {},
    );
    store.sliced.abandon();
    expect(there()).toEqual(['grp_b', 'grp_a', ...ids.toReversed()]);
  },
);

test('the rows of a series finish first what was begun, and those that its end brings are not taken back either', () => {
  const { begin, ends, roster, store } = withWork();
  const create = (id: string) => store.groups.insert(group(id, { name: id }));
  begin();
  create('grp_2');
  expect(ends).toEqual(['both']);
  const creating = function* () {
    yield;
  };
  store.sliced.begin(
    creating(),
    () => {},
    () => ['grp_3', 'grp_4', 'grp_5'].forEach(create),
  );
  const failing = () => {
    create('grp_back');
    throw new Error('taken back');
  };
  expect(() => store.transaction(failing)).toThrow('taken back');
  const names = store.groups.page('org_a', 10, 0).map(({ name }) => name);
  expect([names, roster()]).toEqual([
    ['grp_5', 'grp_4', 'grp_3', 'grp_2', 'A group'],
    ['ann', 'bob'],
  ]);
});

test('so many rows in a row share one transaction, a refused one among them too, and a row alone begins none', () => {
  const { store, create, there } = withSeries();
  const begun = vi.spyOn(DatabaseSync.prototype, 'exec');
  onTestFinished(() => begun.mockRestore());
  const statements = () => begun.mock.calls.splice(0).map(([sql]) => sql);
  for (let n = 0; n < 2.5 * longestSeries; n += 1) create(`grp_${n}`);
  expect(statements()).toEqual(['BEGIN', 'COMMIT', 'BEGIN', 'COMMIT', 'BEGIN']);
  store.sliced.settle();
  expect(statements()).toEqual(['COMMIT']);
  for (const id of ['grp_a', 'grp_b']) create(id);
  expect(create('grp_c', 'grp_a')).toBeUndefined();
  create('grp_d');
  store.sliced.settle();
  expect(statements()).toEqual(['BEGIN', 'COMMIT']);
  expect(there().slice(0, 4)).toEqual(['grp_d', 'grp_b', 'grp_a', `grp_${2.5 * longestSeries - 1}`]);
  create('grp_alone');
  store.organizations.insertPlan('org_a', { id: 'basic', name: 'Basic' });
  expect(statements()).toEqual([]);
});

test('of a store that was closed within a series, nothing is left to end', () => {
  const { store, create } = withSeries();
  for (const id of ['grp_1', 'grp_2']) create(id);
  store.close();
  expect(() => store.sliced.settle()).not.toThrow();
});

test('in a file each row of a series is stored at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'series-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [left, found] = [join(folder, 'left'), join(folder, 'found')];
  mkdirSync(left);
  const { create } = withSeries(join(left, 'world.db'));
  for (const id of ['grp_1', 'grp_2', 'grp_3']) create(id);
  // As a process leaves it that is killed.
  cpSync(left, found, { recursive: true });
  const copy = openStore(join(found, 'world.db'));
  onTestFinished(() => copy.close());
  expect(copy.groups.count('org_a')).toBe(3);
});
