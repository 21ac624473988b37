import { expect, test } from 'vitest';
import { openMock, row } from '../test-support/frozen-mock.ts';

const hint = 'externalReferenceId: unknown field, ignored; did you mean external_reference_id?';

test('an unknown field is accepted, and named in a header and in the journal (§8.29)', async () => {
  const { call, mock } = await openMock();
  const answer = await call('POST', '/v1/groups', { body: { name: 'A', externalReferenceId: 'e-1' } });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-mock-hint')).toBe(hint);
  expect(answer.body.data.external_reference_id).toBe('');
  expect(mock.control().readJournal().exchanges).toMatchObject([{ hints: [hint] }]);
});

test('a refusal has the hint too', async () => {
  const { call } = await openMock();
  const { status, headers } = await call('POST', '/v1/groups', { body: { NAME: 'A' } });
  expect(status).toBe(400);
  expect(headers.get('x-mock-hint')).toBe('NAME: unknown field, ignored; did you mean name?');
});

test('several hints are told apart', async () => {
  const { call } = await openMock();
  const { headers } = await call('POST', '/v1/groups', { body: { name: 'A', NAME: 'A', colour: 'red' } });
  expect(headers.get('x-mock-hint')).toBe(
    'NAME: unknown field, ignored; did you mean name? | colour: unknown field, ignored',
  );
});

test.each([
  ['/v1/groups?externalReferenceId=e-1', 'externalReferenceId: …; did you mean external_reference_id?'],
  ['/v1/groups?limit=5&reference=e-1&reference=e-2', 'reference: …; did you mean external_reference_id?'],
  ['/v2/members?q=ann', 'q: …'],
  ['/v1/plans?%0d%0ax-evil:%201=1', '?: …'],
])('a query parameter that the contract does not know is ignored, and named: %s', async (path, hint) => {
  const { call, group, mock } = await openMock();
  await group();
  const { status, headers } = await call('GET', path);
  expect(status).toBe(200);
  const words = hint.replace('…', 'unknown query parameter, ignored');
  expect(headers.get('x-mock-hint')).toBe(words);
  expect(mock.control().readJournal().exchanges.at(-1)).toMatchObject({ hints: [words] });
});

test('names that no header can hold do no harm', async () => {
  const { call, group } = await openMock();
  const id = await group();
  const members = [{ ...row('ann'), 'a\r\nx-evil: 1': 1, 'Größe\u0000': 2 }];
  const { status, headers } = await call('POST', `/v1/groups/${id}/members/sync`, { body: { members } });
  expect(status).toBe(202);
  expect(headers.get('x-mock-hint')).toBe('members[].?: unknown field, ignored');
  expect(headers.get('x-evil')).toBeNull();
});

test('a request without unknown fields has no hint', async () => {
  const { call, mock } = await openMock();
  const { headers } = await call('POST', '/v1/groups', { body: { name: 'A', external_reference_id: 'e-1' } });
  expect(headers.has('x-mock-hint')).toBe(false);
  const list = await call('GET', '/v1/groups?page=1&limit=5&external_reference_id=e-1');
  expect(list.headers.has('x-mock-hint')).toBe(false);
  expect(mock.control().readJournal().exchanges).toMatchObject([{ hints: [] }, { hints: [] }]);
});
