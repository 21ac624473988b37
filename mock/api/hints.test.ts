import { expect, test } from 'vitest';
import { openMock, row } from '../testing.ts';

const hint = 'externalReferenceId: unknown field, ignored; did you mean external_reference_id?';

test('a field that the contract does not know is accepted, and named in a header and in the journal (§8.29)', async () => {
  const { call, mock } = await openMock();
  const answer = await call('POST', '/v1/groups', { body: { name: 'A', externalReferenceId: 'e-1' } });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-mock-hint')).toBe(hint);
  expect(answer.body.data.external_reference_id).toBe('');
  expect(mock.control().readJournal().exchanges).toMatchObject([{ hints: [hint] }]);
});

test('the hint comes with a refusal, too', async () => {
  const { call } = await openMock();
  const { status, headers } = await call('POST', '/v1/groups', { body: { NAME: 'A' } });
  expect(status).toBe(400);
  expect(headers.get('x-mock-hint')).toBe('NAME: unknown field, ignored; did you mean name?');
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
  expect(mock.control().readJournal().exchanges).toMatchObject([{ hints: [] }]);
});
