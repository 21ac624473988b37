import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { runLimits } from '../run/limits.ts';
import { ended, startCli } from './command-line.ts';
import { type Patch, runSuiteOn, startPatched } from './patched-mock.ts';
import { answers } from './patches.ts';

/** What a run does if its target gives it reasons never to end. */

type Page = Parameters<Parameters<typeof answers<'listGroups'>>[1]>[0];

/** The list with other totals. */
const withTotal = (totalOf: (page: Page) => number) =>
  answers('listGroups', (page) => {
    const { limit } = page.pagination;
    const total = totalOf(page);
    return { ...page, pagination: { ...page.pagination, total, total_pages: Math.ceil(total / limit) } };
  });

test.for([
  ['counts the rows of the page', (page: Page) => page.data.length],
  ['is a billion', () => 1_000_000_000],
  ['is 0', () => 0],
  ['is negative', () => -1],
] as const)('a total that %s causes no more groups and requests than a correct one', async ([, totalOf]) => {
  const { verdict, groups, requests } = await runSuiteOn(withTotal(totalOf), 'certification', { only: ['PAGE'] });
  expect(verdict).toBe('non-conformant');
  // PAGE-3 needs more than a page of a hundred.
  expect(groups).toBeLessThan(115);
  expect(requests).toBeLessThan(600);
});

test('the suite gives up on a list whose first page always changes', async () => {
  const patch = answers('listGroups', (page) => ({
    data: Array.from({ length: page.pagination.limit }, () => ({
      ...page.data[0],
      id: `grp_${randomUUID().replaceAll('-', '')}`,
    })),
    pagination: { ...page.pagination, total: 1e9, total_pages: Math.ceil(1e9 / page.pagination.limit) },
  }));
  const { verdict, requests } = await runSuiteOn(patch, 'standard', { only: ['PAGE'] });
  expect(verdict).toBe('non-conformant');
  expect(requests).toBeLessThan(600);
});

test('a run that reaches a limit ends, says which one, and is never conformant', async () => {
  const byGroups = await runSuiteOn({}, 'standard', { maxGroups: 20, only: ['GRP'] });
  expect(byGroups).toMatchObject({
    verdict: 'incomplete',
    exitCode: 3,
    reason: 'the limit of 20 groups is reached (--max-groups)',
  });
  expect(byGroups.groups).toBeLessThanOrEqual(20);
  const byRequests = await runSuiteOn({}, 'standard', { maxRequests: 300 });
  expect(byRequests).toMatchObject({
    verdict: 'incomplete',
    reason: 'the limit of 300 requests is reached (--max-requests)',
  });
  expect(byRequests.requests).toBeLessThanOrEqual(300 + runLimits.cleanUpRequests);
  expect(byRequests.left).toEqual([]);
});

/** Prints the most memory that a process used, in KiB, when it ends. */
const memoryHook = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)))",
)}`;

test('answers of a million characters take less than 300 MiB of memory, and the groups are emptied nevertheless', async () => {
  const padding = 'é'.repeat(1_000_000);
  const padded: Patch = {
    async around(ask, next) {
      const reply = await next(ask);
      return reply.ok ? reply.with({ json: { ...(reply.json as object), padding } }) : reply;
    },
  };
  const mock = await startPatched(padded);
  onTestFinished(() => mock.close());
  const child = startCli(['--base-url', mock.url], { NODE_OPTIONS: `--import ${memoryHook}` });
  const { out, err, code } = await ended(child);
  expect(out).toContain('the target sent more than 16777216 characters in large answers');
  expect(out).toContain('empty groups remain');
  expect(code).toBe(3);
  // After ten seconds the progress is printed there, too.
  expect(Number(/\d+$/.exec(err)?.[0])).toBeLessThan(300 * 1024);
});
