import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WorldClock } from './clock.ts';
import { type Progress, SyncQueue } from './queue.ts';

const start = Date.parse('2026-01-15T10:30:00Z');

/** A queue in frozen time, and the ids of the syncs that it has completed. */
function openQueue(progress: Progress) {
  const clock = new WorldClock({ now: () => start, after: () => () => {} });
  clock.freeze();
  const completed: string[] = [];
  const queue = new SyncQueue(clock, progress, { complete: ({ id }) => void completed.push(id) });
  const add = (id: string, groupKey: number) => queue.add({ id, groupKey, acceptedAt: clock.timestamp() });
  return { queue, clock, completed, add };
}

describe('with a delay', () => {
  test('a sync completes when the delay has passed in world time since it was accepted, not before', () => {
    const { clock, completed, add } = openQueue({ after: 'delay', ms: 500 });
    add('a', 1);
    clock.advance(300);
    add('b', 2);
    clock.advance(199);
    expect(completed).toEqual([]);
    clock.advance(1);
    expect(completed).toEqual(['a']);
    clock.advance(300);
    expect(completed).toEqual(['a', 'b']);
  });

  test('a sync that was accepted before a restart completes when its delay has passed', () => {
    const { queue, clock, completed } = openQueue({ after: 'delay', ms: 500 });
    queue.add({ id: 'old', groupKey: 1, acceptedAt: '2026-01-15T10:29:00Z' });
    clock.advance(0);
    expect(completed).toEqual(['old']);
  });

  test('a completion that fails is reported, and retried later in the same order', () => {
    const { clock } = openQueue({ after: 'delay', ms: 500 });
    let diskIsFull = true;
    const completed: string[] = [];
    const failures: string[] = [];
    const complete = ({ id }: { readonly id: string }) => {
      if (diskIsFull) throw new Error('database or disk is full');
      completed.push(id);
    };
    const failed = (id: string, error: unknown) => void failures.push(`${id}: ${(error as Error).message}`);
    const queue = new SyncQueue(clock, { after: 'delay', ms: 500 }, { complete, failed });
    for (const id of ['a', 'b']) queue.add({ id, groupKey: 1, acceptedAt: clock.timestamp() });
    clock.advance(500);
    expect(failures).toEqual(['a: database or disk is full', 'b: database or disk is full']);
    diskIsFull = false;
    clock.advance(1000);
    expect(completed).toEqual(['a', 'b']);
  });

  test('retrievals do not complete a sync', () => {
    const { queue, completed, add } = openQueue({ after: 'delay', ms: 500 });
    add('a', 1);
    for (let poll = 0; poll < 10; poll++) queue.countPoll('a');
    expect(completed).toEqual([]);
  });
});

describe('with a number of retrievals', () => {
  test('a sync completes with the last of them, regardless of time', () => {
    const { queue, clock, completed, add } = openQueue({ after: 'polls', count: 2 });
    add('a', 1);
    clock.advance(1_000_000);
    queue.countPoll('a');
    expect(completed).toEqual([]);
    queue.countPoll('a');
    expect(completed).toEqual(['a']);
  });

  test('a sync waits for earlier syncs of its group, and its own retrievals still count', () => {
    const { queue, completed, add } = openQueue({ after: 'polls', count: 1 });
    add('first', 1);
    add('second', 1);
    queue.countPoll('second');
    expect(completed).toEqual([]);
    queue.countPoll('first');
    expect(completed).toEqual(['first', 'second']);
  });

  test('a sync completes at once if no retrieval is needed', () => {
    const { completed, add } = openQueue({ after: 'polls', count: 0 });
    add('a', 1);
    expect(completed).toEqual(['a']);
  });
});

describe('with manual completion', () => {
  test('a sync completes once, when it is released, and neither time nor retrievals complete it', () => {
    const { queue, clock, completed, add } = openQueue({ after: 'manual' });
    add('a', 1);
    clock.advance(1_000_000);
    queue.countPoll('a');
    expect(completed).toEqual([]);
    queue.release('a');
    queue.release('a');
    expect(completed).toEqual(['a']);
  });

  test('a release or retrieval of an unknown sync has no effect', () => {
    const { queue, completed } = openQueue({ after: 'manual' });
    queue.release('unknown');
    queue.countPoll('unknown');
    expect(completed).toEqual([]);
  });

  test('a group does not wait for a sync of another group', () => {
    const { queue, completed, add } = openQueue({ after: 'manual' });
    add('a', 1);
    add('b', 2);
    queue.release('b');
    expect(completed).toEqual(['b']);
  });
});

test('each group completes its syncs once and in the order accepted, in whatever order they become ready (§8.11)', () => {
  const history = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 });
  const plan = history.chain((groups) =>
    fc.tuple(fc.constant(groups), fc.shuffledSubarray([...groups.keys()], { minLength: 0 })),
  );
  fc.assert(
    fc.property(plan, ([groups, released]) => {
      const { queue, completed, add } = openQueue({ after: 'manual' });
      for (const [index, group] of groups.entries()) add(String(index), group);
      for (const index of released) queue.release(String(index));
      for (const group of [1, 2, 3]) {
        const accepted = [...groups.keys()].filter((index) => groups[index] === group);
        const held = accepted.findIndex((index) => !released.includes(index));
        const expected = held < 0 ? accepted : accepted.slice(0, held);
        expect(completed.map(Number).filter((index) => groups[index] === group)).toEqual(expected);
      }
    }),
  );
});
