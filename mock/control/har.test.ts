import { expect, test } from 'vitest';
import { acme, openMock, row } from '../test-support/frozen-mock.ts';

test('the archive has bodies as they were sent, paths and queries as they were, and no key', async () => {
  const { call, mock, group } = await openMock();
  const id = await group('Bäckerei');
  await call('POST', `/v1/groups/${id}/members/sync`, { body: { members: [row('ann')] } });
  await call('GET', '/v1/groups?external_reference_id=a%20b');
  const { entries } = mock.control().exportHar().log;
  expect(entries).toMatchObject([
    { request: { method: 'POST', postData: { text: '{"name":"Bäckerei"}' } }, response: { status: 201 } },
    { request: { postData: { text: expect.stringContaining('"ann@example.com"') } }, response: { status: 202 } },
    { request: { queryString: [{ name: 'external_reference_id', value: 'a b' }] }, response: { status: 200 } },
  ]);
  expect(JSON.stringify(entries)).not.toContain(acme);
});

test('a connection that a fault cut has status 0 and no body', async () => {
  const { call, mock } = await openMock();
  mock.control().addFault({ cut: 'connection', times: 1 });
  await expect(call('GET', '/v1/plans')).rejects.toThrow();
  expect(mock.control().exportHar().log.entries).toMatchObject([{ response: { status: 0, content: { text: '' } } }]);
});

test('nothing is kept of another world, after a reset, or with bodies: false', async () => {
  const { call, mock } = await openMock();
  await call('GET', '/v1/plans', { key: `${acme}.other` });
  expect(mock.control().exportHar().log.entries).toEqual([]);
  mock.reset('other');
  expect(mock.control('other').exportHar().log.entries).toEqual([]);
  const silent = await openMock({ bodies: false });
  await silent.call('GET', '/v1/plans');
  expect(silent.mock.control().exportHar().log.entries).toEqual([]);
});
