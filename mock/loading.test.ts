import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

/**
 * Starts a mock in a process of its own and, if it starts, uses API, console and control plane. Returns the packages and
 * the rooms of the mock that this loaded.
 */
async function loadedBy(options: object): Promise<{ readonly packages: string[]; readonly rooms: string[] }> {
  const program = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
const { startMock } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))});
const mock = await startMock({ port: false, ...${JSON.stringify(options)} }).catch(() => {});
for (const path of ['/v1/groups', '/_mock/', '/_mock/worlds', '/docs'])
  await mock?.fetch(path, { headers: { authorization: 'Bearer ' + mock.keys[0] } });
await mock?.close();
console.log(JSON.stringify(loaded));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const urls = JSON.parse(stdout) as readonly string[];
  const allMatching = (pattern: RegExp) => [...new Set(urls.flatMap((url) => pattern.exec(url)?.[1] ?? []))];
  return {
    packages: allMatching(/\/node_modules\/((?:@[^/]+\/)?[^/]+)/),
    rooms: allMatching(/\/mock\/(\w+)\/[^/]+$/),
  };
}

test('a mock loads no package that only metrics, a database or the suite need', async () => {
  const { packages, rooms } = await loadedBy({});
  expect(packages).toContain('hono');
  expect(packages.filter((name) => !Object.hasOwn(packageJson.dependencies, name))).toEqual([]);
  expect(rooms).toContain('console');
  expect(rooms).not.toContain('hosted');
});

test('a database loads its room and its package', async () => {
  const { packages, rooms } = await loadedBy({ database: 'postgres://127.0.0.1:1/none' });
  expect(packages).toContain('pg');
  expect(rooms).toContain('hosted');
});

test('metrics load their package', async () => {
  expect((await loadedBy({ metrics: true })).packages).toContain('prom-client');
});
