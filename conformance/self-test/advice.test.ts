import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { runConformance } from '../run-conformance.ts';

test("what the suite does on purpose is not reported as a client's mistake", async () => {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  onTestFinished(() => mock.close());
  await runConformance({ baseUrl: mock.url, apiKey: mock.keys[0] ?? '', only: ['SYNC', 'PAGE', 'GRP'] });
  expect(mock.control().readJournal().exchanges.length).toBeGreaterThan(50);
  expect(mock.control().advise()).toMatchObject({ exchanges: 0, unfinished: 0, findings: [] });
});
