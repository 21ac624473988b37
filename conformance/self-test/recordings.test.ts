import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { newYear, playEmployer } from '../../mock/test-support/employer.ts';
import { browserOrSkip } from '../../scripts/test-support/browser.ts';
import { type Inspection, inspect } from '../observe/inspect.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const brokenBy = ({ findings }: Inspection): string[] =>
  findings.parts.filter(({ broken }) => broken > 0).map(({ part }) => part);

test('a HAR recorded by a browser that uses the console and calls the API is judged, and the console is ignored', async (context) => {
  const browser = await browserOrSkip(context);
  const mock = await startMock({ port: 0 });
  onTestFinished(() => mock.close());
  const path = join(await temporaryFolder(), 'browser.har');
  const session = await browser.newContext({ recordHar: { path, content: 'embed' } });
  const page = await session.newPage();
  await page.goto(`${mock.url}/_mock/`);
  await page.getByRole('link', { name: 'main' }).click();
  await page.getByText('No groups yet').waitFor();
  const call = (method: string, at: string, body?: object) =>
    page.evaluate(
      async (request) => {
        const headers = { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' };
        const answer = await fetch(request.at, { headers, method: request.method, ...request.body });
        return (await answer.json()) as { data: { id: string } };
      },
      { method, at, body: body && { body: JSON.stringify(body) } },
    );
  const { data } = await call('POST', '/v1/groups', { name: 'Bäckerei', external_reference_id: 'b' });
  await page.getByRole('link', { name: 'Bäckerei' }).click();
  await call('PATCH', `/v1/groups/${data.id}`, { name: 'Bakery' });
  await call('GET', `/v1/groups/${data.id}`);
  await call('GET', '/v1/groups?limit=0');
  await session.close();
  const inspection = await inspect(path, { others: 'elsewhere' });
  expect(inspection.recording).toMatchObject({ baseUrl: mock.url, otherBaseUrls: [], unreadable: 0 });
  expect(inspection.recording.ignored).toBeGreaterThan(2);
  expect(inspection.findings.exchanges).toBe(4);
  expect(brokenBy(inspection)).toEqual([]);
  expect(inspection.findings.parts.filter(({ held }) => held > 0).map(({ part }) => part)).toEqual(
    expect.arrayContaining(['GRP-1', 'GRP-2', 'GRP-5', 'PAGE-4', 'ERR-1']),
  );
});

test("the HAR of a mock's journal is judged like its traffic", async () => {
  const mock = await startMock({ port: 0, host: newYear });
  onTestFinished(() => mock.close());
  await playEmployer(mock);
  const path = join(await temporaryFolder(), 'journal.har');
  await writeFile(path, JSON.stringify(mock.control().exportHar()));
  const inspection = await inspect(path, { others: 'elsewhere' });
  expect(inspection.recording).toMatchObject({ baseUrl: mock.url, ignored: 0, unreadable: 0 });
  expect(brokenBy(inspection)).toEqual([]);
  expect(inspection.readings.questions['create-status']).toMatchObject({ value: '201' });
});
