import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecordedRun, readRun } from '../compare/recorded-run.ts';
import { writeReports } from '../report/reports.ts';
import { type Patch, runSuiteOn } from './patched-mock.ts';

/** A run of the suite, or of some areas, on a patched mock, as its reports tell it. */
export async function recordedRun(patch: Patch, only?: readonly string[]): Promise<RecordedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  try {
    const result = await runSuiteOn(patch, 'standard', { syncTimeoutMs: 20_000, ...(only && { only }) });
    await writeReports(result, ['json', 'har'], folder);
    return readRun(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
