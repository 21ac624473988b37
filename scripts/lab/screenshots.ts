import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { render, runConformance } from '../../conformance/index.ts';
import { startMock } from '../../mock/index.ts';
import { newYear, playEmployer } from '../../mock/test-support/employer.ts';
import { noBrowser, openBrowser } from '../browser.ts';
import { root } from '../generate/contract.ts';

const usage = `npm run lab -- screenshots  take the pictures of the console and of a report in docs/images/ again; about 20 seconds`;

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const browser = await openBrowser();
if (browser === undefined) {
  console.error(`screenshots: ${noBrowser}.`);
  process.exit(2);
}
const folder = join(root, 'docs/images');
mkdirSync(folder, { recursive: true });
try {
  await shootConsole();
  await shootReport();
} finally {
  await browser.close();
}

/** The example employer after seven months; the same ids and times in every picture. */
async function shootConsole(): Promise<void> {
  const mock = await startMock({ port: 0, host: newYear, deterministic: 'screenshots' });
  const group = await playEmployer(mock);
  mock.clock().advance(20 * 86_400_000);
  for (const colorScheme of ['light', 'dark'] as const)
    await shoot(colorScheme === 'light' ? 'console.png' : 'console-dark.png', { colorScheme }, (page) =>
      page.goto(`${mock.url}/_mock/console/worlds/main/groups/${group}`),
    );
  await shoot('console-preview.png', {}, async (page) => {
    await page.goto(`${mock.url}/_mock/console/worlds/main/groups/${group}`);
    await page.getByLabel('Or paste it').fill(readFileSync(join(root, 'spec/examples/employer/2026-01.json'), 'utf8'));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('#preview').waitFor();
  });
  await mock.close();
}

/** The report of the suite on the mock. */
async function shootReport(): Promise<void> {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 20 } });
  console.log('The suite judges the mock, for its report …');
  const result = await runConformance({ baseUrl: mock.url, apiKey: 'vit_apk_acme', otherApiKey: 'vit_apk_globex' });
  await shoot('report.png', {}, (page) => page.setContent(render(result, 'html')));
  await mock.close();
}

async function shoot(
  file: string,
  options: BrowserContextOptions,
  open: (page: Page) => Promise<unknown>,
): Promise<void> {
  const page = await (browser as Browser).newPage({ viewport: { width: 1200, height: 760 }, ...options });
  await open(page);
  await page.screenshot({ path: join(folder, file) });
  await page.close();
  console.log(`Wrote docs/images/${file}.`);
}
