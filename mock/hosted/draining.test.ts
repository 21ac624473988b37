import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { noPostgres, type Postgres, startPostgres } from '../test-support/postgres.ts';

if (noPostgres !== undefined) console.warn(`Skipped: how a replica stops: ${noPostgres}.`);

let postgres: Postgres;
beforeAll(async () => {
  if (noPostgres === undefined) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

/** Starts the program on a database of its own, and waits until it listens. */
async function startReplica() {
  const args = ['--port', '0', '--quiet', '--database', await postgres.createDatabase()];
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ask = (path: string) => fetch(url + path, { headers: { authorization: 'Bearer vit_apk_acme' } });
  return { child, exited, ask };
}

describe.skipIf(noPostgres)('a replica that is asked to stop', () => {
  test('drains on SIGTERM: it is not ready, and still answers, until a second signal ends it at once', async () => {
    const { child, exited, ask } = await startReplica();
    expect((await ask('/_mock/health/ready')).status).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(async () => (await ask('/_mock/health/ready')).status, { timeout: 30_000 }).toBe(503);
    const { status, headers } = await ask('/v1/groups');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    child.kill('SIGTERM');
    expect(await exited).toEqual([null, 'SIGTERM']);
  });

  test('does not drain on Ctrl-C', async () => {
    const { child, exited, ask } = await startReplica();
    const seen: number[] = [];
    const look = async () => {
      seen.push((await ask('/_mock/health/ready')).status);
      return seen.at(-1);
    };
    await look();
    child.kill('SIGINT');
    await expect.poll(() => look().catch(() => 'closed'), { timeout: 30_000 }).toBe('closed');
    // One answer may be under way; a drain would give many.
    expect(seen.filter((status) => status !== 200).length).toBeLessThan(2);
    expect(await exited).toEqual([0, null]);
  });
});
