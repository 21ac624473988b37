import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { desktop, graveFindings } from '../../scripts/browser.ts';
import { browserOrSkip } from '../../scripts/test-support/browser.ts';
import { expectSoundPages, startManual } from '../../scripts/test-support/console-pages.ts';
import type { Mock } from '../index.ts';
import { addGroup, send } from '../test-support/employer.ts';
import { row } from '../test-support/frozen-mock.ts';

/** Records requests to other servers, and errors and warnings of the browser. */
function watch(page: Page, mock: Mock): string[] {
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(mock.url)) complaints.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

test('the console shows a roster from submission to results, and the mistakes of a client with their rules', async (context) => {
  const browser = await browserOrSkip(context);
  const mock = await startManual();
  const page = await browser.newPage();
  const complaints = watch(page, mock);
  const press = (name: string) => page.getByRole('button', { name }).click();
  const tab = (name: string) =>
    page.getByRole('navigation', { name: 'World main' }).getByRole('link', { name }).click();
  const expectNotice = (text: string) => page.getByRole('status').getByText(text).waitFor();

  await page.goto(`${mock.url}/_mock/`);
  await page.getByRole('link', { name: 'main' }).click();
  await page.getByText('No groups yet').waitFor();
  await press('Freeze');
  await expectNotice('Time is frozen');

  // The page updates without a reload.
  const id = await addGroup(mock, 'Keystone Bakery', 'keystone-bakery');
  await page.getByRole('link', { name: 'Keystone Bakery' }).click();
  await page.getByText('This roster is empty').waitFor();
  await send(mock, 'POST', `/v1/groups/${id}/members/sync`, { members: [row('ada'), row('bea')] });
  await page.getByText('2 provisioning').waitFor();

  await tab('Syncs');
  await press('Hold');
  await page.getByText('held until it is released').waitFor();
  await press('Complete');
  await expectNotice('Completed.');
  await page.getByRole('link', { name: 'See who' }).click();
  expect(await page.getByText(/^grpmbr_/).count()).toBe(2);
  await send(mock, 'POST', `/v1/groups/${id}/members/sync`, { members: [row('ada')] });
  await tab('Syncs');
  await page.getByText('1 sync in flight').waitFor();
  await press('Complete');
  await page.getByText('1 removed').waitFor();

  await page.getByRole('link', { name: 'Keystone Bakery' }).first().click();
  await press('Advance by +1 h');
  await page.getByRole('link', { name: '1 removed' }).click();
  await page.locator('.member', { hasText: 'bea' }).waitFor();
  expect(await page.locator('.member').count()).toBe(1);
  expect(await page.locator('rect.ended').count()).toBe(1);

  await tab('Faults');
  expect(await page.getByLabel('Status', { exact: true }).isVisible()).toBe(false);
  await page.getByLabel('What happens').selectOption('status');
  await page.getByLabel('Status', { exact: true }).fill('503');
  await page.getByLabel('List plans').check();
  await press('Inject fault');
  await expectNotice('Added fault-1.');
  expect((await send(mock, 'GET', '/v1/plans')).status).toBe(503);

  await tab('Journal');
  await page.getByText('fault-1: 503').waitFor();
  await send(mock, 'GET', '/v1/groups?limit=500');
  await page.getByText('PAGE-4').waitFor();

  await tab('Advice');
  const unread = page.getByRole('listitem').filter({ hasText: 'The results of a sync were not read' });
  await unread.getByRole('link', { name: 'See it in the journal' }).first().click();
  await page.getByText('as evidence').waitFor();
  expect(await page.locator('.exchange').allInnerTexts()).toEqual([
    expect.stringContaining('2 added, 0 removed'),
    expect.stringMatching(/^\S+\s+202\s+POST/),
  ]);

  await tab('World');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export snapshot' }).click();
  const file = await (await download).path();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ world: 'main' });
  await page.getByText('Reset …').click();
  await press('Yes, reset');
  await expectNotice('The world was reset.');
  expect(mock.control().listGroups().groups).toEqual([]);
  await page.getByLabel('Snapshot to import').setInputFiles(file);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expectNotice('Imported');
  await tab('Groups');
  await page.getByText('1 active').waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

