import { expect, test } from 'vitest';
import { acme, globex, openMock, row } from '../test-support/frozen-mock.ts';

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
  expect(mock.control().exportHar({ entry: 2 }).log.entries).toEqual([entries[1]]);
});

test('the archive tells requests of different organizations, of unknown keys and without a key apart', async () => {
  const { call, mock } = await openMock();
  for (const key of [acme, globex, 'vit_apk_nobody', null]) await call('GET', '/v1/plans', { key });
  type Sent = { readonly request: { readonly headers: readonly { readonly name: string; readonly value: string }[] } };
  const entries = mock.control().exportHar().log.entries as readonly Sent[];
  expect(entries.map(({ request }) => request.headers.find(({ name }) => name === 'authorization')?.value)).toEqual([
    'Bearer [redacted: acme]',
    'Bearer [redacted: globex]',
    'Bearer [redacted: unknown]',
    undefined,
  ]);
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
