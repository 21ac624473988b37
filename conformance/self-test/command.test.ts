import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mock, startMock } from '../../mock/index.ts';
import { specFolder } from '../contract/testing.ts';
import { callCli, ended, runCli, startCli } from './command-line.ts';
import { startPatched } from './patched-mock.ts';

/** The command line against the mock, as people and CI see it. */

let mock: Mock;
const folder = mkdtempSync(join(tmpdir(), 'groups-conformance-'));
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
});
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

/** A run has begun when it has created a group. */
async function groupCount(): Promise<number> {
  const response = await fetch(`${mock.url}/v1/groups?limit=1`, { headers: { authorization: 'Bearer vit_apk_acme' } });
  return ((await response.json()) as { pagination: { total: number } }).pagination.total;
}

const onMock = (...args: string[]) => callCli(['--base-url', mock.url, ...args]);

test('the mock is conformant, and --report-dir receives the five files', async () => {
  const { code, out } = await runCli(['--base-url', mock.url, '--only', 'PLAN', '--report-dir', file('reports')]);
  expect(out).toContain('passed: PLAN at http://127.0.0.1:');
  expect(code).toBe(0);
  expect(readdirSync(file('reports')).sort()).toEqual([
    'evidence.har',
    'junit.xml',
    'report.html',
    'report.json',
    'report.sarif',
  ]);
});

test('a report that cannot be written is named in one line, and the others are written', async () => {
  mkdirSync(join(file('blocked'), 'report.html'), { recursive: true });
  const { code, err } = await onMock('--only', 'PLAN', '--report-dir', file('blocked'));
  expect(err).toMatch(/^groups-conformance: a report cannot be written: .*report\.html[^\n]*\n$/);
  expect(code).toBe(4);
  expect(readdirSync(file('blocked'))).toHaveLength(5);
});

test('flags override environment variables, which override defaults', async () => {
  const env = { GROUPS_BASE_URL: 'http://127.0.0.1:1', GROUPS_ONLY: 'PLAN', GROUPS_PROFILE: 'read-only' };
  const { code, out } = await callCli(['--base-url', mock.url], env);
  expect(out).toContain('(profile read-only, ');
  expect(out).toContain('rule parts (only PLAN)');
  expect(code).toBe(0);
});

test.each([
  ['an unknown flag', ['--nonsense']],
  ['no target', []],
  ['a target that is not a URL', ['--base-url', 'localhost']],
  ['a target with the version of the API', ['--base-url', 'http://127.0.0.1:1/v1/']],
  ['an unknown rule', ['--rule', 'LIFE-99']],
  ['an area for --rule', ['--rule', 'LIFE']],
  ['an unknown report', ['--report', 'pdf']],
  ['two reports without a folder', ['--base-url', 'http://127.0.0.1:1', '--report', 'json,html']],
  ['a comparison with a folder that is no report', ['compare', '/nowhere', '/nowhere']],
  ['a comparison with an invalid --fail-on', ['compare', 'a', 'b', '--fail-on', 'anything']],
  ['a missing baseline', ['--base-url', 'http://127.0.0.1:1', '--baseline', '/nowhere.yaml']],
  ['a rate of nothing', ['--rate', '0']],
  ['certify without the second key', ['certify', '--base-url', 'http://127.0.0.1:1']],
  ['certify without saying what is judged', ['certify', '--base-url', 'http://127.0.0.1:1', '--other-api-key', 'k']],
  ['a certification without the second key', ['--base-url', 'http://127.0.0.1:1', '--profile', 'certification']],
  ['the same key twice', ['--base-url', 'http://127.0.0.1:1', '--api-key', 'k', '--other-api-key', 'k']],
  ['verify without a file', ['verify']],
  ['a file that is not a certificate', ['verify', import.meta.filename]],
  ['a missing older contract', ['--list', '--contract', '/nowhere']],
  ['diff with a missing contract', ['diff', specFolder, '/nowhere.yaml']],
])('%s is bad usage: one line, exit code 2', async (_, args) => {
  const { code, out, err } = await callCli(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^error: [^\n]+\n$/);
});

test('a mistyped command gets a suggestion', async () => {
  const { code, err } = await runCli(['certfy', '--base-url', 'http://127.0.0.1:1']);
  expect(code).toBe(2);
  expect(err).toContain("error: unknown command 'certfy'");
  expect(err).toContain('Did you mean certify?');
});

test('explain says what breaks a rule', async () => {
  const { code, out } = await callCli(['explain', 'life-11']);
  expect(code).toBe(0);
  expect(out).toMatch(/^LIFE-11 \(must\): /);
  expect(out).toContain('What breaks it, for example');
});

