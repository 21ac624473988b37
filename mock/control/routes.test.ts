import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type OperationId, operations } from '../../generated/control-operations.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type Schemas, startMock } from '../index.ts';
import { expectSuccess } from '../test-support/control-contract.ts';
import { row, stoppedHost } from '../test-support/frozen-mock.ts';

async function start(options: Parameters<typeof startMock>[0] = {}) {
  const mock = await startMock({ port: 0, host: stoppedHost, progress: { after: 'manual' }, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

/** A request with headers that `fetch` would not send. */
function raw(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

test('every operation answers as the control contract describes', async () => {
  const mock = await start();
  const used = new Set<string>();
  const call = async (id: OperationId, params: Record<string, string> = {}, body?: unknown) => {
    const { method, path } = operations[id];
    used.add(id);
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'main');
    const response = await fetch(mock.url + url, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: it is validated against its schema below
    const answer = (await response.json()) as any;
    expectSuccess(id, response.status, answer);
    return answer;
  };

  const group = { name: 'Austin', external_reference_id: 'tx', members: [row('ada', { plan_id: 'Primary Care' })] };
  await call('seedWorld', {}, { organizations: [{ slug: 'acme', groups: [group] }] });
  const { groups } = await call('listGroups');
  await call('readRoster', { group_id: groups[0].id });
  await call('previewSync', { group_id: groups[0].id }, { members: [] });
  const { people } = await call('listPeople');
  await call('unsubscribePerson', { person: String(people[0].person) });
  const post = {
    method: 'POST',
    headers: { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' },
  };
  const path = `/v1/groups/${groups[0].id}/members/sync`;
  const submitted = await mock.fetch(path, { ...post, body: JSON.stringify({ members: [] }) });
  const { request_id } = ((await submitted.json()) as { data: { request_id: string } }).data;
  await call('stallSync', { request_id });
  await call('unstallSync', { request_id });
  await call('completeSync', { request_id });
  await call('listSyncs');
  await call('readSync', { request_id });
  await call('changeSettings', {}, { quirks: { 'cross-group': 'reject' }, sync_manual: true });
  await call('readSettings');
  await call('readClock');
  await call('freezeClock');
  await call('advanceClock', {}, { ms: 1000 });
  await call('resumeClock');
  await call('addRejection', {}, { reference_id: 'ada', reason: 'No.' });
  await call('listRejections');
  await call('clearRejections');
  const { id } = await call('addFault', {}, { status: 503 });
  await call('listFaults');
  await call('removeFault', { fault_id: id });
  await call('clearFaults');
  await call('readJournal');
  await call('listRequests');
  await call('exportHar');
  await call('advise');
  await call('clearJournal');
  await call('importSnapshot', {}, await call('exportSnapshot'));
  await call('readHealth');
  await call('readLiveness');
  await call('readReadiness');
  await call('listScenarios');
  await call('loadScenario', {}, { name: 'month-end' });
  await call('resetWorld');
  await call('listWorlds');
  await call('describeWorld');
  await call('dropWorld');
  // Those on tenants need a database, see mock/hosted/tenants.test.ts.
  const others = Object.entries(operations).filter(([, { path }]) => !path.startsWith('/_mock/tenants'));
  expect([...used].sort()).toEqual(others.map(([id]) => id).sort());
  expect((await fetch(`${mock.url}/_mock/tenants`)).status).toBe(404);
});

test('worlds are listed in pages, and counted', async () => {
  const mock = await start();
  for (const name of ['a', 'b', 'c'])
    await mock.fetch('/v1/plans', { headers: { authorization: `Bearer vit_apk_acme.${name}` } });
  const list = async (query: string) =>
    (await mock.fetch(`/_mock/worlds${query}`)).json() as Promise<Schemas['WorldList']>;
  const namesOf = ({ worlds }: Schemas['WorldList']) => worlds.map(({ name }) => name);
  expect(namesOf(await list(''))).toEqual(['main', 'a', 'b', 'c']);
  const second = await list('?page=2&limit=3');
  expect(namesOf(second)).toEqual(['c']);
  expect(second.total).toBe(4);
});

test('an invalid request is refused with what was expected', async () => {
  const mock = await start();
  const send = async (path: string, body: string, type = 'application/json') => {
    const response = await fetch(`${mock.url}/_mock/worlds/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    return `${response.status} ${((await response.json()) as { message: string }).message}`;
  };
  expect(await send('main/clock/advance', '{"ms": "1 day"}')).toBe('400 ms: expected an integer, got "1 day".');
  expect(await send('main/clock/advance', '{}')).toBe('400 body: expected the field "ms", got none.');
  expect(await send('main/clock/advance', '{')).toMatch(/^400 Expected a JSON body/);
  expect(await send('main/clock/advance', '{}', 'text/plain')).toMatch(/^400 Expected the header "Content-Type/);
  expect(await send('main/faults', '{"operations": ["submit"]}')).toMatch(
    /^400 body: expected at least one of "status"/,
  );
  expect(await send('main/faults', '{"status": 503, "operations": ["submit"]}')).toMatch(
    /^400 operations\[0\]: expected one of createGroup, .*, got "submit"/,
  );
  expect(await send('main/faults', '{"body": {}, "cut": "body"}')).toMatch(
    /^400 body: expected "status" beside "body"/,
  );
  expect(await send('no%20name/reset', '{}')).toMatch(/^400 world: expected 1 to 64 letters, digits/);
  expect(await send('main/nothing', '{}')).toMatch(/^404 There is nothing at POST/);
});

test.for(['reset', 'clock/freeze'])('a %s needs no body, even if it is declared as JSON', async (part) => {
  const mock = await start();
  for (const headers of [{}, { 'content-type': 'application/json' }])
    expect((await fetch(`${mock.url}/_mock/worlds/main/${part}`, { method: 'POST', headers })).status).toBe(200);
});

test('every machine may ask for the health of the mock, but no other web site', async () => {
  const mock = await start({ controlToken: 'open-sesame' });
  const url = `${mock.url}/_mock/health`;
  expect(await (await fetch(url)).json()).toEqual({ ready: true, version: packageJson.version, worlds: 1 });
  expect(await raw(url, { host: 'mock.internal' })).toBe(200);
  expect(await raw(url, { host: 'mock.internal', origin: 'https://evil.example' })).toBe(403);
});

test('the control plane answers only under loopback names or with the token', async () => {
  const mock = await start({ controlToken: 'open-sesame' });
  const url = `${mock.url}/_mock/worlds`;
  const { port } = new URL(url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '[::1]'])
    expect(await raw(url, { host }), host).toBe(200);
  for (const host of ['rebind.example', 'localhost.example', '127.0.0.1.example', '10.0.0.1'])
    expect(await raw(url, { host }), host).toBe(403);
  expect(await raw(url, { host: 'mock.internal', authorization: 'Bearer open-sesame' })).toBe(200);
  expect(await raw(url, { host: 'mock.internal', authorization: 'Bearer guess' })).toBe(403);
});

test('other web sites get no answer, not even with the token, and there are no CORS headers', async () => {
  const mock = await start({ controlToken: 'open-sesame' });
  const url = `${mock.url}/_mock/worlds`;
  const host = new URL(url).host;
  const authorization = 'Bearer open-sesame';
  expect(await raw(url, { host, 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await raw(url, { host, 'sec-fetch-site': 'none' })).toBe(200);
  expect(await raw(url, { host, origin: `http://${host}` })).toBe(200);
  expect(await raw(url, { host, authorization, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await raw(url, { host, authorization, 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await raw(url, { host, origin: 'https://evil.example' })).toBe(403);
  expect(await raw(url, { host, origin: 'null' })).toBe(403);
  expect(await raw(url, { host, origin: 'https://evil.example' }, 'OPTIONS')).toBe(403);
  const answered = await fetch(url);
  expect(answered.headers.get('x-content-type-options')).toBe('nosniff');
  expect([...answered.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});
