import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { matchKeys, mergeDetails } from '../../domain/people.ts';
import type { Addition } from '../../domain/roster.ts';
import { openReplicas, publish } from '../../test-support/replicated-store.ts';
import { at, group } from '../../test-support/store-tests.ts';
import { basicRow } from '../../test-support/town.ts';
import { cachedStore } from '../cached.ts';
import type { TableRow } from '../snapshots.ts';
import type { Store } from '../store.ts';
import { inMemory, openDatabase } from './database.ts';
import { openSqliteStore, sqliteStore } from './store.ts';

const references = [null, '', 'x', 'y'] as const;

/** A subscription to a plan of a new person, or of the one with a key. */
function addition(reference: number, person: number, plan: number): Addition {
  const details = mergeDetails(undefined, basicRow(`person ${person}`));
  return {
    referenceId: `row ${reference}`,
    memberId: `member ${reference} ${person}`,
    planId: `plan ${plan}`,
    person: person > 2 ? { newId: `account ${reference} ${person}` } : person,
    details,
    keys: matchKeys(details),
  };
}

/** Gives the keys of some rows to each other, as if they had been created in another order. */
const reordered = (rows: readonly TableRow[] = []): TableRow[] =>
  rows.map((row, index) => ({ ...row, key: rows.at(-1 - index)?.key as number }));

/** What can happen to a store; `a` and `b` are from 0 to 3. Much of it is refused. */
const actions: Readonly<Record<string, (store: Store, a: number, b: number) => unknown>> = {
  createOrganization: (store, a) => store.organizations.create({ id: `org_${'bdca'[a]}`, slug: `slug ${a}` }),
  addPlan: (store, a, b) => store.organizations.addPlan(`org_${'abcd'[b]}`, { id: `plan ${a}`, name: `Plan ${b}` }),
  createGroup: (store, a, b) =>
    store.groups.create(group(`grp_${a}${b}`, { external_reference_id: references[a] as string })),
  renameGroup: (store, a, b) =>
    store.groups.update(
      a + 1,
      group(`grp_${a}`, { name: `Name ${b}`, external_reference_id: references[b] as string }),
    ),
  readGroups: (store, a, b) => [store.groups.page('org_a', a + 1, b), store.groups.count('org_a')],
  findGroup: (store, a, b) => [
    store.groups.find('org_a', `grp_${a}${b}`),
    store.groups.byReference('org_a', references[a] ?? ''),
  ],
  subscribe: (store, a, b) => store.members.subscribe(a + 1, addition(b, a, b % 2), 'active', at),
  subscribeNew: (store, a, b) => store.members.subscribe(a + 1, addition(b, 3 + a, a % 2), 'active', at),
  unsubscribe: (store, a) => store.members.unsubscribe(a + 1, 'removed', at),
  readRoster: (store, a) => store.members.roster(a + 1),
  acceptSync: (store, a, b) =>
    store.syncs.accept({ id: `sync ${b}`, groupKey: a + 1, acceptedAt: at }, [basicRow('a\0b')], { alone: b > 1 }),
  pollSync: (store, a, b) => store.syncs.setPolls(`sync ${b}`, a),
  stallSync: (store, _, b) => store.syncs.setProgress(`sync ${b}`, 'stalled'),
  completeSync(store, a, b) {
    const results = { added_group_member_ids: [`${a}`], removed_group_member_ids: [], failures: [] };
    const changes = [
      { kind: 'subscribe', addition: addition(a, 3 + b, 0), state: 'active' },
      { kind: 'fail', referenceId: `row ${a + 1}`, state: 'blocked' },
      { kind: 'subscribe', addition: addition(b, a, b), state: 'active' },
    ] as const;
    store.syncs.complete(`sync ${b}`, { changes: changes.slice(a % 2, a), results }, at);
  },
  readSyncs: (store, a, b) => [store.syncs.inFlight(), store.syncs.find(a + 1, `sync ${b}`)],
  issueToken: (store, a, b) =>
    store.tokens.issue({ text: `token ${a}`, organizationId: 'org_a', expiresAt: b + 0.5, boundEntity: null }, a),
  moveClock: (store, a, b) => store.clock.save({ offset: a - 0.1, frozenAt: b > 1 ? b : null }),
  saveSettings: (store, a) => store.settings.save(`{"sync_polls":${a}}`),
  addFault: (store, a, b) => store.faults.add({ number: a + b, request: { status: 500 + b }, draws: 0, happened: 0 }),
  countFault: (store, a, b) => store.faults.count({ number: a, request: { status: 503 }, draws: b, happened: b }),
  removeFault: (store, a) => store.faults.remove(a),
  clearFaults: (store) => store.faults.clear(),
  addRejection: (store, a, b) =>
    store.rejections.add({ reference_id: `row ${a}`, operation: 'add', reason: '\0', times: b }),
  updateRejection: (store, a, b) =>
    store.rejections.update(a, { reference_id: `row ${a}`, operation: 'remove', reason: 'No.', times: b }),
  removeRejection: (store, a) => store.rejections.remove(a),
  clearRejections: (store) => store.rejections.clear(),
  setFailedRows: (store, a, b) => store.journal.setFailedRows(`grp_${a}`, Array(b).fill('digest')),
  clearFailedRows: (store) => store.journal.clearFailedRows(),
  clear: (store) => store.snapshot.clear(),
  fill(store) {
    store.snapshot.clear();
    fill(store);
  },
  replace(store) {
    const content = store.snapshot.read();
    store.snapshot.replace({ ...content, organizations: content.organizations?.toReversed() ?? [] });
  },
  reorderPlans(store) {
    const content = store.snapshot.read();
    store.snapshot.replace({ ...content, plans: reordered(content.plans) });
  },
};

