import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { advice } from '../generated/advice.ts';
import { scenarios } from '../generated/scenarios.ts';
import { rosterColumns } from './domain/roster-file.ts';
import { faultProfiles, startMock } from './index.ts';
import { callMock } from './test-support/command-line.ts';
import { addGroup } from './test-support/employer.ts';
import { acme } from './test-support/frozen-mock.ts';

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function outcome(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const child = run(args, env);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code };
}

/** A mock in a process; `end` stops it and returns its stderr. */
async function listening(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const child = run(['--port', '0', '--quiet', ...args], env);
  const log = text(child.stderr as NodeJS.ReadableStream);
  const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return {
    child,
    url: String(chunk).trim(),
    async end() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      return log;
    },
  };
}

const isRequired = (column: string): boolean => !/phone|email|line_2/.test(column);

const headers = { authorization: `Bearer ${acme}`, 'content-type': 'application/json' };

test('--log prints an uncolored line for every request if stderr is not a terminal', async () => {
  const mock = await listening(['--log']);
  await (await fetch(`${mock.url}/v1/groups`, { method: 'POST', headers, body: '{"name": ""}' })).text();
  await (await fetch(`${mock.url}/v1/plans?page=1`)).text();
  const [refused, nobody] = (await mock.end()).split('\n');
  expect(refused).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3} main#1 acme POST \/v1\/groups 400 \d+\.\d ms GRP-10 name: expected at least 1 character, got ""\.$/,
  );
  expect(nobody).toMatch(/ main#2 - GET \/v1\/plans\?page=1 401 \d+\.\d ms AUTH-1 Expected the header /);
});

test('--json prints the log lines as JSON', async () => {
  const mock = await listening(['--json']);
  await (await fetch(`${mock.url}/v1/plans`, { headers })).text();
  expect(JSON.parse(await mock.end())).toMatchObject({ world: 'main', operation: 'listPlans', status: 200 });
});

test('journal prints the journals of all worlds in the order of time, as text or as JSON', async () => {
  let ms = 0;
  const mock = await startMock({ port: 0, host: { now: () => (ms += 1000), after: () => () => {} } });
  onTestFinished(() => mock.close());
  await mock.fetch('/v1/plans', { headers });
  await mock.fetch('/v1/plans', { headers: { authorization: `Bearer ${acme}.pr-1` } });
  await mock.fetch('/v1/plans');
  const { stdout, code } = await callMock(['journal', '--url', mock.url]);
  expect(stdout).toMatch(
    /^.* main#1 acme GET \/v1\/plans 200 .*\n.* pr-1#1 acme GET .* 200 .*\n.* main#2 - GET \/v1\/plans 401 .* AUTH-1 .*\n$/,
  );
  expect(code).toBe(0);
  const failed = await callMock(['journal', '--failed', '--url', mock.url]);
  expect(failed.stdout).toMatch(/^.* main#2 - GET .*\n$/);
  const one = await callMock(['journal', '--world', 'pr-1', '--url', mock.url]);
  expect(one.stdout).toMatch(/^.* pr-1#1 .*\n$/);
  const json = await callMock(['journal', '--json'], { GROUPS_MOCK_URL: mock.url });
  expect(
    json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status),
  ).toEqual([200, 200, 401]);
});

test('journal reports a missing mock, an unknown world or a bad URL in one line', async () => {
  const mock = await startMock({ port: 0 });
  const at = ['journal', '--url', mock.url];
  expect(await callMock([...at, '--world', 'ghost'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^groups-mock: .* no world "ghost".*\n$/),
  });
  await mock.close();
  expect(await callMock(at)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^groups-mock: no mock answers at .*\n$/),
  });
  expect((await callMock(['journal', '--url', 'nowhere'])).code).toBe(2);
});

test('--scenario selects a scenario, which the banner describes, and excludes --seed', async () => {
  const child = run(['--port', '0', '--scenario', 'month-end']);
  const [banner] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  const { holds, try: attempt, see } = scenarios['month-end'];
  for (const text of ['Scenario month-end', holds, attempt, see]) expect(String(banner)).toContain(text);
  const unknown = await callMock([], { GROUPS_MOCK_SCENARIO: 'month-ned' });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining(Object.keys(scenarios).join(', ')) });
  const both = await callMock(['--scenario', 'blocked', '--seed', 'seed.yaml']);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be used with') });
});

