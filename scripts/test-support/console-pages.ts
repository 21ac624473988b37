import { expect, onTestFinished, type TestContext } from 'vitest';
import { type Mock, type MockOptions, startMock } from '../../mock/index.ts';
import { newYear, playEmployer, send } from '../../mock/test-support/employer.ts';
import { row } from '../../mock/test-support/frozen-mock.ts';
import { graveFindings, type screens } from '../browser.ts';
import { browserOrSkip } from './browser.ts';

/** Starts a mock for the current test, whose syncs wait until they are completed by hand. */
export async function startManual(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock({ port: 0, progress: { after: 'manual' }, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

/** Sums up the layout shifts of the page. */
const shiftCounter = `globalThis.shifted = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) globalThis.shifted += value; })
  .observe({ type: 'layout-shift', buffered: true });`;

/**
 * Expects that pages of the console are accessible on a screen, and that nothing on them moves or is cut off: the start page and
 * the named pages of a world in which much has happened, or of an empty one.
 */
export async function expectSoundPages(
  screen: (typeof screens)[number],
  context: TestContext,
  pagesOf: (group: string, refused: number | undefined) => { readonly full: string[]; readonly fresh: string[] },
): Promise<void> {
  const browser = await browserOrSkip(context);
  const full = await startManual({ host: newYear, progress: { after: 'delay', ms: 500 } });
  const fresh = await startManual();
  const id = await playEmployer(full);
  await send(full, 'GET', '/v1/groups?limit=500');
  const control = full.control();
  const refused = control.readJournal().exchanges.at(-1)?.number;
  const submitted = await send(full, 'POST', `/v1/groups/${id}/members/sync`, { members: [row('ada')] });
  control.stallSync(((await submitted.json()) as { data: { request_id: string } }).data.request_id);
  control.addFault({ status: 429, retry_after: 2, operations: ['submitMemberSync'] });
  control.addRejection({ reference_id: 'emp-0101', reason: 'No.' });

  const { name: _, ...options } = screen;
  const page = await (await browser.newContext(options)).newPage();
  await page.addInitScript(shiftCounter);
  const pages = pagesOf(id, refused);
  const ofWorld = (mock: Mock, path: string) => `${mock.url}/_mock/console/worlds/main/${path}`;
  const urls = [
    `${full.url}/_mock/`,
    ...pages.full.map((path) => ofWorld(full, path)),
    ...pages.fresh.map((path) => ofWorld(fresh, path)),
  ];
  for (const url of urls) {
    await page.goto(url);
    const { pathname } = new URL(url);
    expect(await graveFindings(page), pathname).toEqual([]);
    // Dark mode only changes colors, which no screen changes.
    if (!screen.isMobile) {
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await graveFindings(page, ['color-contrast']), `${pathname} in dark mode`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(await page.evaluate('globalThis.shifted'), `${pathname} moved`).toBe(0);
    expect(
      await page.evaluate(
        `[document.documentElement, ...document.querySelectorAll('.tabs')]
          .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)`,
      ),
      `${pathname} is too wide`,
    ).toEqual(pathname === '/_mock/' ? [0] : [0, 0]);
  }
}
