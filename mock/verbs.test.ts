import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import control from '../generated/control-openapi.json' with { type: 'json' };
import { createCommand } from './command.ts';
import { type Mock, startMock } from './index.ts';
import { addressOf } from './options.ts';
import { addGroup } from './test-support/employer.ts';
import { acme, row, stoppedHost } from './test-support/frozen-mock.ts';
import { postgresOrSkip } from './test-support/postgres-or-skip.ts';
import { faultOptions } from './verb-options.ts';
import { verbs } from './verbs.ts';

/** Runs a command line in this process and returns what it prints. */
async function run(words: readonly string[]): Promise<string> {
  const nothing = async () => {};
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const errors: string[] = [];
  const command = createCommand({ start: nothing, journal: nothing, advise: nothing, preview: nothing });
  for (const each of [command, ...command.commands, ...command.commands.flatMap((one) => one.commands)])
    each.configureOutput({ writeErr: (text) => void errors.push(text) });
  try {
    await command.parseAsync(words, { from: 'user' });
    return printed.mock.calls.join('\n');
  } catch (error) {
    throw errors.length === 0 ? error : new Error(errors.join(''));
  } finally {
    printed.mockRestore();
  }
}

async function start(): Promise<Mock> {
  const mock = await startMock({ port: 0, host: stoppedHost, progress: { after: 'manual' } });
  onTestFinished(() => mock.close());
  return mock;
}

async function submit(mock: Mock, group: string): Promise<string> {
  const response = await mock.fetch(`/v1/groups/${group}/members/sync`, {
    method: 'POST',
    headers: { authorization: `Bearer ${acme}`, 'content-type': 'application/json' },
    body: JSON.stringify({ members: [row('ada')] }),
  });
  return ((await response.json()) as { data: { request_id: string } }).data.request_id;
}

