import { beforeAll, expect, test } from 'vitest';
import { compareRuns } from '../compare/compare-runs.ts';
import type { RecordedRun } from '../compare/recorded-run.ts';
import { recordedRun } from './recorded-run.ts';

const timeoutMs = 60_000;
/** The areas whose answers show the quirks below. */
const areas = ['AUTH', 'GRP', 'LIFE'];

let mock: RecordedRun;
beforeAll(async () => {
  mock = await recordedRun({}, areas);
}, timeoutMs);

test(
  'two runs of the suite on the mock do not differ',
  async () => {
    const { outcomes, readings, answers, compared } = compareRuns(mock, await recordedRun({}, areas));
    expect({ outcomes, readings, answers }).toEqual({ outcomes: [], readings: [], answers: [] });
    expect(compared).toBeGreaterThan(500);
  },
  timeoutMs,
);

test(
  'the mock under two quirks differs in their readings and in the answers that show them',
  async () => {
    const quirks = { 'cross-group': 'reject', 'create-status': '200' } as const;
    const { readings, answers } = compareRuns(mock, await recordedRun({ quirks }, areas));
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
