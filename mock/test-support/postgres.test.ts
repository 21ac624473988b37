import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { postgresOrSkip } from './postgres-or-skip.ts';

async function query(connectionString: string, sql: string) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

test('each database is empty, and keeps its data when the server is shut down and started again', async (context) => {
  const postgres = await postgresOrSkip(context);
  const [first, second] = [await postgres.createDatabase(), await postgres.createDatabase()];
  await query(first, 'CREATE TABLE t AS SELECT 1 AS n');
  expect(await query(second, "SELECT to_regclass('t')")).toEqual([null]);
  await postgres.shutDown();
  await expect(query(first, 'SELECT n FROM t')).rejects.toThrow('ENOENT');
  await postgres.start();
  expect(await query(first, 'SELECT n FROM t')).toEqual([1]);
});

test('a paused server answers once it goes on', async (context) => {
  const postgres = await postgresOrSkip(context);
  const client = new Client(postgres.url);
  await client.connect();
  postgres.pause();
  const answers: string[] = [];
  const answered = client.query('SELECT 1').then(() => answers.push('answered'));
  const unanswered = new Client({ connectionString: postgres.url, connectionTimeoutMillis: 100 });
  await expect(unanswered.connect()).rejects.toThrow('timeout');
  answers.push('resumed');
  postgres.resume();
  await answered;
  expect(answers).toEqual(['resumed', 'answered']);
  await client.end();
});

test('neither the server nor its files outlive a process that is killed', async (context) => {
  await postgresOrSkip(context);
  const program = `
    import { readFileSync } from 'node:fs';
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))};
    const postgres = await startPostgres();
    postgres.pause();
    const [pid] = readFileSync(postgres.folder + '/data/postmaster.pid', 'utf8').split('\\n');
    console.log(pid + ' ' + postgres.folder);
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const [pid, folder = ''] = said.trim().split(' ');
  expect(folder).toContain('groups-mock-postgres-');
  await expect.poll(() => existsSync(folder), { timeout: 30_000 }).toBe(false);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});
