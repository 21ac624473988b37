import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { end, spawnMock, startSpawned } from '../spawned-mock.ts';

/**
 * Runs in an isolated mount namespace with a folder of 4 MiB: lets the mock run out of space there, frees some, makes the
 * folder read-only, and prints what happened at each step.
 */

const [folder = ''] = process.argv.slice(2);
const ballast = join(folder, 'ballast');
const headers = { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' };

const mount = (option: string) => {
  const { status, stderr } = spawnSync('mount', ['-o', `remount,${option}`, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

/** The message and exit code of a mock that cannot work here. */
async function refused() {
  const child = spawnMock(['--data', folder], { stderr: 'pipe' });
  const [said] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')]);
  return { code: child.exitCode, said };
}

const create = async (url: string, name: string) => {
  const response = await fetch(`${url}/v1/groups`, { method: 'POST', headers, body: JSON.stringify({ name }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const total = async (url: string): Promise<number> => {
  const response = await fetch(`${url}/v1/groups?limit=1`, { headers });
  return ((await response.json()) as { pagination: { total: number } }).pagination.total;
};

writeFileSync(ballast, Buffer.alloc(2 * 1024 * 1024));
const full = await startSpawned(['--data', folder], { stderr: 'pipe' });
let log = '';
full.child.stderr?.on('data', (chunk: Buffer) => (log += chunk));
let created = 0;
let answer = await create(full.url, 'x'.repeat(255));
while (answer.status === 201 && created < 20_000) {
  created += 1;
  answer = await create(full.url, 'x'.repeat(255));
}
const whileFull = { answer, read: await total(full.url), log: log.split('\n')[0] };
rmSync(ballast);
const afterFreeing = (await create(full.url, 'Again')).status;
await end(full.child);
mount('ro');
const readOnly = await refused();
mount('rw');
const again = await startSpawned(['--data', folder]);
const atLast = await total(again.url);
await end(again.child, 'SIGTERM');
const database = new DatabaseSync(join(folder, 'world-main.sqlite'));
const integrity = database.prepare('PRAGMA integrity_check').get();
database.close();
console.log(JSON.stringify({ created, whileFull, afterFreeing, readOnly, atLast, integrity }));
