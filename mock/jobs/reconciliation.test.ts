import { expect, onTestFinished, test } from 'vitest';
import { defaultQuirks } from '../domain/quirks.ts';
import { randomStream } from '../domain/random.ts';
import { row } from '../domain/testing.ts';
import { inMemory } from '../store/database.ts';
import { openStore } from '../store/store.ts';
import { completeSync } from './reconciliation.ts';

const acceptedAt = '2026-01-15T10:30:00.000Z';
const completedAt = '2026-01-15T10:30:01.000Z';

/** A store with one group and one sync in flight, of ann and bob. */
function withSync() {
  const store = openStore(inMemory);
  onTestFinished(() => store.close());
  store.organizations.insert({ id: 'org_a', slug: 'a' });
  store.organizations.insertPlan('org_a', { id: 'basic', name: 'Basic' });
  store.groups.insert({
    id: 'grp_1',
    organization_id: 'org_a',
    name: 'A group',
    external_reference_id: null,
    created_at: acceptedAt,
    updated_at: acceptedAt,
  });
  const sync = { id: 'sync', groupKey: 1, acceptedAt };
  store.syncs.accept(sync, [row('ann'), row('bob')]);
  const random = randomStream('test');
  return { store, sync, workplace: { store, clock: { timestamp: () => completedAt }, random, quirks: defaultQuirks } };
}

test('membership, results and completion appear together (SYNC-3)', () => {
  const { store, sync, workplace } = withSync();
  completeSync(workplace, sync);
  const { results } = store.syncs.find(1, 'sync') ?? {};
  expect(store.syncs.find(1, 'sync')).toMatchObject({ accepted_at: acceptedAt, completed_at: completedAt });
  expect(results?.added_group_member_ids).toEqual(store.members.roster(1).map(({ memberId }) => memberId));
  expect(store.syncs.inFlight()).toEqual([]);
});

test('members and accounts have ids of their own kind', () => {
  const { store, sync, workplace } = withSync();
  completeSync(workplace, sync);
  for (const { memberId } of store.members.roster(1)) expect(memberId).toMatch(/^grpmbr_[\w-]{21}[AQgw]$/);
  for (const { id } of store.members.book('org_a', { limit: 10, offset: 0 }))
    expect(id).toMatch(/^mbr_[\w-]{21}[AQgw]$/);
});

test('a completion that breaks off half-way leaves no member, and the sync in flight with its roster', () => {
  const { store, sync, workplace } = withSync();
  const { apply } = store.members;
  let applied = 0;
  store.members.apply = (...change) => {
    if (++applied === 2) throw new Error('the disk is full');
    apply(...change);
  };
  expect(() => completeSync(workplace, sync)).toThrow('the disk is full');
  expect(store.members.roster(1)).toEqual([]);
  expect(store.syncs.find(1, 'sync')).toMatchObject({ completed_at: null, results: null });

  store.members.apply = apply;
  completeSync(workplace, sync);
  expect(store.members.roster(1).map(({ referenceId }) => referenceId)).toEqual(['ann', 'bob']);
});

test('a sync is completed once: a second completion changes nothing', () => {
  const { store, sync, workplace } = withSync();
  completeSync(workplace, sync);
  const before = store.syncs.find(1, 'sync');
  expect(() => completeSync(workplace, sync)).toThrow();
  expect(store.syncs.find(1, 'sync')).toEqual(before);
  expect(store.members.roster(1)).toHaveLength(2);
});
