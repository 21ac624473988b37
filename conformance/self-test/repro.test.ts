import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeReports } from '../report/reports.ts';
import { repeatOf } from '../report/repro.ts';
import { runConformance } from '../run-conformance.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { keys, type PatchedMock, startPatched } from './patched-mock.ts';

/** A service that loses the last row of a roster of more than three. */
const folder = mkdtempSync(join(tmpdir(), 'repro-'));
let mock: PatchedMock;
let result: ConformanceResult;

beforeAll(async () => {
  mock = await startPatched({
    around: async (ask, next) => {
      const { members } = (ask.json ?? {}) as { members?: unknown[] };
      return next(members && members.length > 3 ? ask.with({ json: { members: members.slice(0, -1) } }) : ask);
    },
  });
  result = await runConformance({ baseUrl: mock.url, ...keys, only: ['LIFE-4'] });
  await writeReports(result, ['json'], folder);
});

afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

const run = async (script: string) => {
  const env = { ...process.env, GROUPS_API_KEY: keys.apiKey, GROUPS_OTHER_API_KEY: keys.otherApiKey };
  return (await promisify(execFile)('sh', [script], { cwd: folder, env })).stdout;
};

test('the script of a failure gets the same last answer again, with its own people and groups', async () => {
  const record = result.rules.find(({ id }) => id === 'LIFE-4');
  const check = record?.checks.find(({ message }) => message !== undefined);
  if (record === undefined || check === undefined) throw new Error('LIFE-4 did not fail');
  const script = repeatOf(result, record, check, 'repro')?.script;
  const counts = (text: string) => {
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    const { results } = (JSON.parse(last) as { data: { results: Record<string, unknown[]> } }).data;
    return Object.values(results).map(({ length }) => length);
  };
  expect(counts(await run(String(script)))).toEqual(counts(check.failedOn?.response?.body ?? ''));
});

test('reports of a later run replace the scripts of an earlier one', async () => {
  expect(readdirSync(join(folder, 'repro'))).toContain('LIFE-4.sh');
  expect(readFileSync(join(folder, 'repro/LIFE-4.sh'), 'utf8')).not.toContain(keys.apiKey);
  await writeReports({ ...result, rules: [] }, ['json'], folder);
  expect(readdirSync(join(folder, 'repro'))).toEqual([]);
});