describe('preview', () => {
  test('prints what a roster in CSV would do, and what its author should look at', async () => {
    const mock = await startMock({ port: 0 });
    onTestFinished(() => mock.close());
    const id = await addGroup(mock, 'Keystone Bakery', 'keystone');
    const file = join(mkdtempSync(join(tmpdir(), 'roster-')), 'roster.csv');
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    const cells = ['emp-1', 'Noor', 'Castellan', '1988-04-12', 'pln_nobody_has', '1 Main St', 'Salem', 'MA', '01970'];
    writeFileSync(file, `${rosterColumns.filter(isRequired).join()},zip\n${cells.join()},01970\n`);

    const { stdout, stderr, code } = await callMock(['preview', id, file, '--url', mock.url]);
    expect(stderr).toBe('groups-mock: column "zip": unknown, ignored; did you mean address.zipcode?\n');
    expect(stdout).toMatch(/^A sync of grp_\S+ with 1 row would do this; nothing was changed\.\n {2}add +0\n/);
    expect(stdout).toContain('    add emp-1: The organization has no plan "pln_nobody_has".\n');
    expect(code).toBe(0);
    expect(mock.control().listSyncs().syncs).toEqual([]);

    const json = await callMock(['preview', id, file, '--json', '--url', mock.url]);
    expect(JSON.parse(json.stdout)).toMatchObject({ group_id: id, rows: 1, refused: [{ reference_id: 'emp-1' }] });
  });

  test('prints one line if there is no such file, group or roster', async () => {
    const mock = await startMock({ port: 0 });
    onTestFinished(() => mock.close());
    const roster = join(import.meta.dirname, '../spec/examples/employer/2026-01.json');
    for (const [args, message] of [
      [['grp_x', '/no/such/file'], /^groups-mock: cannot read the roster: ENOENT.*\n$/],
      [['grp_x', roster], /^groups-mock: \S+ answered 404: There is no group "grp_x" in world main\.\n$/],
      [['grp_x', join(import.meta.dirname, 'main.ts')], /^groups-mock: Expected a JSON roster, or CSV .*\n$/],
    ] as const) {
      const { stderr, code } = await callMock(['preview', ...args, '--url', mock.url]);
      expect(stderr).toMatch(message);
      expect(code).toBe(2);
    }
  });
});

describe('advise', () => {
  async function advised() {
    const mock = await startMock({ port: 0 });
    onTestFinished(() => mock.close());
    const get = (path: string, world = '') =>
      mock.fetch(path, { headers: { authorization: `Bearer ${acme}${world}` } });
    return { mock, get, advise: (...args: string[]) => callMock(['advise', '--url', mock.url, ...args]) };
  }

  test('exits with 3 if there were no requests, and with 0 if there are no findings', async () => {
    const { get, advise } = await advised();
    expect(await advise()).toMatchObject({ code: 3, stdout: expect.stringContaining('no requests to judge') });
    await get('/v1/groups');
    expect(await advise()).toMatchObject({ code: 0, stdout: '0 errors, 0 warnings in 1 request of 1 world.\n' });
  });

  test('reports that earlier requests are gone, even if there is nothing else to judge', async () => {
    const { mock, advise } = await advised();
    const headers = { authorization: `Bearer ${acme}`, 'user-agent': 'groups-conformance' };
    for (let more = 0; more < 1001; more++) await mock.fetch('/v1/plans', { headers });
    expect(await advise()).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/no requests to judge.*No longer in the journal: 1 earlier request\./s),
    });
  });

  test('reports findings of every world or of one, and exits with 1 from the severity of --fail-on', async () => {
    const { get, advise } = await advised();
    for (const world of ['', '.pr-1']) for (const page of [1, 2, 3]) await get(`/v1/groups?page=${page}`, world);
    await get('/v1/groups', '.pr-2');
    const text = (await advise()).stdout;
    const { title, why, fix } = advice['ADV-PAST-END'];
    for (const part of [
      title,
      why,
      fix,
      'Journal of main: 1–3.',
      'Journal of pr-1: 1–3.',
      '1 warning in 7 requests of 3',
    ])
      expect(text).toContain(part);
    expect((await advise('--fail-on', 'error')).code).toBe(0);
    expect((await advise('--fail-on', 'warning')).code).toBe(1);
    expect((await advise('--fail-on', 'never')).code).toBe(0);
    expect(await advise('--fail-on', 'warning', '--world', 'pr-2')).toMatchObject({ code: 0 });
    const json = (await advise('--json', '--fail-on', 'warning')).stdout.trim().split('\n');
    expect(json.map((line) => JSON.parse(line)).map(({ world, findings }) => [world, findings.length])).toEqual([
      ['main', 1],
      ['pr-1', 1],
      ['pr-2', 0],
    ]);
  });

  test('fails on errors by default, and says what it did not judge', async () => {
    const { mock, get, advise } = await advised();
    mock.control().addFault({ status: 503, retry_after: 9, times: 1 });
    for (let attempt = 0; attempt < 2; attempt++) await get('/v1/plans');
    expect((await advise()).code).toBe(1);
    mock.clock().freeze();
    const post = (path: string, body: string) => mock.fetch(path, { method: 'POST', headers, body });
    const { data } = (await (await post('/v1/groups', '{"name": "A"}')).json()) as { data: { id: string } };
    await post(`/v1/groups/${data.id}/members/sync`, '{"members": []}');
    expect((await advise()).stdout).toContain('Still in flight and not judged: 1 sync.');
    for (let request = 0; request < 1000; request++) await get('/v1/plans');
    expect((await advise()).stdout).toContain('No longer in the journal: 4 earlier requests.');
  });

  test('reports a missing mock, an unknown world or an unknown severity in one line', async () => {
    const { mock, advise } = await advised();
    expect(await advise('--world', 'ghost')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^groups-mock: .* no world "ghost".*\n$/),
    });
    expect((await advise('--fail-on', 'maybe')).code).toBe(2);
    await mock.close();
    expect(await advise()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^groups-mock: no mock answers at .*\n$/),
    });
  });
});

