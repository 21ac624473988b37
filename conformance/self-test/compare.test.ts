import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareRuns } from '../compare/compare-runs.ts';
import { readRun } from '../compare/recorded-run.ts';
import { writeReports } from '../report/reports.ts';
import { type Patch, runSuiteOn } from './patched-mock.ts';

const timeoutMs = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A run of the suite on a patched mock, as its reports tell it. */
async function recorded(patch: Patch) {
  const result = await runSuiteOn(patch, 'standard', { syncTimeoutMs: 20_000 });
  await writeReports(result, ['json', 'har'], folder);
  return readRun(folder);
}

let mock: Awaited<ReturnType<typeof recorded>>;
beforeAll(async () => {
  mock = await recorded({});
}, timeoutMs);

test(
  'two runs of the suite on the mock do not differ',
  async () => {
    const { outcomes, readings, answers, compared } = compareRuns(mock, await recorded({}));
    expect({ outcomes, readings, answers }).toEqual({ outcomes: [], readings: [], answers: [] });
    expect(compared).toBeGreaterThan(500);
  },
  timeoutMs,
);

test(
  'the mock under two quirks differs in their readings and in the answers that show them',
  async () => {
    const quirks = { 'cross-group': 'reject', 'create-status': '200' } as const;
    const { readings, answers } = compareRuns(mock, await recorded({ quirks }));
    expect(readings.map(({ question, a, b }) => [question, a, b])).toEqual([
      ['create-status', '201', '200'],
      ['cross-group', 'move', 'reject'],
    ]);
    expect(answers.map(({ operation, where }) => `${operation} ${where}`)).toEqual(
      expect.arrayContaining(['createGroup status', 'retrieveMemberSync number of data.results.failures']),
    );
  },
  timeoutMs,
);
