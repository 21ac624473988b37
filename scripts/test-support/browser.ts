import type { Browser } from 'playwright-core';
import { afterAll, onTestFinished, type TestContext } from 'vitest';
import { noBrowser, openBrowser } from '../browser.ts';

let opened: Promise<Browser | undefined> | undefined;
afterAll(async () => (await opened)?.close());

/** The browser that the tests of a file share; its pages are closed after each test. Without one the test is skipped with a warning. */
export async function browserOrSkip({ skip, task }: TestContext): Promise<Browser> {
  opened ??= openBrowser();
  const browser = await opened;
  if (browser === undefined) {
    console.warn(`Skipped: ${task.name}: ${noBrowser}.`);
    return skip(noBrowser);
  }
  onTestFinished(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  return browser;
}
