import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys, type PatchedMock, startPatched } from './patched-mock.ts';
import { answers } from './patches.ts';

// A separate process of vitest, as vendors run the adapter.
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'vitest-adapter-'));
let mock: PatchedMock;

beforeAll(async () => {
  mock = await startPatched({
    ...answers('listPlans', (body) => ({ ...body, data: body.data.map(({ name }) => ({ name })) })),
  });
});
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

test('the adapter registers a test for each part of a rule, and a broken one fails with a curl line that repeats the request', async () => {
  writeFileSync(
    join(folder, 'conformance.test.ts'),
    `import { conformance } from ${JSON.stringify(join(root, 'conformance/vitest.ts'))};
conformance({ baseUrl: async () => ${JSON.stringify(mock.url)}, apiKey: '${keys.apiKey}', only: ['PLAN', 'AUTH-3'], reportDir: ${JSON.stringify(folder)} });
`,
  );
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      folder,
      '--reporter=json',
      `--outputFile=${join(folder, 'tests.json')}`,
    ],
    { stdio: 'ignore', cwd: folder },
  );
  await new Promise((resolve) => child.once('close', resolve));
  const report = JSON.parse(readFileSync(join(folder, 'tests.json'), 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const statusOf = (id: string) => tests.filter(({ title }) => title.startsWith(id)).map(({ status }) => status);
  expect(statusOf('PLAN-1:')).toEqual(['failed']);
  expect(statusOf('AUTH-3:')).toEqual(['skipped']);
  expect(statusOf('the run judged')).toEqual(['passed']);
  expect(tests.find(({ status }) => status === 'failed')?.failureMessages[0]).toContain('curl -i');
  expect(readdirSync(folder)).toContain('evidence.har');
});
