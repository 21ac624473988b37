import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultProfiles, type MockOptions } from '../index.ts';
import { GoodClient } from '../test-support/clients.ts';
import { acme, globex, globexPlan, openMock, row } from '../test-support/frozen-mock.ts';

const month = (number: number) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../spec/examples/employer/2026-0${number}.json`), 'utf8'))
    .members;

/** A year of an employer: people join, leave and return, rows are corrected, a plan changes in two steps, everyone leaves. */
async function yearOf(client: GoodClient, reference: string): Promise<void> {
  const group = await client.ensureGroup('Keystone Bakery', reference);
  for (const number of [1, 2, 3, 4]) await client.sync(group, month(number));
  const isBlocked = ({ reference_id }: { reference_id: string }) => reference_id === 'emp-0132';
  const { failures } = await client.sync(group, [...month(4), ...month(5).filter(isBlocked)]);
  expect(failures).toMatchObject([{ reference_id: 'emp-0132' }]);
  for (const number of [6, 7])
    await client.sync(
      group,
      month(number).filter((one: never) => !isBlocked(one)),
    );
  expect(await client.ensureGroup('Keystone Bakery', reference)).toBe(group);
  await client.sync(group, month(7));
  await client.sync(group, []);
}

test.for<[string, MockOptions]>([
  ['nothing goes wrong', {}],
  ...Array.from({ length: 8 }, (_, index): [string, MockOptions] => [
    `some answers are lost, cut off or refused (${index})`,
    {
      faults: (faultProfiles.flaky?.faults ?? []).map((fault, each) => ({ ...fault, seed: 10 * index + each })),
    },
  ]),
  ...Array.from({ length: 8 }, (_, index): [string, MockOptions] => [
    `requests are limited (${index})`,
    { faults: [{ status: 429, retry_after: 1, probability: 0.35, seed: index }] },
  ]),
  [
    'both together',
    { faults: [...(faultProfiles.flaky?.faults ?? []), ...(faultProfiles['rate-limited']?.faults ?? [])] },
  ],
  ['syncs take half a minute', { progress: { after: 'delay', ms: 30_000 } }],
  ['syncs take retrievals', { progress: { after: 'polls', count: 6 } }],
])('a correct client gets no findings if %s', async ([, options]) => {
  const { mock } = await openMock(options);
  mock.clock().freeze();
  const wait = (ms: number) => void mock.clock().advance(ms);
  const clients = [new GoodClient(mock, wait), new GoodClient(mock, wait, globex)] as const;
  await yearOf(clients[0], 'keystone-bakery');
  await clients[0].ensureGroup('Another', 'another');
  const theirs = await clients[1].ensureGroup('Theirs', 'theirs');
  await clients[1].sync(theirs, [row('zed', { plan_id: globexPlan })]);
  await clients[0].groups(1);
  await clients[0].groups(100);
  const { findings, exchanges } = mock.control().advise();
  expect(findings).toEqual([]);
  expect(exchanges).toBeGreaterThan(40);
});

test('several workers with one key that all wait as requested get no findings under rate limits', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { mock } = await openMock({ faults: [{ status: 429, retry_after: 1, probability: 0.35, seed }] });
    mock.clock().freeze();
    // All workers share one clock, and the one whose wait ends first is woken next.
    let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
    const wait = (ms: number) => new Promise<void>((wake) => sleepers.push({ at: mock.clock().now() + ms, wake }));
    let busy = 6;
    const work = async (index: number) => {
      const client = new GoodClient(mock, wait, acme);
      await client.request('GET', '/v1/plans');
      const group = await client.ensureGroup(`Employer ${index}`, `employer-${index}`);
      await client.sync(group, [row(`only-${index}`)]);
      busy -= 1;
    };
    const done = Promise.all(Array.from({ length: busy }, (_, index) => work(index)));
    while (busy > 0) {
      await new Promise(setImmediate);
      const [next] = sleepers.toSorted((a, b) => a.at - b.at);
      if (next === undefined) continue;
      mock.clock().advance(next.at - mock.clock().now());
      sleepers = sleepers.filter((one) => one !== next);
      next.wake();
    }
    await done;
    expect(mock.control().advise().findings, `seed ${seed}`).toEqual([]);
  }
});
