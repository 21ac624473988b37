import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Check, rule, type Traits } from './check.ts';
import { runChecks } from './runner.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => response.end('{"data": []}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

const run = (checks: readonly Check[], options?: Parameters<typeof runChecks>[2], failFast = false) =>
  runChecks(
    {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      apiKey: 'the-secret-key',
      headers: {},
      syncTimeoutMs: 1000,
      heavy: false,
      runId: 'test',
      ...(failFast && { failFast: { except: [] } }),
    },
    checks,
    options,
  );

const check = (title: string, work: Check['run'], traits?: Traits): Check => rule('LIFE-1', title, work, traits);

test('checks run side by side, exclusive ones alone after them, audits last, and records keep the given order', async () => {
  const events: string[] = [];
  const noted = (name: string, traits?: Traits) =>
    check(
      name,
      async (context) => {
        events.push(`${name} begins`);
        await context.send({ operation: 'listPlans' });
        events.push(`${name} ends`);
      },
      traits,
    );
  const checks = [noted('audit', { audit: true }), noted('alone', { exclusive: true }), noted('one'), noted('two')];
  const { records } = await run(checks);
  const order = [
    'one begins',
    'two begins',
    'one ends',
    'two ends',
    'alone begins',
    'alone ends',
    'audit begins',
    'audit ends',
  ];
  expect(events).toEqual(order);
  expect(records.map(({ title, outcome }) => [title, outcome])).toEqual([
    ['audit', 'pass'],
    ['alone', 'pass'],
    ['one', 'pass'],
    ['two', 'pass'],
  ]);
});

test('a check that neither ends nor sends is an error of the kit, and the others are judged', async () => {
  const { records } = await run([check('hangs', () => new Promise(() => {})), check('ends', async () => {})], {
    maxIdleMs: 10,
  });
  expect(records.map(({ outcome }) => outcome)).toEqual(['error', 'pass']);
  expect(records[0]?.message).toContain('the check hangs: no request was sent for 0.01 s');
});

test('an error that is not a failed assertion is an error of the kit', async () => {
  const { records } = await run([
    check('breaks', async () => {
      throw new TypeError('no such thing');
    }),
  ]);
  expect(records[0]).toMatchObject({ outcome: 'error', message: expect.stringContaining('no such thing') as string });
});

test('an aborted run skips the remaining checks, with the reason', async () => {
  const controller = new AbortController();
  const { records } = await run(
    [
      check('first', async (context) => {
        controller.abort('enough');
        await context.send({ operation: 'listPlans' });
      }),
      check('second', async () => {}, { exclusive: true }),
    ],
    { signal: controller.signal },
  );
  const skip = { because: 'stopped', message: 'enough' };
  expect(records.map((record) => record.skip)).toEqual([skip, skip]);
});