test('a reader may close the output early', async () => {
  const child = run(['--help']);
  child.stdout?.destroy();
  const [stderr, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')]);
  expect([stderr, code]).toEqual(['', 0]);
});

test('a mock goes on when the reader of its log is gone', async () => {
  const child = run(['--port', '0', '--quiet', '--log']);
  const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  child.stdout?.destroy();
  child.stderr?.destroy();
  for (let request = 0; request < 3; request++)
    expect((await fetch(`${String(chunk).trim()}/v1/plans`, { headers })).status).toBe(200);
  expect(child.exitCode).toBeNull();
});

test('the variable that Kubernetes sets for a service of this name is ignored with one line', async () => {
  const { stdout, stderr, code } = await outcome(['--help'], { GROUPS_MOCK_PORT: 'tcp://10.96.0.17:4010' });
  expect(stderr).toMatch(/^groups-mock: ignored GROUPS_MOCK_PORT=tcp:\S+, which Kubernetes sets .*\n$/);
  expect(stdout).toContain('Usage: groups-mock');
  expect(code).toBe(0);
});

test('--faults selects a fault profile, and the help lists them', async () => {
  const mock = await listening(['--faults', 'outage']);
  const response = await fetch(`${mock.url}/v1/plans`, { headers });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  const unknown = await callMock(['--faults', 'sunny']);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('flaky, rate-limited, slow, outage') });
  const { stdout } = await callMock(['--help']);
  for (const { effect } of Object.values(faultProfiles)) expect(stdout).toContain(effect);
});

test.for([
  { name: 'GROUPS_MOCK_SYNC_MANUAL', args: ['--sync-polls', '0'], completes: true },
  { name: 'GROUPS_MOCK_SYNC_POLLS', args: ['--sync-manual'], completes: false },
])('the command line overrides $name', async ({ name, args, completes }) => {
  const { url } = await listening(args, { [name]: name.endsWith('MANUAL') ? '1' : '0' });
  const post = async (path: string, body: string) =>
    ((await (await fetch(url + path, { method: 'POST', headers, body })).json()) as { data: Record<string, string> })
      .data;
  const { id } = await post('/v1/groups', '{"name": "A"}');
  const { request_id } = await post(`/v1/groups/${id}/members/sync`, '{"members": []}');
  const read = await fetch(`${url}/v1/groups/${id}/members/sync/${request_id}`, { headers });
  const { data } = (await read.json()) as { data: { completed_at: string | null } };
  expect(data.completed_at !== null).toBe(completes);
});

test('a variable can set several quirks, separated by commas or spaces, and 0 means off', async () => {
  const { url, end } = await listening([], {
    GROUPS_MOCK_QUIRK: 'create-status=200, external-reference=required',
    GROUPS_MOCK_LOG: '0',
  });
  const create = (body: string) => fetch(`${url}/v1/groups`, { method: 'POST', headers, body });
  expect((await create('{"name": "A"}')).status).toBe(400);
  expect((await create('{"name": "A", "external_reference_id": "a"}')).status).toBe(200);
  expect(await end()).toBe('');
});

test('a running request is answered before the mock exits, and one that hangs does not block the exit', async () => {
  const mock = await listening(['--control-token', 't']);
  const fault = async (latency_ms: number) =>
    fetch(`${mock.url}/_mock/worlds/main/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ latency_ms, times: 1 }),
    });
  await fault(300);
  await fault(600_000);
  const late = fetch(`${mock.url}/v1/plans`, { headers });
  const hanging = fetch(`${mock.url}/v1/plans`, { headers });
  const cut = expect(hanging).rejects.toThrow('fetch failed');
  const underWay = async (): Promise<number> => {
    const answer = await fetch(`${mock.url}/_mock/worlds/main/faults`);
    return ((await answer.json()) as { faults: unknown[] }).faults.length;
  };
  while ((await underWay()) > 0);
  const exited = once(mock.child, 'exit');
  mock.child.kill('SIGTERM');
  expect((await late).status).toBe(200);
  await cut;
  expect(await exited).toEqual([0, null]);
});

test.for([
  ['--data', join(import.meta.dirname, 'main.ts/here'), /^groups-mock: cannot keep worlds in .*main\.ts\/here: .*\n$/],
  ['--host', '203.0.113.1', /^groups-mock: cannot listen on 203\.0\.113\.1: .*\n$/],
] as const)('an unusable %s is reported in one line', async ([flag, value, line]) => {
  const { code, stderr } = await callMock(['--port', '0', flag, value]);
  expect(stderr).toMatch(line);
  expect(code).toBe(2);
});
