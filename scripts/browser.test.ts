import { expect, test } from 'vitest';
import { graveFindings, screens } from './browser.ts';
import { browserOrSkip } from './test-support/browser.ts';

const pageWith = (body: string) =>
  `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${body}</main></html>`;

test('an inaccessible page is reported, and an accessible one is not', async (context) => {
  const browser = await browserOrSkip(context);
  const page = await (await browser.newContext(screens[0])).newPage();
  await page.setContent(pageWith('<p style="color: #ccc; background: #fff">Hard to read</p>'));
  expect(await graveFindings(page)).toEqual([expect.stringContaining('color-contrast')]);
  await page.setContent(pageWith('<p>Easy to read</p>'));
  expect(await graveFindings(page)).toEqual([]);
});