test('SIGTERM to npm ends the run with a clean-up', async () => {
  const npm = spawn('npm', ['run', 'conformance', '--', '--base-url', mock.url, '--only', 'LIFE', '--rate', '25'], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = ended(npm);
  const total = await groupCount();
  while ((await groupCount()) === total && npm.exitCode === null);
  npm.kill('SIGTERM');
  expect((await result).out).toMatch(/\d+ empty groups remain/);
});

test('the exit code of diff is 1 if something breaks, and it needs no target', async () => {
  expect(await callCli(['diff', specFolder, specFolder])).toEqual({ code: 0, out: 'No change.\n', err: '' });
  const [wide, narrow] = ['255', '100'].map((limit) => {
    const path = file(`${limit}.yaml`);
    const schema = `{type: string, maxLength: ${limit}}`;
    writeFileSync(
      path,
      `openapi: 3.1.0\npaths: {/a: {get: {parameters: [{in: query, name: q, schema: ${schema}}]}}}\n`,
    );
    return path;
  }) as [string, string];
  expect(await callCli(['diff', narrow, wide])).toMatchObject({ code: 0 });
  const { code, out } = await callCli(['diff', wide, narrow, '--format', 'json']);
  expect([code, JSON.parse(out)]).toMatchObject([1, { verdict: 'breaking' }]);
});

test('a target that cannot be reached is exit code 4', async () => {
  const { code, out } = await runCli(['--base-url', 'http://127.0.0.1:1']);
  expect(code).toBe(4);
  expect(out).toContain('cannot be reached');
});

test('a selection that leaves no rule is not success', async () => {
  const { code, out } = await onMock('--rule', 'LIFE-1', '--profile', 'read-only');
  expect(code).toBe(4);
  expect(out).toContain('not judged');
});

test('--list and --plan need no target and send nothing', async () => {
  expect((await callCli(['--list', '--only', 'LIFE'])).out).toMatch(
    /15 rules with 15 parts \(.* must, .* should\), \d+ checks\./,
  );
  const { code, out } = await callCli(['--plan', '--profile', 'read-only']);
  expect(code).toBe(0);
  expect(out).toContain('· the list has data, and pagination with four integers: listGroups\n');
  expect(out).toContain('Nothing was sent.');
});

test('one report without a folder goes to standard output, and nothing else does', async () => {
  const { out } = await onMock('--only', 'PLAN', '--report', 'json');
  expect(JSON.parse(out)).toMatchObject({ verdict: 'conformant' });
});

test('--trace prints each request and answer of a rule in full', async () => {
  const { out } = await onMock('--only', 'PLAN', '--trace', 'PLAN-1');
  expect(out).toMatch(/> GET http\S+\/v1\/plans\n> accept: application\/json\n/);
  expect(out).toMatch(/< 200\n(< .*\n)*< \{"data":/);
});

test('a run that reaches its limit of requests is incomplete and leaves no members', async () => {
  const { code, out } = await onMock('--only', 'LIFE', '--max-requests', '30');
  expect(code).toBe(3);
  expect(out).toContain('Ended early: the limit of 30 requests is reached');
  expect(out).toContain('empty groups remain');
});

test('an interrupted run reports the interruption, is incomplete and leaves no members', async () => {
  const before = file('interrupted');
  const child = startCli(['--base-url', mock.url, '--only', 'LIFE', '--rate', '25', '--report-dir', before]);
  const result = ended(child);
  const total = await groupCount();
  while ((await groupCount()) === total && child.exitCode === null);
  child.kill('SIGTERM');
  const { code, out } = await result;
  expect(code).toBe(3);
  expect(out).toContain('Ended early: the run was interrupted (SIGTERM)');
  expect(out).toContain('empty groups remain');
  expect(existsSync(join(before, 'report.json'))).toBe(true);
});

test('a group whose creation was not answered before the interruption is counted', async () => {
  let child: ChildProcess | undefined;
  const silent = await startPatched({
    async around(ask, next) {
      const reply = await next(ask);
      if (ask.operation !== 'createGroup') return reply;
      child?.kill('SIGTERM');
      return new Promise<never>(() => {});
    },
  });
  try {
    child = startCli(['--base-url', silent.url, '--only', 'LIFE']);
    const { code, out } = await ended(child);
    expect(code).toBe(3);
    expect(out).toMatch(/1 (empty )?groups remain/);
  } finally {
    await silent.close();
  }
});

test('a known failure does not fail the run, and a malformed baseline is bad usage with file and line', async () => {
  const quirky = await startMock({ port: 0, progress: { after: 'delay', ms: 0 }, quirks: { 'create-status': '200' } });
  try {
    const baseline = file('known.yaml');
    writeFileSync(baseline, '- {rule: GRP-1, level: should, owner: Ana, reason: old gateway, expires: 2099-01-01}\n');
    const args = ['--base-url', quirky.url, '--rule', 'GRP-1', '--baseline', baseline];
    const { code, out } = await callCli(args);
    expect(code).toBe(0);
    expect(out).toContain('known failure, tolerated: old gateway (Ana, until 2099-01-01)');
    writeFileSync(baseline, '- rule: GRP-1\n  owner: Ana\n');
    expect(await callCli(args)).toMatchObject({ code: 2, err: `error: ${baseline}:1: GRP-1 has no reason\n` });
  } finally {
    await quirky.close();
  }
});

const implementation = [
  '--implementation',
  'mock',
  '--implementation-version',
  '1',
  '--implementation-commit',
  '0a1b2c3',
];

test('a run that is not conformant writes no certificate', async () => {
  const out = file('none');
  const { code, err } = await callCli([
    'certify',
    '--base-url',
    mock.url,
    '--other-api-key',
    'vit_apk_globex',
    ...implementation,
    '--max-requests',
    '20',
    '--out',
    out,
  ]);
  expect(code).toBe(3);
  expect(err).toContain('No certificate was written');
  expect(readdirSync(out)).toEqual([]);
});
