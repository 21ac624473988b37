import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { traffic } from '../../generated/traffic.ts';
import { type Mock, startMock } from '../../mock/index.ts';
import { contractBefore, placeOf } from '../contract/testing.ts';
import { levelOf, ruleParts } from '../rule-parts.ts';
import { callCli, runCli } from './command-line.ts';
import { defects } from './defects.ts';
import { nameOfSet, pairwise } from './pairs.ts';
import { runSuiteOn } from './patched-mock.ts';
import { defectsMarkdown, recorded, variantsMarkdown } from './tables.ts';
import { variants } from './variants.ts';

test('groups that an empty roster did not empty are reported', async () => {
  const defect = defects.find(({ name }) => name === 'large-group-not-emptied');
  const { left, groups } = await runSuiteOn(defect?.patch() ?? {}, 'standard', { only: ['SYNC-9'] });
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(groups);
  expect((await runSuiteOn({}, 'standard', { only: ['SYNC-9'] })).left).toEqual([]);
});

describe('the suite over a socket', () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  });
  afterAll(() => mock.close());

  test('finds the mock conformant, with nothing skipped, and each check sends only what the plan says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'groups-conformance-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const args = ['--base-url', mock.url, '--other-api-key', 'vit_apk_globex', '--profile', 'certification'];
    const { code, out } = await runCli([...args, '--report-dir', folder]);
    expect(out).toContain(`${ruleParts.length} pass, 0 fail, 0 warn, 0 skipped, 0 error`);
    expect(code).toBe(0);

    const { log } = JSON.parse(readFileSync(join(folder, 'evidence.har'), 'utf8'));
    const entries = log.entries as Readonly<Record<string, string>>[];
    const sent = entries
      .filter(({ _operation: operation }) => operation)
      .map(
        ({ _rule: rule, _level: level, _check: check, _operation: operation }) =>
          [`${rule} ${level} ${check}`, operation] as const,
      );
    const unplanned = sent.filter(([check, operation]) => !traffic[check]?.includes(operation ?? ''));
    expect([...new Set(unplanned.map(String))], 'delete generated/traffic.ts and run npm run generate').toEqual([]);
  }, 180_000);

  test('judges by an older contract, with its levels and schemas, and names its version', async () => {
    const folder = contractBefore({
      openapi: (document) => {
        document.setIn(['info', 'version'], '0.9.0');
        document.setIn(['components', 'schemas', 'Plan', 'properties', 'name', 'maxLength'], 3);
      },
      rules: (rules) => rules.setIn([placeOf(rules, 'ERR-8'), 'level'], 'should'),
    });
    try {
      const args = ['--base-url', mock.url, '--contract', folder, '--only', 'ERR-8', '--verbose'];
      const { code, out } = await callCli(args);
      expect(out).toContain('! WARN ERR-8 (should): the lists are JSON of the contract’s schema');
      expect(out).toContain('data[0].name is "Primary Care", longer than 3 characters');
      expect(out).toMatch(/^passed with warnings: ERR-8 at .* \(profile standard, contract 0\.9\.0, not this kit's /m);
      expect(code).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('reports how many groups it left, including those that the target should have refused', async () => {
    const authorization = { authorization: 'Bearer vit_apk_acme' };
    const total = async () => {
      const list = await (await fetch(`${mock.url}/v1/groups?limit=1`, { headers: authorization })).json();
      return (list as { pagination: { total: number } }).pagination.total;
    };
    const before = await total();
    const { out } = await callCli(['--base-url', mock.url, '--only', 'GRP,ERR-7']);
    expect(out).toContain(`${(await total()) - before} empty groups remain`);
  });

  test('reports no leak between two keys of one organization, and certifies nothing', async () => {
    const issued = await fetch(`${mock.url}/v1/auth/access-tokens`, {
      method: 'POST',
      headers: { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' },
      body: '{"grant_type": "client_credentials"}',
    });
    const { access_token: token } = (await issued.json()) as { access_token: string };
    const args = ['--base-url', mock.url, '--other-api-key', token, '--only', 'AUTH,LIFE-9'];
    const { code, out } = await callCli(args);
    expect(out).toMatch(/AUTH-3 .*needs the key of a second organization/);
    expect(out).toContain('The second API key belongs to the same organization as the first');
    expect(code).toBe(0);
    expect((await callCli([...args, '--profile', 'certification'])).code).toBe(3);
  });

  test('reports in one line that a key is refused, and judges nothing', async () => {
    const { code, out } = await callCli(['--base-url', mock.url, '--api-key', 'vit_apk_nobody']);
    expect(out).toContain('refused the API key with 401');
    expect(code).toBe(4);
  });
});

test('reports in one line that the target does not answer, and judges nothing', async () => {
  const { code, out } = await callCli(['--base-url', 'http://127.0.0.1:1']);
  expect(out).toContain('cannot be reached');
  expect(code).toBe(4);
});

test('every part of every rule has a defect that breaks it', () => {
  const broken = new Set(defects.flatMap(({ breaks }) => breaks));
  expect(ruleParts.filter((part) => !broken.has(part))).toEqual([]);
  expect(defects.some(({ breaks }) => breaks.some((part) => levelOf(part) === 'must'))).toBe(true);
});

test('the published tables are those of the current defects, variants and sets, all with the expected result', () => {
  const table = (file: string) => readFileSync(join(import.meta.dirname, '../../docs/trust', file), 'utf8');
  const renew = 'npm run self-test -- --write --only NAME,NAME (or sets) renews the rows';
  const results = (file: string) => [...recorded(table(file))].map(([name, { fault }]) => [name, fault]);
  const expected = (names: readonly string[]) => names.map((name) => [name, '']);
  expect(results('defects.md'), renew).toEqual(expected(defects.map(({ name }) => name)));
  const sets = pairwise(variants).map(nameOfSet);
  expect(results('variants.md'), renew).toEqual(expected([...variants.map(({ name }) => name), ...sets]));
  expect(table('defects.md'), renew).toBe(defectsMarkdown([], table('defects.md')));
  expect(table('variants.md'), renew).toBe(variantsMarkdown([], table('variants.md')));
});

test('the names and sentences of defects are unique', () => {
  expect(new Set(defects.map(({ name }) => name)).size).toBe(defects.length);
  expect(new Set(defects.map(({ sentence }) => sentence)).size).toBe(defects.length);
});
