import { expect, onTestFinished, test } from 'vitest';
import { Problem } from '../domain/problems.ts';
import { defaultQuirks } from '../domain/quirks.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { at, group } from '../test-support/store-tests.ts';
import { basicRow } from '../test-support/town.ts';
import { acceptSync } from './acceptance.ts';
import { WorldClock } from './clock.ts';
import { SyncQueue } from './queue.ts';

/** Two groups, and a queue that completes no sync by itself. */
function openGroups(overlap: 'queue' | 'reject') {
  const store = openSqliteStore();
  onTestFinished(() => store.close());
  store.organizations.create({ id: 'org_a', slug: 'a' });
  for (const id of ['grp_1', 'grp_2']) store.groups.create(group(id));
  const clock = new WorldClock({ now: () => 0, after: () => () => {} });
  const queue = new SyncQueue(clock, { after: 'manual' }, { complete: () => {} });
  const quirks = { ...defaultQuirks, overlap };
  const accept = (id: string, groupKey: number) =>
    acceptSync({ store, queue, quirks }, { id, groupKey, acceptedAt: at }, [basicRow('ann')]);
  return { store, queue, accept };
}

test('overlap=queue: a second sync of a group is stored and waits for the first (§8.27)', () => {
  const { store, queue, accept } = openGroups('queue');
  for (const id of ['first', 'second']) accept(id, 1);
  expect(store.syncs.inFlight().map(({ id }) => id)).toEqual(['first', 'second']);
  expect(queue.progress('second')).toBe('queued');
});

test('overlap=reject: a second sync of a group is refused with the id of the first, and is not stored (§8.27)', () => {
  const { store, queue, accept } = openGroups('reject');
  accept('first', 1);
  const refused = () => accept('second', 1);
  expect(refused).toThrow(Problem);
  expect(refused).toThrow(expect.objectContaining({ kind: 'conflict', code: 'sync_in_flight' }));
  expect(refused).toThrow('sync request first');
  expect(store.syncs.inFlight().map(({ id }) => id)).toEqual(['first']);
  expect(queue.progress('second')).toBeUndefined();
  expect(() => accept('elsewhere', 2)).not.toThrow();
});
