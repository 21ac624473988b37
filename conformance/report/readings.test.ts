import { expect, test } from 'vitest';
import type { Readings } from '../observe/readings.ts';
import { consoleReport } from './console.ts';
import { htmlReport } from './html.ts';
import { fiveChecks, resultOf } from './testing.ts';

const readings: Readings = {
  questions: {
    'cross-group': { value: 'reject', evidence: 7, request: 'GET /v1/groups/<b> → 200' },
    phone: { unseen: 'not seen; shown by a row without phone' },
  },
  syncMilliseconds: 42,
};

test('the console and the page list the readings that were seen, with their exchange, and those that were not', () => {
  const result = { ...resultOf(fiveChecks), readings };
  expect(consoleReport(result)).toMatch(
    /cross-group +reject \(exchange 7\)\n +duration of a sync +42 ms \(median\)\n +Not seen, report\.json says why: phone\n/,
  );
  const html = htmlReport(result);
  expect(html).toContain('cross-group: <b>reject</b>');
  expect(html).toContain('exchange 7, <code>GET /v1/groups/&lt;b&gt; → 200</code>');
  expect(html).toContain('phone: not seen; shown by a row without phone');
  expect(consoleReport(resultOf(fiveChecks))).not.toContain('Readings');
});
