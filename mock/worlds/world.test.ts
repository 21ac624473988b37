import { expect, onTestFinished, test } from 'vitest';
import { defaultQuirks } from '../domain/quirks.ts';
import { randomStream } from '../domain/random.ts';
import { acceptSync } from '../jobs/acceptance.ts';
import { row, stoppedHost } from '../test-support/frozen-mock.ts';
import { defaultSeed } from './seed.ts';
import { openWorld, type World } from './world.ts';

const initial = { status: 503, probability: 0.5 };

/** A world with one initial fault and one sync in flight, of ada. */
function open(name = 'main'): World {
  const settings = { seed: defaultSeed, faults: [initial], host: stoppedHost, random: randomStream('test') };
  const world = openWorld(name, { ...settings, quirks: defaultQuirks, progress: { after: 'polls', count: 3 } });
  onTestFinished(() => world.close());
  const [acme] = world.store.overview.organizations();
  const at = world.clock.timestamp();
  const group = { organization_id: acme?.id as string, external_reference_id: null, created_at: at, updated_at: at };
  const created = world.store.groups.create({ ...group, id: 'grp_1', name: 'A group' });
  acceptSync(world, { id: 'sync', groupKey: created?.key as number, acceptedAt: at }, [row('ada')]);
  return world;
}

/** What the world shows of what it keeps in memory. */
const memory = ({ faults, rejections, queue, clock, quirks, progress, journal, store }: World) => ({
  faults: faults.list(),
  rejections: rejections.list(),
  sync: queue.progress('sync'),
  clock: [clock.now(), clock.frozen],
  settings: [quirks, progress],
  digest: journal.digest('text'),
  groups: store.groups.page(store.overview.organizations()[0]?.id as string, 10, 0),
});

test('reloading restores everything from the store, however often, and does not add the initial faults again', () => {
  const world = open();
  for (let request = 0; request < 5; request++) world.faults.next('listPlans');
  world.faults.add({ status: 429, times: 2 });
  world.rejections.add({ reference_id: 'ada', reason: 'No.' });
  world.queue.stall('sync');
  world.clock.advance(5000);
  world.clock.freeze();
  world.configure({ quirks: { phone: 'required' } });
  const before = [memory(world), world.store.snapshot.readAll()];
  world.reload();
  world.reload();
  expect([memory(world), world.store.snapshot.readAll()]).toEqual(before);
});

test('after the content of another world was copied into its store, a reloaded world goes on like the other', () => {
  const [original, copy] = [open(), open()];
  original.rejections.add({ reference_id: 'ada', reason: 'No.' });
  for (let request = 0; request < 5; request++) original.faults.next('listPlans');
  original.clock.freeze(0);
  original.queue.countPoll('sync');
  original.queue.countPoll('sync');
  let changes = 0;
  copy.watch(() => {
    changes += 1;
  });
  copy.store.snapshot.replaceAll(original.store.snapshot.readAll());
  copy.reload();
  expect(changes).toBeGreaterThan(0);
  expect(memory(copy)).toEqual(memory(original));
  for (const world of [original, copy]) {
    for (let request = 0; request < 20; request++) world.faults.next('listPlans');
    expect(world.queue.progress('sync')).toBe('queued');
    world.queue.countPoll('sync');
    expect(world.journal.read().completions).toMatchObject([{ failed: 1 }]);
  }
  expect(memory(copy)).toEqual(memory(original));
});

test('a completion that cannot be stored uses up no rejection, and is not in the journal', () => {
  const world = open();
  world.rejections.add({ reference_id: 'ada', reason: 'No.' });
  const { complete } = world.store.syncs;
  world.store.syncs.complete = () => {
    throw new Error('database or disk is full');
  };
  expect(() => world.queue.complete('sync')).toThrow('full');
  expect(world.rejections.list()).toHaveLength(1);
  expect(world.journal.read().completions).toEqual([]);
  world.store.syncs.complete = complete;
  world.queue.complete('sync');
  expect(world.rejections.list()).toEqual([]);
  expect(world.journal.read().completions).toMatchObject([{ failed: 1, failed_again: 0 }]);
});

test('a snapshot brings neither faults nor rejections: after it, the faults are the initial ones', () => {
  const world = open();
  for (let request = 0; request < 5; request++) world.faults.next('listPlans');
  world.faults.add({ status: 429 });
  world.rejections.add({ reference_id: 'ada', reason: 'No.' });
  const saved = world.store.snapshot.read();
  world.refill(() => world.store.snapshot.replace(saved));
  expect(world.faults.list()).toEqual([{ ...initial, id: 'fault-1', happened: 0 }]);
  expect(world.rejections.list()).toEqual([]);
  expect(world.queue.progress('sync')).toBe('queued');
});

test('a refused snapshot leaves faults and rejections as they were', () => {
  const world = open();
  world.faults.add({ status: 429 });
  world.rejections.add({ reference_id: 'ada', reason: 'No.' });
  const before = memory(world);
  expect(() => world.refill(() => world.store.snapshot.replace({ plans: [{ price: 1 }] }))).toThrow('price');
  expect(memory(world)).toEqual(before);
});
