import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { startMock } from '../index.ts';
import { acme, type FrozenMock, openMock } from '../test-support/frozen-mock.ts';

const roster = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../spec/examples', file), 'utf8')).members;

const listed = async ({ call }: FrozenMock, reference: string) =>
  (await call('GET', `/v1/groups?external_reference_id=${reference}`)).body;

const bakery = async (world: FrozenMock): Promise<string> => (await listed(world, 'keystone-bakery')).data[0].id;

/** Tries what each scenario suggests and checks what it promises. A scenario without a play does not compile. */
const plays: Readonly<Record<ScenarioName, (world: FrozenMock) => Promise<void>>> = {
  async empty(world) {
    const body = { name: 'Mine', external_reference_id: 'mine' };
    const create = async () => (await world.call('POST', '/v1/groups', { body })).status;
    expect([await create(), await create()]).toEqual([201, 409]);
    expect((await listed(world, 'mine')).data).toMatchObject([body]);
    expect((await world.call('GET', '/v1/groups')).body.pagination.total).toBe(1);
  },

  async 'first-roster'(world) {
    const group = await bakery(world);
    const first = await world.sync(group, roster('employer/2026-01.json'));
    expect([first.added.length, first.removed, first.failed]).toEqual([18, [], []]);
    expect(await world.sync(group, roster('employer/2026-01.json'))).toMatchObject({ added: [], removed: [] });
  },

  async 'month-end'(world) {
    const group = await bakery(world);
    const march = await world.sync(group, roster('employer/2026-03.json'));
    expect([march.added.length, march.removed.length]).toEqual([1, 2]);
    const april = await world.sync(group, roster('employer/2026-04.json'));
    expect([april.added.length, april.removed]).toEqual([1, []]);
    expect(march.removed).toContain(april.added[0]);
  },

  async blocked(world) {
    const group = await bakery(world);
    const first = await world.sync(group, roster('employer/2026-01.json'));
    expect([first.added.length, first.failed]).toEqual([17, ['emp-0104']]);
    world.mock.control().unsubscribePerson(1);
    expect(await world.sync(group, roster('employer/2026-01.json'))).toMatchObject({ added: [{}], failed: [] });
  },

  async 'plan-change-trap'(world) {
    const group = await bakery(world);
    const plan = () => {
      const { members } = world.mock.control().readRoster(group);
      const [latest] = members.find((member) => member.reference_id === 'emp-0107')?.subscriptions.slice(-1) ?? [];
      return latest?.ended_at === null ? latest.plan_id : null;
    };
    const old = plan();
    expect(await world.sync(group, roster('employer/2026-05.json'))).toMatchObject({ added: [], failed: ['emp-0132'] });
    expect(plan()).toBe(old);
    await world.sync(group, roster('employer/2026-06.json'));
    expect(plan()).toBeNull();
    expect((await world.sync(group, roster('employer/2026-07.json'))).added).toHaveLength(1);
    expect([old, null]).not.toContain(plan());
  },

  async 'thousand-groups'(world) {
    const page = async (number: number) => (await world.call('GET', `/v1/groups?limit=100&page=${number}`)).body;
    const first = await page(1);
    expect(first.pagination).toMatchObject({ total: 1000, total_pages: 10 });
    const pages = await Promise.all(Array.from({ length: 10 }, (_, index) => page(index + 1)));
    const ids = pages.flatMap(({ data }) => data.map(({ id }: { id: string }) => id));
    expect(new Set(ids).size).toBe(1000);
    expect((await page(11)).data).toEqual([]);
    expect((await listed(world, 'employer-0500')).data).toHaveLength(1);
  },

  async 'five-thousand-members'(world) {
    const [group] = (await listed(world, 'employer-0001')).data;
    const results = await world.sync(group.id, roster('roster-250.json'));
    expect([results.added.length, results.removed.length]).toEqual([250, 5000]);
  },

  async 'rate-limited'(world) {
    const { mock } = world;
    let limited = 0;
    const patient = async (method: string, path: string, body?: unknown): Promise<{ data: never }> => {
      const answer = await world.call(method, path, { body });
      if (answer.status !== 429) return answer.body;
      limited += 1;
      mock.clock().advance(1000 * Number(answer.headers.get('retry-after')));
      return patient(method, path, body);
    };
    const [{ id }] = (await patient('GET', '/v1/groups?external_reference_id=keystone-bakery')).data as [
      { id: string },
    ];
    const path = `/v1/groups/${id}/members/sync`;
    const members = roster('employer/2026-01.json');
    const { request_id } = (await patient('POST', path, { members })).data as { request_id: string };
    mock.clock().advance(1000);
    for (let poll = 0; poll < 5; poll++)
      expect((await patient('GET', `${path}/${request_id}`)).data).toMatchObject({
        results: { added_group_member_ids: { length: 18 }, failures: [] },
      });
    expect(limited).toBeGreaterThan(0);
  },

  async outage(world) {
    const control = world.mock.control();
    const [{ id } = { id: '' }] = control.listGroups().groups;
    const members = roster('employer/2026-01.json');
    // Not with `call`, because the contract has no 503.
    const refused = await world.mock.fetch(`/v1/groups/${id}/members/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${acme}`, 'content-type': 'application/json' },
      body: JSON.stringify({ members }),
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    control.clearFaults();
    expect(control.listSyncs().syncs).toEqual([]);
    expect((await world.sync(id, members)).added).toHaveLength(18);
  },
};

test.for(Object.entries(plays))(
  '%s: the promised outcome is seen if a mock starts with the scenario',
  async ([name, play]) => {
    await play(await openMock({ scenario: name as ScenarioName }));
  },
);

test.for(Object.entries(plays))(
  '%s: the promised outcome is seen if a running world loads the scenario',
  async ([name, play]) => {
    const world = await openMock();
    await world.sync(await world.group('From before'), []);
    const response = await world.mock.fetch('/_mock/worlds/main/scenario', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBe(200);
    await play(world);
  },
);

test('a reset replaces a loaded scenario and its faults with the initial state of the mock', async () => {
  const { mock } = await openMock({ scenario: 'first-roster' });
  mock.control().loadScenario({ name: 'outage' });
  expect(mock.control().listFaults().faults).toHaveLength(1);
  mock.reset();
  expect(mock.control().listFaults().faults).toEqual([]);
  expect(mock.control().listGroups().groups).toMatchObject([{ name: 'Keystone Bakery', active_members: 0 }]);
});

test('the faults of a scenario add to the chosen faults, and every world starts with the scenario', async () => {
  const { call, mock } = await openMock({ scenario: 'rate-limited', faults: [{ status: 429, times: 1 }] });
  await call('GET', '/v1/plans', { key: `${acme}.other` });
  expect(mock.control('other').listFaults().faults.length).toBeGreaterThan(0);
  expect(mock.control('other').listGroups().groups).toHaveLength(1);
});

test('an unknown scenario, and a scenario together with a seed, are refused with what was expected', async () => {
  const { mock } = await openMock();
  const names = Object.keys(scenarios).join(', ');
  expect(() => mock.control().loadScenario({ name: 'month-ned' })).toThrow(
    `name: expected one of ${names}, got "month-ned".`,
  );
  await expect(startMock({ port: false, scenario: 'blocked', seed: {} })).rejects.toThrow('got both');
});
