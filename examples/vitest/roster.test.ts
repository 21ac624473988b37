import { type Mock, startMock } from 'vitable-groups-kit/mock';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Connection, call, replaceRoster } from './roster.ts';

let mock: Mock;
let connection: Connection;
/** How long the code under test wanted to wait, in milliseconds: the test advances the mock's clock instead. */
let waits: number[];

beforeAll(async () => {
  mock = await startMock({ port: false });
});
afterAll(() => mock.close());

beforeEach(() => {
  mock.reset();
  mock.clock().freeze();
  waits = [];
  connection = {
    baseUrl: mock.url,
    apiKey: mock.keys[0] as string,
    fetch: mock.fetch,
    async wait(ms) {
      waits.push(ms);
      mock.clock().advance(ms);
    },
  };
});

const newGroup = async () =>
  (
    await call<{ id: string }>(connection, 'POST', '/v1/groups', {
      name: 'Keystone Bakery',
      external_reference_id: 'keystone',
    })
  ).id;

async function member(name: string) {
  const [plan] = await call<{ id: string }[]>(connection, 'GET', '/v1/plans');
  return {
    reference_id: name,
    first_name: name,
    last_name: 'Example',
    date_of_birth: '1990-05-17',
    email: `${name}@example.com`,
    plan_id: plan?.id,
    address: { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' },
  };
}

test('a roster replaces the previous one', async () => {
  const group = await newGroup();
  await replaceRoster(connection, group, [await member('ada'), await member('bea')]);
  const results = await replaceRoster(connection, group, [await member('ada')]);
  expect(results.removed_group_member_ids).toHaveLength(1);
  const { members } = mock.control().readRoster(group);
  expect(members.map(({ reference_id, state }) => [reference_id, state])).toEqual([
    ['ada', 'active'],
    ['bea', 'removed'],
  ]);
});

test('a blocked person fails, and the others are added', async () => {
  const blocked = { ...(await member('cy')), email: 'blocked.cy@example.com' };
  const results = await replaceRoster(connection, await newGroup(), [await member('ada'), blocked]);
  expect(results.added_group_member_ids).toHaveLength(1);
  expect(results.failures).toMatchObject([{ reference_id: 'cy', operation: 'add' }]);
});

test('the client gives up on a sync that never finishes', async () => {
  const never = { ...(await member('dee')), email: 'never@example.com' };
  await expect(replaceRoster(connection, await newGroup(), [never])).rejects.toThrow('did not complete');
  expect(waits).toHaveLength(30);
});

test('the client waits as long as a busy service asks before it retries', async () => {
  mock.control().addFault({ status: 429, retry_after: 7, times: 1, operations: ['createGroup'] });
  await newGroup();
  expect(waits).toEqual([7000]);
});
