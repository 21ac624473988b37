import { expect, test } from 'vitest';
import type { Report } from './figures.ts';
import { benchPage, renewed } from './report.ts';

const comparison = (workload: string, control: number) => ({ workload, title: workload, control, standings: [] });

test('parts that were measured again replace those of the full run, with their own time', () => {
  const machine = { processor: 'one' };
  const before: Report = {
    at: '2026-11-25T10:00:00Z',
    machine,
    throughput: [comparison('retrieve', 0.9), comparison('list', 1.1)],
    suite: 3,
    filled: 4,
    remeasured: { stall: '2026-11-25T11:00:00Z' },
  };
  const report: Report = { at: '2026-11-26T12:30:00Z', machine, throughput: [comparison('list', 1)], suite: 2 };
  const found = renewed(before, report, ['list', 'suite']);
  expect(found).toEqual({
    ...before,
    throughput: [comparison('retrieve', 0.9), comparison('list', 1)],
    suite: 2,
    remeasured: { stall: before.remeasured?.stall, list: report.at, suite: report.at },
  });
  expect(benchPage(found)).toContain('Measured 2026-11-25 10:00');
  expect(benchPage(found)).toContain('Measured separately, 2026-11-26 12:30: suite.');
});