function fill({ organizations, groups }: Store): void {
  for (const slug of ['b', 'a']) organizations.create({ id: `org_${slug}`, slug });
  for (const plan of [0, 1]) organizations.addPlan('org_a', { id: `plan ${plan}`, name: 'Plan' });
  for (const number of [0, 1, 2])
    groups.create(group(`grp_${number}`, { external_reference_id: references[number + 1] as string }));
}

const action = fc.record({
  name: fc.constantFrom(...Object.keys(actions)),
  a: fc.nat(3),
  b: fc.nat(3),
});
const step = fc.record({
  /** Actions in a transaction, which fails after them, or without one. */
  parts: fc.array(
    fc.record({
      actions: fc.array(action, { minLength: 1, maxLength: 4 }),
      how: fc.constantFrom('plain', 'plain', 'transaction', 'failing'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  replica: fc.nat(2),
  end: fc.constantFrom('keep', 'keep', 'keep', 'undo', 'fold'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Runs a part, and returns what it returned or refused. */
function run(store: Store, { actions: several, how }: Step['parts'][number]): unknown {
  const each = () =>
    several.map(({ name, a, b }) => {
      try {
        return [name, actions[name]?.(store, a, b)];
      } catch (error) {
        return [name, (error as Error).message];
      }
    });
  if (how === 'plain') return each();
  let outcome: unknown;
  try {
    store.transaction(() => {
      outcome = each();
      if (how === 'failing') throw new Error('the transaction fails');
    });
  } catch {}
  return outcome;
}

test('after any units, kept or undone, every replica has the content of a store that never was replicated', () => {
  const single = openSqliteStore();
  fill(single);
  const begin = single.snapshot.readAll();
  const replicas = [...openReplicas(3)];
  let fresh = cachedStore(openSqliteStore());
  onTestFinished(() => {
    for (const store of [single, fresh, ...replicas]) store.close();
  });
  /** Replaces a replica by another store with the same content. */
  const fold = (index: number) => {
    const folded = replicas[index] as Store;
    fresh.snapshot.replaceAll(JSON.parse(JSON.stringify(folded.snapshot.readAll())));
    replicas[index] = fresh;
    fresh = folded;
  };
  const take = ({ parts, replica, end }: Step) => {
    const store = replicas[replica] as Store;
    store.replication.begin();
    for (const part of parts) {
      const outcome = run(store, part);
      if (end !== 'undo') expect(outcome).toEqual(run(single, part));
    }
    if (end === 'undo') store.replication.undo();
    else publish(store, replicas);
    if (end === 'fold') fold(replica);
  };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      for (const { snapshot } of [single, ...replicas]) snapshot.replaceAll(begin);
      steps.forEach(take);
      const content = single.snapshot.readAll();
      for (const { snapshot } of replicas) expect(snapshot.readAll()).toEqual(content);
    }),
    { numRuns: 40 },
  );
});

test('a change of many rows is applied, and a replica still refuses what refers to nothing', () => {
  const replicas = openReplicas(2);
  onTestFinished(() => {
    for (const replica of replicas) replica.close();
  });
  const [one, other] = replicas as [Store, Store];
  one.replication.begin();
  fill(one);
  for (let row = 0; row < 300; row += 1) one.members.subscribe(1, addition(100 + row, 100 + row, 0), 'active', at);
  expect(one.replication.changes().length).toBeGreaterThan(16 * 1024);
  publish(one, replicas);
  expect(other.snapshot.readAll()).toEqual(one.snapshot.readAll());
  for (const store of replicas)
    expect(() => store.organizations.addPlan('org_none', { id: 'plan', name: 'Plan' })).toThrow('FOREIGN KEY');
});

describe('rows that exchange unique values in one unit are replicated', () => {
  function filledReplicas() {
    const replicas = openReplicas(2) as [Store, Store];
    onTestFinished(() => {
      for (const store of replicas) store.close();
    });
    const [store, copy] = replicas;
    store.replication.begin();
    fill(store);
    publish(store, replicas);
    return { store, copy, replicas };
  }

  test('the references of groups', () => {
    const { store, copy, replicas } = filledReplicas();
    store.replication.begin();
    for (const [key, reference] of [
      [2, null],
      [3, 'x'],
      [2, 'y'],
    ] as const)
      store.groups.update(key, group(`grp_${key - 1}`, { external_reference_id: reference }));
    publish(store, replicas);
    expect(copy.groups.byReference('org_a', 'x')?.id).toBe('grp_2');
    expect(copy.groups.byReference('org_a', 'y')?.id).toBe('grp_1');
    expect(copy.groups.create(group('grp_9', { external_reference_id: 'y' }))).toBeUndefined();
    expect(copy.snapshot.readAll()).toEqual(store.snapshot.readAll());
  });

  test('the keys of plans, if the content of the world is replaced', () => {
    const { store, copy, replicas } = filledReplicas();
    store.replication.begin();
    actions['reorderPlans']?.(store, 0, 0);
    publish(store, replicas);
    expect(copy.organizations.plans('org_a').map(({ id }) => id)).toEqual(['plan 1', 'plan 0']);
    expect(copy.snapshot.readAll()).toEqual(store.snapshot.readAll());
  });
});

test('a unit in which nothing was changed, or a replacement was refused, has no changes', () => {
  const [store] = openReplicas(1) as [Store];
  onTestFinished(() => store.close());
  fill(store);
  store.replication.begin();
  store.groups.page('org_a', 10, 0);
  expect(() => store.snapshot.replace({ groups: [{ key: 1 }] })).toThrow('NOT NULL');
  expect(store.replication.changes()).toHaveLength(0);
  store.replication.keep();
});

describe('a replica of the next release, which has one more table, and one of this release', () => {
  /** Replicas with the same content, and how to write and read the table that only the newer one knows. */
  function openReleases() {
    const database = openDatabase(inMemory);
    database.exec(
      "CREATE TABLE later (key INTEGER PRIMARY KEY, text TEXT NOT NULL); INSERT INTO later VALUES (1, 'first')",
    );
    const [older, newer] = [openSqliteStore(), sqliteStore(database)];
    onTestFinished(() => {
      for (const store of [older, newer]) store.close();
    });
    older.snapshot.replaceAll(newer.snapshot.readAll());
    return {
      older,
      newer,
      write: (text: string) => database.prepare('INSERT INTO later (text) VALUES (?)').run(text),
      written: () =>
        database
          .prepare('SELECT text FROM later')
          .all()
          .map(({ text }) => text),
      /** Runs a unit on one of them, which the other one then applies. */
      unit(store: Store, work: () => void) {
        store.replication.begin();
        work();
        publish(store, [older, newer]);
        const { later: _, ...known } = newer.snapshot.readAll();
        expect(older.snapshot.readAll()).toEqual(known);
      },
    };
  }

  test('apply the changes of each other, and lose nothing that they know', () => {
    const { older, newer, write, written, unit } = openReleases();
    unit(newer, () => {
      fill(newer);
      write('second');
    });
    unit(older, () => older.groups.update(1, group('grp_0', { name: 'Renamed' })));
    unit(newer, () => write('third'));
    expect(written()).toEqual(['first', 'second', 'third']);
    expect(newer.groups.find('org_a', 'grp_0')?.name).toBe('Renamed');
  });

  test('replace the content for each other; only the newer one empties what only it knows', () => {
    const { older, newer, write, written, unit } = openReleases();
    unit(newer, () => {
      fill(newer);
      write('second');
    });
    unit(older, () => actions['fill']?.(older, 0, 0));
    expect(written()).toEqual(['first', 'second']);
    unit(newer, () => actions['fill']?.(newer, 0, 0));
    expect(written()).toEqual([]);
    expect(older.groups.count('org_a')).toBe(3);
  });

  test('load a copy of each other; tables that the older one has not copied are as they were created', () => {
    const { older, newer, written } = openReleases();
    fill(newer);
    older.snapshot.replaceAll(JSON.parse(JSON.stringify(newer.snapshot.readAll())));
    older.groups.update(1, group('grp_0', { name: 'Renamed' }));
    newer.snapshot.replaceAll(JSON.parse(JSON.stringify(older.snapshot.readAll())));
    expect(newer.groups.find('org_a', 'grp_0')?.name).toBe('Renamed');
    expect(newer.snapshot.readAll()).toMatchObject(older.snapshot.readAll());
    expect(written()).toEqual(['first']);
  });
});
