import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { quirks } from '../generated/quirks.ts';
import packageJson from '../package.json' with { type: 'json' };
import { callMock } from './test-support/command-line.ts';
import { acme, acmePlan, globex, globexPlan } from './test-support/frozen-mock.ts';

/** Starts the command, and kills it at the end of the test if it is still running. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs the command and returns its output and exit code. */
async function outcome(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const child = run(args, env);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code };
}

/** Starts a mock and waits until it prints its address. */
async function listening(
  args: readonly string[] = [],
  env?: Readonly<Record<string, string>>,
  stdin?: 'ignore' | 'pipe',
) {
  const child = run(['--port', '0', ...args], env, stdin);
  const exited = once(child, 'exit');
  let banner = '';
  let url: string | undefined;
  for await (const chunk of child.stdout as NodeJS.ReadableStream) {
    banner += chunk;
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(banner)?.[0];
    if (url !== undefined && banner.endsWith('\n')) break;
  }
  if (url === undefined) throw new Error(`expected a banner with an address, got ${JSON.stringify(banner)}`);
  return { child, exited, banner, url };
}

const headers = { authorization: `Bearer ${acme}`, 'content-type': 'application/json' };
const create = (url: string, name = 'A') =>
  fetch(`${url}/v1/groups`, { method: 'POST', headers, body: JSON.stringify({ name }) });

describe('a started mock', () => {
  test('prints its address with the actual port, and its keys and plans', async () => {
    const { url, banner } = await listening();
    expect(new URL(url).port).not.toBe('0');
    for (const word of [
      packageJson.version,
      acme,
      globex,
      acmePlan,
      globexPlan,
      'Primary Care + Mental Health',
      'curl',
    ])
      expect(banner).toContain(word);
    expect((await create(url, 'My first group')).status).toBe(201);
  });

  test('prints only the address under --quiet', async () => {
    const { url, banner } = await listening(['--quiet']);
    expect(banner).toBe(`${url}\n`);
  });

  test.each([
    ['flags', ['--quirk', 'create-status=200', '--sync-polls', '0'], {}],
    ['the environment', [], { GROUPS_MOCK_QUIRK: 'create-status=200', GROUPS_MOCK_SYNC_POLLS: '0' }],
  ])('follows %s', async (_, args, env) => {
    const { url } = await listening(args, env);
    const created = await create(url);
    expect(created.status).toBe(200);
    const { id } = ((await created.json()) as { data: { id: string } }).data;
    const path = `${url}/v1/groups/${id}/members/sync`;
    const submitted = await fetch(path, { method: 'POST', headers, body: '{"members": []}' });
    const { request_id } = ((await submitted.json()) as { data: { request_id: string } }).data;
    expect(await (await fetch(`${path}/${request_id}`, { headers })).json()).toMatchObject({
      data: { results: { failures: [] } },
    });
  });

  test('lets flags override the environment', async () => {
    const { url } = await listening(['--quirk', 'create-status=201'], { GROUPS_MOCK_QUIRK: 'create-status=200' });
    expect((await create(url)).status).toBe(201);
  });

  test('stops under --exit-with-stdin when its standard input closes, and not before', async () => {
    const { child, exited, url } = await listening(['--exit-with-stdin'], {}, 'pipe');
    child.stdin?.write('text that the mock ignores\n');
    expect((await create(url)).status).toBe(201);
    child.stdin?.end();
    expect(await exited).toEqual([0, null]);
  });

  test('does not look at standard input otherwise', async () => {
    const { child, url } = await listening([], {}, 'pipe');
    child.stdin?.end();
    expect((await create(url)).status).toBe(201);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('exits with code 0 on %s, even with idle connections', async (signal) => {
    const { child, exited, url } = await listening();
    await (await create(url)).text();
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
  });
});

describe('bad usage is reported on stderr without a stack, with exit code 2', () => {
  test.each([
    ['an unknown flag', ['--colour'], "unknown option '--colour'"],
    ['an argument', ['extra'], "unknown command 'extra'"],
    ['a port that is not a number', ['--port', 'abc'], 'a whole number from 0 to 65535'],
    ['a port that is too large', ['--port', '65536'], 'a whole number from 0 to 65535'],
    ['a flag without its value', ['--port'], 'argument missing'],
    ['a delay that is not a whole number', ['--sync-delay', '1.5'], 'a whole number'],
    ['two kinds of progress', ['--sync-polls', '1', '--sync-manual'], 'cannot be used with'],
    ['an unknown quirk', ['--quirk', 'colour=red'], 'unknown quirk "colour"'],
    ['an unknown value of a quirk', ['--quirk', 'cross-group=maybe'], 'cross-group can be move or reject, not "maybe"'],
  ])('%s', async (_, args, words) => {
    const { stdout, stderr, code } = await callMock(args);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('in the environment', async () => {
    const { stderr, code } = await callMock([], { GROUPS_MOCK_PORT: 'abc' });
    expect(stderr).toContain('GROUPS_MOCK_PORT');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test('a port that is in use, in one line that names it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { stdout, stderr, code } = await outcome(['--port', String(port)]);
    expect(stderr).toMatch(new RegExp(`^groups-mock: port ${port} is already in use.*\n$`));
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test.each([
  [[], {}, /--tenants: expected a secret in GROUPS_MOCK_TENANT_SECRET.*openssl rand/],
  [[], { GROUPS_MOCK_TENANT_SECRET: 'x'.repeat(32) }, /--tenants: expected --control-token/],
  [['--control-token', 'a'], { GROUPS_MOCK_TENANT_SECRET: 'x'.repeat(32) }, /tenants: expected "database", too/],
  [
    ['--control-token', 'a', '--database', 'postgres://nowhere.invalid/mock'],
    { GROUPS_MOCK_TENANT_SECRET: 'too short' },
    /expected at least 32 characters, got 9/,
  ],
])('--tenants with %j and %j is refused', async (args, env, message) => {
  const { code, stderr } = await callMock(['--tenants', ...args], env);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('x'.repeat(32));
  expect(code).toBe(2);
});

test.each(['postgres://groups:hush/hush@db.internal/groups', 'postgres:/groups:hush@db.internal/groups', 'hush'])(
  'the database %j is refused without being shown, because it may have a password',
  async (database) => {
    const { code, stderr } = await callMock([], { GROUPS_MOCK_DATABASE: database });
    expect(stderr).toMatch(/^groups-mock: database: expected a URL such as postgres:.*percent-encoded.*\n$/);
    expect(stderr).not.toContain('hush');
    expect(code).toBe(2);
  },
);

test('--help lists every flag and every value of every quirk, and exits with code 0', async () => {
  const { stdout, stderr, code } = await callMock(['--help']);
  for (const flag of ['--port', '--host', '--quirk', '--sync-delay', '--sync-polls', '--sync-manual', '--quiet'])
    expect(stdout).toContain(flag);
  for (const [name, { values }] of Object.entries(quirks))
    expect(stdout).toMatch(new RegExp(`^ *${name} +${values.map(({ value }) => value).join(', ')}$`, 'm'));
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('--version prints the version of the package', async () => {
  expect(await outcome(['--version'])).toEqual({ stdout: `${packageJson.version}\n`, stderr: '', code: 0 });
});
