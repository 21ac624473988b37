import { expect, test } from 'vitest';
import { acme, acmePlan, openMock, row } from '../test-support/frozen-mock.ts';

test('100 worlds that 8 clients use at once with the same people stay isolated', async () => {
  const { mock, call, group, sync } = await openMock();
  const worlds = Array.from({ length: 100 }, (_, n) => `w-${n}`);
  // The same people in every world, but a group with a different size and name in each.
  const people = Array.from({ length: 10 }, (_, n) => row(`person-${n}`, { plan_id: acmePlan }));
  const queue = [...worlds.entries()];
  const seen = new Map<string, readonly string[]>();

  const client = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, world] = next;
      const key = `${acme}.${world}`;
      const roster = people.slice(0, 1 + (index % people.length));
      const id = await group(world, key);
      const first = await sync(id, roster, key);
      expect(first.added).toHaveLength(roster.length);
      expect(first.failed).toEqual([]);
      const second = await sync(id, people.slice(0, 1), key);
      expect(second.removed).toEqual(first.added.slice(1));
      seen.set(world, first.added);
      const listed = await call('GET', '/v1/groups', { key });
      expect(listed.body.data.map(({ name }: { name: string }) => name)).toEqual([world]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));

  expect(seen.size).toBe(worlds.length);
  const ids = [...seen.values()].flat();
  expect(new Set(ids).size).toBe(ids.length);
  mock.clock('w-0').freeze();
  expect(mock.clock('w-0').frozen).toBe(true);
  expect(mock.clock('w-1').frozen).toBe(false);
});
