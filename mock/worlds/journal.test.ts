import { expect, onTestFinished, test } from 'vitest';
import { type MockOptions, type Recorded, startMock } from '../index.ts';
import { row, stoppedHost } from '../test-support/frozen-mock.ts';

async function start(options: MockOptions = {}) {
  const mock = await startMock({ port: false, host: stoppedHost, progress: { after: 'manual' }, ...options });
  onTestFinished(() => mock.close());
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await mock.fetch(path, {
      method,
      headers: { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the tests name what they expect
    return (await response.json()) as any;
  };
  return { mock, send, journal: (world?: string) => mock.control(world).readJournal() };
}

test('an exchange is recorded with its operation, status, rule and retry', async () => {
  const { send, journal } = await start();
  await send('POST', '/v1/groups', { name: '' }, { 'x-stainless-retry-count': '2' });
  await send('GET', '/v1/groups?page=3&limit=50&external_reference_id=keystone');
  await send('GET', '/v1/nothing');
  await send('DELETE', '/v1/groups/grp_AAAAAAAAAAAAAAAAAAAAAA');
  expect(journal().exchanges).toMatchObject([
    { number: 1, method: 'POST', path: '/v1/groups', operation: 'createGroup', status: 400, rule: 'GRP-10', retry: 2 },
    { operation: 'listGroups', status: 200, rule: null, query: { page: '3', limit: '50' } },
    { operation: null, status: 404, code: 'path_not_found' },
    { operation: null, status: 405, rule: 'ERR-6', organization: 'acme' },
  ]);
});

test('a sync is recorded with its number of rows, a digest that is the same for equal rosters, and the counts of its results', async () => {
  const { mock, send, journal } = await start();
  const { id } = (await send('POST', '/v1/groups', { name: 'A' })).data;
  const path = `/v1/groups/${id}/members/sync`;
  const rosters = [
    [row('ada'), row('bea')],
    [row('ada'), row('bea')],
    [row('ada', { plan_id: 'pln_other', last_name: 'Married' }), row('cy')],
  ];
  const requests: string[] = [];
  for (const members of rosters) requests.push((await send('POST', path, { members })).data.request_id);
  for (const request of requests) mock.control().completeSync(request);
  const { exchanges, completions } = journal();
  const [, first, second, third] = exchanges;
  expect(first?.roster).toEqual({ rows: 2 });
  expect(second?.body).toEqual(first?.body);
  expect(third?.body).not.toBe(first?.body);
  expect(exchanges.map(({ request_id }) => request_id)).toEqual([null, ...requests]);
  expect(completions).toMatchObject([
    { rows: 2, added: 2, removed: 0, kept: 0, failed: 0, plan_changes: 0 },
    { rows: 2, added: 0, removed: 0, kept: 2, updated: 0 },
    { rows: 2, added: 1, removed: 1, kept: 1, updated: 1, plan_changes: 1, group_id: id },
  ]);
});

test('a row that fails again unchanged is counted, a corrected one is not, separately for each group', async () => {
  const { mock, send, journal } = await start();
  const { id } = (await send('POST', '/v1/groups', { name: 'A' })).data;
  const other = (await send('POST', '/v1/groups', { name: 'B' })).data;
  const [blocked, corrected] = [
    row('b', { email: 'blocked@example.com' }),
    row('b', { email: 'blocked.b@example.com' }),
  ];
  for (const [group, member] of [
    [id, blocked],
    [other.id, blocked],
    [id, blocked],
    [id, corrected],
  ]) {
    const { request_id } = (await send('POST', `/v1/groups/${group}/members/sync`, { members: [member] })).data;
    mock.control().completeSync(request_id);
  }
  expect(journal().completions.map(({ failed, failed_again }) => [failed, failed_again])).toEqual([
    [1, 0],
    [1, 0],
    [1, 1],
    [1, 0],
  ]);
});

test('without bodies a group reference is recorded only as a digest, even if it is a number', async () => {
  const { send, journal } = await start({ bodies: false });
  await send('POST', '/v1/groups', { name: 'A', external_reference_id: '1042' });
  await send('GET', '/v1/groups?external_reference_id=1042&page=2');
  const [created, listed] = journal().exchanges;
  expect(created?.group?.reference).toBe(listed?.query.external_reference_id);
  expect(created?.group?.name).not.toBe(created?.group?.reference);
  expect(listed).toMatchObject({ query: { page: '2' }, listed: 0, group: null });
  expect(JSON.stringify(journal())).not.toContain('1042');
});

test.each([
  ['short', 'A'],
  ['long', 'A'.repeat(250)],
])('equal group bodies have the same digest every time that the journal is read: a %s body', async (_, text) => {
  const { send, journal } = await start();
  // Four bytes per character, so that the long body is more than 1 KiB.
  const body = { name: text.replaceAll('A', '𝒜'), external_reference_id: text.replaceAll('A', '𝒵') };
  for (const each of [body, body, { ...body, name: 'B' }]) await send('POST', '/v1/groups', each).catch(() => {});
  const [first, second, third] = journal().exchanges.map((exchange) => exchange.body);
  expect([first, second]).toEqual([expect.stringMatching(/^[\w-]{16}$/), first]);
  expect(third).not.toBe(first);
  expect(journal()).toEqual(journal());
});

test('an answer is recorded with Retry-After, its cut and whether it had results', async () => {
  const { mock, send, journal } = await start();
  mock.control().addFault({ status: 429, retry_after: 7, times: 1 });
  await send('POST', '/v1/groups', { name: 'A' });
  const { id } = (await send('POST', '/v1/groups', { name: 'A' })).data;
  const path = `/v1/groups/${id}/members/sync`;
  const { request_id } = (await send('POST', path, { members: [] })).data;
  await send('GET', `${path}/${request_id}`);
  mock.control().completeSync(request_id);
  mock.clock().advance(5000);
  mock.control().addFault({ cut: 'body', times: 1 });
  await expect(send('GET', `${path}/${request_id}`)).rejects.toThrow('terminated');
  const [limited, created, ...syncs] = journal().exchanges;
  expect(limited).toMatchObject({ status: 429, retry_after: 7, cut: null, listed: null });
  expect(created).toMatchObject({ status: 201, retry_after: null });
  expect(limited?.body).toBe(created?.body);
  expect(syncs).toMatchObject([{ completed: null }, { completed: false }, { completed: true, cut: 'body' }]);
  const [before, after] = syncs.slice(1).map(({ world_time }) => Date.parse(world_time));
  expect((after ?? 0) - (before ?? 0)).toBe(5000);
});

test('without bodies the journal contains no personal data, and never a key', async () => {
  const seen: Recorded[] = [];
  const { mock, send, journal } = await start({ bodies: false, observe: (recorded) => seen.push(recorded) });
  const { id } = (await send('POST', '/v1/groups', { name: 'Secretive Ltd', external_reference_id: 'secret-ref' }))
    .data;
  const person = row('zebulon', {
    last_name: 'Quackenbush',
    date_of_birth: '1961-02-03',
    phone: '2155550199',
    email: 'rejected.zq@example.com',
  });
  const { request_id } = (await send('POST', `/v1/groups/${id}/members/sync`, { members: [person] })).data;
  mock.control().completeSync(request_id);
  await send('POST', `/v1/groups/${id}/members/sync`, { members: [{ ...person, date_of_birth: 'zebulon' }] });
  await send('GET', '/v1/groups?external_reference_id=secret-ref&zebulon@example.com=1');
  await send('GET', '/v1/people/zebulon@example.com');
  await send('GET', `/v1/groups/${encodeURIComponent('zebulon quackenbush')}`);
  const text = JSON.stringify([journal(), seen, mock.control().advise()]);
  for (const secret of [
    'zebulon',
    'quackenbush',
    '1961',
    '2155550199',
    'rejected',
    'Main St',
    'Secretive',
    'secret-ref',
    'vit_a',
  ])
    expect(text.toLowerCase(), secret).not.toContain(secret.toLowerCase());
  expect(seen.length).toBe(7);
});

test('an exchange has the query and the message as they were, and the trace id', async () => {
  const { send, journal } = await start();
  await send('GET', '/v1/groups?external_reference_id=k%20b&page=2');
  const refused = await send('POST', '/v1/groups', { name: '' });
  expect(journal().exchanges).toMatchObject([
    { search: '?external_reference_id=k%20b&page=2', message: null, trace_id: null },
    { search: '', message: 'name: expected at least 1 character, got "".', trace_id: refused.trace_id },
  ]);
});

test('a request with a valid key is of its organization even if there is nothing at its path', async () => {
  const { send, journal } = await start();
  await send('GET', '/v1/employers');
  await send('GET', '/v1/employers', undefined, { authorization: 'Bearer vit_apk_globex.pr-1' });
  await send('GET', '/v1/employers', undefined, { authorization: 'Bearer nobody' });
  expect(journal().exchanges.map(({ organization }) => organization)).toEqual(['acme', null]);
  expect(journal('pr-1').exchanges).toMatchObject([{ organization: 'globex', status: 404 }]);
});

test('requests before a reset or a snapshot are counted as forgotten, those before a cleared journal are not', async () => {
  const { mock, send, journal } = await start();
  await send('GET', '/v1/plans');
  await send('GET', '/v1/plans');
  const snapshot = mock.control().exportSnapshot();
  mock.control().importSnapshot(snapshot);
  await send('GET', '/v1/plans');
  mock.reset();
  expect(journal()).toMatchObject({ exchanges: [], forgotten: 3 });
  expect(mock.control().advise().forgotten).toBe(3);
  mock.control().clearJournal();
  expect(journal().forgotten).toBe(0);
});

test('a fault is explained after it was used up', async () => {
  const { mock, send, journal } = await start();
  mock.control().addFault({ status: 429, retry_after: 2, times: 1 });
  await send('GET', '/v1/plans');
  expect(mock.control().listFaults().faults).toEqual([]);
  expect(journal().exchanges).toMatchObject([{ fault: 'fault-1', fault_effect: '429 with Retry-After: 2' }]);
});

test('unauthenticated requests are recorded in main, or in the world that their key names', async () => {
  const { mock, send, journal } = await start();
  await send('GET', '/v1/plans', undefined, { authorization: 'Bearer vit_apk_acme.pr-1' });
  await mock.fetch('/v1/plans');
  await send('GET', '/v1/plans', undefined, { authorization: 'Bearer vit_apk_nobody.pr-1' });
  expect(journal().exchanges).toMatchObject([{ status: 401, organization: null, rule: 'AUTH-1', world: 'main' }]);
  expect(journal('pr-1').exchanges.map(({ status }) => status)).toEqual([200, 401]);
});

test('the journal keeps the last thousand entries, and can be read from a number on', async () => {
  const { mock, send } = await start();
  for (let request = 0; request < 2100; request++) await send('GET', '/v1/plans');
  const { exchanges, forgotten } = mock.control().readJournal();
  expect(exchanges).toHaveLength(1000);
  expect(forgotten).toBe(1100);
  expect(exchanges.at(-1)?.number).toBe(2100);
  expect(
    mock
      .control()
      .readJournal({ after: 2098 })
      .exchanges.map(({ number }) => number),
  ).toEqual([2099, 2100]);
  expect(mock.control().clearJournal()).toEqual({ exchanges: [], completions: [], forgotten: 0 });
});
