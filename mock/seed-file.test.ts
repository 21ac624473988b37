import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSeed } from './seed-file.ts';
import { acmePlan, openMock, row } from './test-support/frozen-mock.ts';

function file(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-seed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const example = 'spec/examples/seed.yaml';

test('a world starts with the groups, rosters and plans of its seed', async () => {
  const { call } = await openMock({ seed: readSeed(example) });
  const groups = (await call('GET', '/v1/groups?external_reference_id=employer-1042')).body.data;
  expect(groups).toMatchObject([{ name: 'Keystone Bakery' }]);
  const plans = (await call('GET', '/v1/plans')).body.data;
  expect(plans).toContainEqual({ id: 'pln_AAAAAAAAAAAAAAAAAAAAAA', name: 'Dental' });
});

test('members of the seeded roster are subscribed: the same roster adds nobody, and an empty sync removes them', async () => {
  const seed = readSeed(example);
  const { call, sync } = await openMock({ seed });
  const [group] = (await call('GET', '/v1/groups?external_reference_id=employer-1042')).body.data;
  const members = seed.organizations?.[0]?.groups?.[0]?.members ?? [];
  expect(
    await sync(
      group.id,
      members.map((member) => ({ ...member, plan_id: acmePlan })),
    ),
  ).toMatchObject({
    added: [],
    removed: [],
    failed: [],
  });
  expect((await sync(group.id, [])).removed).toHaveLength(2);
});

test('a person with an outside subscription is blocked', async () => {
  const { group, sync } = await openMock({ seed: readSeed(example) });
  const ines = row('ines', { email: 'Ines.Falk@example.com', date_of_birth: '1979-11-03' });
  const { added, failed } = await sync(await group(), [ines, row('free')]);
  expect(added).toHaveLength(1);
  expect(failed).toEqual(['ines']);
});

test('every world of a mock starts with the same seed and the same ids', async () => {
  const { call } = await openMock({ seed: readSeed(example) });
  const ids = async (key: string) =>
    (await call('GET', '/v1/groups', { key })).body.data.map(({ id }: { id: string }) => id);
  expect(await ids('vit_apk_acme.one')).toEqual(await ids('vit_apk_acme.two'));
});

test('a seed can be a JSON file', () => {
  expect(readSeed(file('seed.json', '{"organizations": [{"slug": "initech"}]}')).organizations).toHaveLength(1);
});

const head = 'organizations:\n  - slug: acme\n    plans: [Basic]\n    groups:\n      - name: One\n        members:\n';
const member = (fields: string) =>
  `          - {reference_id: a, first_name: A, last_name: B, date_of_birth: 1990-01-01, plan_id: Basic, ${fields}}\n`;
const address = "address: {address_line_1: 1 Main St, city: X, state: PA, zipcode: '19103'}";

const faults: readonly (readonly [name: string, text: string, expected: string])[] = [
  ['an unknown quirk', 'settings:\n  quirks: { colour: red }\n', ':2:3: unknown quirk "colour"'],
  ['text that is not YAML', 'organizations: [', ':1:17: '],
  ['a file that contains a list', '- 1\n', ':1:1: seed: expected an object'],
  [
    'an unknown field',
    'organizations: []\nplan: []\n',
    ':2:7: seed: expected only the fields settings, organizations, outside',
  ],
  ['a slug that is not valid in a key', 'organizations:\n  - slug: ACME\n', ':2:11: organizations[0].slug: expected'],
  ['a missing field', 'organizations:\n  - plans: []\n', ':2:5: organizations[0]: expected the field "slug", got none'],
  [
    'a ZIP code without quotes',
    head + member(address.replaceAll("'", '')),
    'expected a string, got 19103; YAML needs quotes around it.',
  ],
  ['a birth date that does not exist', head + member(address).replace('1990-01-01', '1990-02-30'), 'got "1990-02-30"'],
  ['a plan that the organization does not have', head + member(address).replace('Basic', 'Gold'), 'no plan "Gold"'],
  ['a reference_id that occurs twice', head + member(address) + member(address), '"a" is already used by members[0]'],
  [
    'two groups with one reference',
    'organizations:\n  - slug: acme\n    groups:\n      - {name: A, external_reference_id: r}\n' +
      '      - {name: B, external_reference_id: r}\n',
    ':5:9: organizations[0].groups[1]: the group "r" already exists',
  ],
  [
    'an outsider without e-mail and phone',
    'outside_subscriptions:\n  - {first_name: A, last_name: B, date_of_birth: 1990-01-01}\n',
    ':2:5: outside_subscriptions[0]: expected an e-mail or a phone',
  ],
];

test.each(faults)('%s is refused with its line', (_, text, expected) => {
  const path = file('seed.yaml', text);
  expect(() => readSeed(path)).toThrow(expected);
  expect(() => readSeed(path)).toThrow(/seed\.yaml:\d+:\d+: /);
});

test('the error for a missing file names it', () => {
  expect(() => readSeed('/nowhere/seed.yaml')).toThrow('/nowhere/seed.yaml');
});

test('the same deterministic text and requests give the same ids, another text gives others', async () => {
  const ids = async (deterministic: string) => {
    const { group, sync } = await openMock({ deterministic });
    const created = await group();
    return [created, ...(await sync(created, [row('a'), row('b')])).added];
  };
  expect(await ids('7')).toEqual(await ids('7'));
  expect(await ids('8')).not.toEqual(await ids('7'));
});

test('a deterministic mock that restarts with its data issues no id twice', async () => {
  const data = join(file('x', ''), '..', 'data');
  const seen: string[] = [];
  for (let start = 0; start < 3; start += 1) {
    const { mock, group, sync } = await openMock({ deterministic: '7', data });
    const created = await group();
    seen.push(created, ...(await sync(created, [row(`only-${start}`)])).added);
    await mock.close();
  }
  expect(new Set(seen).size).toBe(seen.length);
});

test('nor does one that had issued nothing but access tokens', async () => {
  const data = join(file('x', ''), '..', 'data');
  const seen: string[] = [];
  for (let start = 0; start < 3; start += 1) {
    const { mock, call } = await openMock({ deterministic: '7', data });
    const issued = await call('POST', '/v1/auth/access-tokens', { body: { grant_type: 'client_credentials' } });
    seen.push(issued.body.access_token);
    await mock.close();
  }
  expect(new Set(seen).size).toBe(3);
});

test('a bad seed file stops the command with one line and exit code 2', () => {
  const path = file('seed.yaml', 'organizations:\n  - plans: []\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['mock/main.ts', '--port', '0', '--seed', path], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toBe(`groups-mock: ${path}:2:5: organizations[0]: expected the field "slug", got none.\n`);
});