test('every verb does what it says, and prints it', async () => {
  const mock = await start();
  const folder = mkdtempSync(join(tmpdir(), 'verbs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'world.json');
  const group = await addGroup(mock, 'Keystone Bakery', 'keystone');
  const first = await submit(mock, group);
  const done = new Set<string>();
  const on = async (words: string, ...rest: readonly string[]) => {
    done.add(verbs.find(({ usage }) => words.startsWith(usage.split(/ [<[]/)[0] as string))?.usage ?? words);
    return run([...words.split(' '), '--url', mock.url, ...rest]);
  };

  expect(await on(`sync stall ${first}`)).toMatch(/^stalled {2}grpmsr_/);
  expect(await on(`sync unstall ${first}`)).toMatch(/^queued {2}/);
  expect(await on(`sync complete ${first}`)).toContain('added: 1, removed: 0, failed: 0');
  expect(await on('sync list')).toMatch(/^completed {2}/);
  expect(await on(`roster ${group}`)).toMatch(/^active {2}ada {2}grpmbr_/);
  expect(await on('requests --operation submitMemberSync')).toMatch(/^\d+ {2}submitMemberSync {2}202 {2}1 rows$/);
  expect(await on('clock freeze 2020-02-29T00:00:00Z')).toBe('2020-02-29T00:00:00.000Z, frozen');
  expect(await on('clock advance 90s')).toBe('2020-02-29T00:01:30.000Z, frozen');
  expect(await on('clock show')).toBe('2020-02-29T00:01:30.000Z, frozen');
  expect(await on('clock resume')).toBe('2020-02-29T00:01:30.000Z, running');
  expect(await on('settings --quirk phone=required --sync-polls 2')).toMatch(/phone = required\n.*sync_polls = 2$/s);
  expect(await on('fault add --latency-ms 1', '--headers', 'X-A: 1', '--headers', 'X-B: 2')).toContain('"X-B":"2"');
  expect(mock.control().listFaults().faults).toMatchObject([{ latency_ms: 1, headers: { 'X-A': '1', 'X-B': '2' } }]);
  expect(await on('fault list')).toMatch(/^fault-1 {2}/);
  expect(await on('fault remove fault-1')).toBe('No faults.');
  expect(await on('fault clear')).toBe('No faults.');
  expect(await on(`snapshot save ${file}`)).toBe(`Saved the world main in ${file}.`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ world: 'main' });
  expect(await on('reset')).toContain(`${acme}  groups: 0`);
  expect(await on(`snapshot load ${file}`)).toContain(`${acme}  groups: 1`);
  expect(await on('scenario month-end')).toContain('World main');
  writeFileSync(file, '{"organizations": [{"slug": "initech"}]}');
  expect(await on(`seed ${file}`, '--world', 'pr-7')).toContain('vit_apk_initech.pr-7');
  expect(await on('worlds')).toContain('World pr-7');
  expect(await on('health')).toMatch(/^Ready: groups-mock .*, worlds: 2\.$/);
  const others = verbs.map(({ usage }) => usage).filter((usage) => !usage.startsWith('tenant '));
  expect([...done].sort()).toEqual(others.sort());
});

test('every verb of tenants does what it says, and prints it', async (context) => {
  const database = await (await postgresOrSkip(context)).createDatabase();
  const secret = 'a-secret-of-this-deployment-0001';
  const mock = await startMock({ port: 0, database, controlToken: 'operator', tenants: { secret } });
  onTestFinished(() => mock.close());
  const done = new Set<string>();
  const on = (words: string) => {
    done.add(words.split(' ').slice(0, 2).join(' '));
    return run([...words.split(' '), '--url', mock.url, '--control-token', 'operator']);
  };
  expect(await on('tenant list')).toBe('No tenants.');
  const added = await on('tenant add acme-payroll --worlds 3 --requests-per-minute 600');
  expect(added).toMatch(/^acme-payroll {2}active {2}worlds: 0 of 3 {2}requests: 0, this minute 0 of 600 {2}/);
  const [, key] = /Authorization: Bearer (vit_apk_acme_acme-payroll_[a-z2-7]{26})'/.exec(added) as RegExpExecArray;
  expect(added).toContain(`  globex  ${key?.replace('_acme_', '_globex_')}`);
  expect(added).toMatch(/ {2}vit_ctl_acme-payroll_[a-z2-7]{26}\n/);
  const response = await fetch(`${mock.url}/v1/groups`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.status).toBe(200);
  expect(added).toContain(await on('tenant keys acme-payroll'));
  expect(await on('tenant quotas acme-payroll --rows 50 --groups 7')).toContain(
    'groups per world: 7  rows per roster: 50',
  );
  expect(await on('tenant suspend acme-payroll')).toContain('  suspended  worlds: 1 of 3  ');
  expect(await on('tenant resume acme-payroll')).toContain('  active  ');
  expect(await on('tenant show acme-payroll')).toContain('last request 20');
  expect(await on('tenant list')).toMatch(/^acme-payroll {2}/);
  expect(await on('tenant remove acme-payroll')).toBe('Removed acme-payroll with its worlds: 1.');
  await expect(on('tenant show acme-payroll')).rejects.toThrow(/answered 404: There is no tenant "acme-payroll"/);
  const all = verbs.map(({ usage }) => usage.split(/ [<[]/)[0]).filter((usage) => usage?.startsWith('tenant '));
  expect([...done].sort()).toEqual(all.sort());
});

test('--json prints the answer of the control plane', async () => {
  const mock = await start();
  const answer = await run(['clock', 'freeze', '--json', '--url', mock.url]);
  expect(JSON.parse(answer)).toEqual(mock.control().readClock());
});

test('without --url, a verb calls the mock that the same --port and --host would start', async () => {
  const mock = await start();
  expect(await run(['--port', new URL(mock.url).port, '--host', '0.0.0.0', 'health'])).toContain('Ready');
  expect(addressOf({ host: '::', port: 1 })).toBe('http://[::1]:1');
  expect(addressOf({ host: 'fd00::1', port: 1 })).toBe('http://[fd00::1]:1');
});

test('a refusal names what the mock expected', async () => {
  const mock = await start();
  await expect(run(['roster', 'grp_x', '--url', mock.url])).rejects.toThrow(/answered 404: There is no group "grp_x"/);
  await expect(run(['fault', 'add', '--url', mock.url])).rejects.toThrow(/expected at least one of "status"/);
  await expect(run(['seed', '/nowhere.yaml', '--url', mock.url])).rejects.toThrow(/cannot read the seed/);
  await expect(run(['clock', 'advance', '2weeks'])).rejects.toThrow(/such as 500ms, 90s, 15m, 2h or 30d/);
});

test.each([
  ['rset', /unknown command 'rset'\n\(Did you mean reset\?\)/],
  ['clock frezee', /unknown command 'frezee'\n\(Did you mean freeze\?\)/],
  ['frobnicate', /unknown command 'frobnicate'\nRun groups-mock --help/],
])('an unknown verb is refused: %s', async (words, message) => {
  await expect(run(words.split(' '))).rejects.toThrow(message);
});

test('there is an option for every field of a fault', () => {
  const fields = Object.keys(control.components.schemas.FaultRequest.properties);
  expect(
    faultOptions()
      .map((each) => each.name().replaceAll('-', '_'))
      .sort(),
  ).toEqual(fields.sort());
});

test("the image's health check calls the mock where its own options say that it listens", async () => {
  const mock = await start();
  const folder = mkdtempSync(join(tmpdir(), 'health-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [, check = ''] = /HEALTHCHECK .*\\\n {2}CMD (.*)/.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  const commandLine = join(folder, 'cmdline');
  const script = check
    .replace('/proc/1/cmdline', commandLine)
    .replace('node dist/mock/main.js', `${process.execPath} mock/main.ts`);
  const codeFor = (port: string): Promise<unknown> => {
    const words = ['/sbin/docker-init', '--', 'node', 'dist/mock/main.js', '--port', port, '--quirk', 'phone=required'];
    writeFileSync(commandLine, `${words.join('\0')}\0`);
    return new Promise((resolve) => {
      execFile('sh', ['-c', script], (error, stdout) => resolve([error?.code ?? 0, stdout.split(' ')[0]]));
    });
  };
  expect(await codeFor(new URL(mock.url).port)).toEqual([0, 'Ready:']);
  expect(await codeFor('1')).toEqual([1, '']);
});