test('a CSV file is previewed, its removals are confirmed, and the page of the sync shows it complete', async (context) => {
  const browser = await browserOrSkip(context);
  const mock = await startManual();
  const id = await addGroup(mock, 'Keystone Bakery', 'keystone-bakery');
  const sent = await send(mock, 'POST', `/v1/groups/${id}/members/sync`, {
    members: [row('ada'), row('bea'), row('cy')],
  });
  mock.control().completeSync(((await sent.json()) as { data: { request_id: string } }).data.request_id);
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  const complaints = watch(page, mock);
  await page.goto(`${mock.url}/_mock/console/worlds/main/groups/${id}`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download a template' }).click();
  const template = readFileSync(await (await download).path(), 'utf8');

  const file = { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(template) };
  await page.getByLabel('Drop a file here').setInputFiles(file);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('3 removed').waitFor();
  expect(await graveFindings(page)).toEqual([]);
  await page.getByText('Send, and remove 3 members …').click();
  await page.getByRole('button', { name: 'Yes, remove 3 members' }).click();
  await page.getByText('This page updates').waitFor();
  await page.getByRole('button', { name: 'Complete' }).click();
  await page.locator('.removals li', { hasText: 'bea' }).waitFor();
  expect(await page.locator('.additions li').allInnerTexts()).toEqual([expect.stringContaining('emp-1')]);
  expect(await graveFindings(page)).toEqual([]);

  await page.getByRole('link', { name: 'Journal' }).click();
  await page.getByRole('link', { name: /^POST/ }).first().click();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('curl -i -X POST');
  expect(complaints).toEqual([]);
}, 120_000);

test('typed text and the focus stay when the page is updated', async (context) => {
  const browser = await browserOrSkip(context);
  const mock = await startManual();
  const page = await browser.newPage();
  await page.goto(`${mock.url}/_mock/console/worlds/main/faults`);
  const reference = page.getByLabel('reference_id');
  await reference.fill('emp-1');
  mock.control().addRejection({ reference_id: 'emp-2', reason: 'No.' });
  await page.getByText('emp-2').waitFor();
  expect(await reference.inputValue()).toBe('emp-1');
  await page.getByRole('button', { name: 'Freeze' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Frozen', { exact: true }).waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Resume');
}, 120_000);

test('the keyboard reaches every control, and the focus is visible', async (context) => {
  const browser = await browserOrSkip(context);
  const mock = await startManual();
  const page = await browser.newPage();
  await page.goto(`${mock.url}/_mock/console/worlds/main/faults`);
  const every = 'main a, main button, main input:not([type=hidden]), main select, main textarea, header a';
  const unreached = new Set(
    await page.evaluate<number[]>(
      `[...document.querySelectorAll('${every}')].filter((one) => one.checkVisibility()).map((one, index) => (one.index = index))`,
    ),
  );
  for (let step = 0; step < 80 && unreached.size > 0; step++) {
    await page.keyboard.press('Tab');
    const { index, outline } = await page.evaluate<{ index: number; outline: string }>(
      `({ index: document.activeElement.index ?? -1, outline: getComputedStyle(document.activeElement).outlineStyle })`,
    );
    if (index >= 0) expect(outline, `outline of element ${index}`).not.toBe('none');
    unreached.delete(index);
  }
  expect([...unreached]).toEqual([]);
}, 120_000);

// Every page on every screen: pages.nightly.test.ts.
test(
  'on a desktop the page of a group is accessible, and nothing moves or is cut off',
  (context) => expectSoundPages(desktop, context, (group) => ({ full: [`groups/${group}`], fresh: [] })),
  120_000,
);
