import { expect, test } from 'vitest';
import { openMock, row } from '../test-support/frozen-mock.ts';

test('a test can tell what was sent: once, with two rows, and with what answer', async () => {
  const { mock, call, group } = await openMock();
  const id = await group();
  const members = [row('ada'), row('bea')];
  await call('POST', `/v1/groups/${id}/members/sync`, { body: { members } });
  expect(mock.control().requests({ operation: 'submitMemberSync' })).toMatchObject([
    { status: 202, rows: 2, group_id: id, body: { members }, answer: { data: { group_id: id } } },
  ]);
  expect(mock.control().requests()).toHaveLength(2);
});

test('requests tell why they were refused, lost or not for the API', async () => {
  const { mock, call } = await openMock();
  mock.control().addFault({ cut: 'connection', times: 1 });
  await expect(call('GET', '/v1/plans')).rejects.toThrow('fetch failed');
  await call('POST', '/v1/groups', { body: '{' });
  await call('GET', '/v1/nothing');
  expect(mock.control().requests()).toMatchObject([
    { operation: 'listPlans', status: 0, fault: 'fault-1', body: null, answer: null },
    { operation: 'createGroup', status: 400, rule: 'ERR-4', body: '{' },
    { operation: null, status: 404, code: 'path_not_found' },
  ]);
});

test('requests are those of one world, which the filter can name, and over HTTP the same', async () => {
  const { mock, call } = await openMock();
  await call('GET', '/v1/plans', { key: 'vit_apk_acme.pr-7' });
  await call('GET', '/v1/groups', { key: 'vit_apk_acme.pr-7' });
  const listed = mock.control().requests({ world: 'pr-7', operation: 'listPlans' });
  expect(listed).toHaveLength(1);
  expect(mock.control('pr-7').requests({ operation: 'listPlans' })).toEqual(listed);
  expect(mock.control().requests()).toEqual([]);
  const response = await mock.fetch('/_mock/worlds/pr-7/requests?operation=listPlans');
  expect(await response.json()).toEqual({ requests: listed });
});

test('an unknown operation is refused with the known ones, and without kept bodies they are null', async () => {
  const { mock, call } = await openMock({ bodies: false });
  await call('POST', '/v1/groups', { body: { name: 'A' } });
  expect(mock.control().requests()).toMatchObject([{ status: 201, body: null, answer: null }]);
  expect(() => mock.control().requests({ operation: 'submit' })).toThrow(
    /^operation: expected one of createGroup, .* got "submit"\.$/,
  );
});
