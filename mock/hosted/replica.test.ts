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
  const args = ['--port', '0', '--quiet', '--json', '--database', await postgres.createDatabase()];
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createInterface(child.stderr);
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ask = (path: string) => fetch(url + path, { headers: { authorization: 'Bearer vit_apk_acme' } });
  return { child, exited, ask, log };
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

test.skipIf(noPostgres)(
  'with --json every line of the log is JSON: requests, and what the mock failed at',
  async () => {
    const { child, exited, ask, log } = await startReplica();
    const lines: object[] = [];
    log.on('line', (line) => lines.push(JSON.parse(line)));
    await ask('/v1/groups');
    await postgres.shutDown();
    expect((await ask('/v1/groups')).status).toBe(503);
    child.kill('SIGINT');
    await exited;
    expect(lines[0]).toMatchObject({ operation: 'listGroups', status: 200 });
    expect(lines).toContainEqual({ at: expect.any(String), error: expect.stringMatching(/^the database failed: /) });
    await postgres.start();
  },
  60_000,
);
