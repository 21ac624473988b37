import { expect, onTestFinished, test } from 'vitest';
import { defaultQuirks } from '../domain/quirks.ts';
import { randomStream } from '../domain/random.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { basicRow } from '../test-support/town.ts';
import { completeSync } from './reconciliation.ts';

const acceptedAt = '2026-01-15T10:30:00.000Z';
const completedAt = '2026-01-15T10:30:01.000Z';

/** A store with one group and one sync in flight, of ann and bob. */
function withSync() {
  const store = openSqliteStore();
  onTestFinished(() => store.close());
  store.organizations.create({ id: 'org_a', slug: 'a' });
  store.organizations.addPlan('org_a', { id: 'basic', name: 'Basic' });
  store.groups.create({
    id: 'grp_1',
    organization_id: 'org_a',
    name: 'A group',
    external_reference_id: null,
    created_at: acceptedAt,
    updated_at: acceptedAt,
  });
  const sync = { id: 'sync', groupKey: 1, acceptedAt };
  store.syncs.accept(sync, [basicRow('ann'), basicRow('bob')]);
  const random = randomStream('test');
  return { store, sync, context: { store, clock: { timestamp: () => completedAt }, random, quirks: defaultQuirks } };
}

test('membership, results and completion appear together (SYNC-3)', () => {
  const { store, sync, context } = withSync();
  completeSync(context, sync.id);
  const { results } = store.syncs.find(1, 'sync') ?? {};
  expect(store.syncs.find(1, 'sync')).toMatchObject({ accepted_at: acceptedAt, completed_at: completedAt });
  expect(results?.added_group_member_ids).toEqual(store.members.roster(1).map(({ memberId }) => memberId));
  expect(store.syncs.inFlight()).toEqual([]);
});

test('members and accounts have ids with different prefixes', () => {
  const { store, sync, context } = withSync();
  completeSync(context, sync.id);
  for (const { memberId } of store.members.roster(1)) expect(memberId).toMatch(/^grpmbr_[\w-]{21}[AQgw]$/);
  for (const { id } of store.members.list('org_a', { limit: 10, offset: 0 }))
    expect(id).toMatch(/^mbr_[\w-]{21}[AQgw]$/);
});

test('a completion that fails half-way stores no member, and the sync stays in flight with its roster', () => {
  const { store, sync, context } = withSync();
  const { complete } = store.syncs;
  store.syncs.complete = (id, reconciled, at) => {
    const [first, ...rest] = reconciled.changes;
    const broken = { ...first, addition: { ...(first as { addition: object }).addition, planId: 'gone' } };
    complete(id, { ...reconciled, changes: [...rest, broken as never] }, at);
  };
  expect(() => completeSync(context, sync.id)).toThrow('FOREIGN KEY');
  expect(store.members.roster(1)).toEqual([]);
  expect(store.syncs.find(1, 'sync')).toMatchObject({ completed_at: null, results: null });

  store.syncs.complete = complete;
  completeSync(context, sync.id);
  expect(store.members.roster(1).map(({ referenceId }) => referenceId)).toEqual(['ann', 'bob']);
});

test('a second completion of a sync throws and changes nothing', () => {
  const { store, sync, context } = withSync();
  completeSync(context, sync.id);
  const before = store.syncs.find(1, 'sync');
  expect(() => completeSync(context, sync.id)).toThrow();
  expect(store.syncs.find(1, 'sync')).toEqual(before);
  expect(store.members.roster(1)).toHaveLength(2);
});
