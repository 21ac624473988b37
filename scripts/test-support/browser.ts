import type { Browser } from 'playwright-core';
import { afterAll, onTestFinished, type TestContext } from 'vitest';
import { skipWithWarning } from '../../mock/test-support/skip-with-warning.ts';
import { noBrowser, openBrowser } from '../browser.ts';

let opened: Promise<Browser | undefined> | undefined;
afterAll(async () => (await opened)?.close());

/** The browser that the tests of a file share; its pages are closed after each test. Without one the test is skipped with a warning. */
export async function browserOrSkip(context: TestContext): Promise<Browser> {
  opened ??= openBrowser();
  const browser = await opened;
  if (browser === undefined) return skipWithWarning(context, noBrowser);
  onTestFinished(async () => {
    for (const each of browser.contexts()) await each.close();
  });
  return browser;
}
