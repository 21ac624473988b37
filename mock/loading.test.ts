import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

/** Starts a mock in a process of its own, uses API, console and control plane, and returns the packages that this loaded. */
async function packagesOf(options: object): Promise<readonly string[]> {
  const program = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
const { startMock } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))});
const mock = await startMock({ port: false, ...${JSON.stringify(options)} });
for (const path of ['/v1/groups', '/_mock/', '/_mock/worlds', '/docs'])
  await mock.fetch(path, { headers: { authorization: 'Bearer ' + mock.keys[0] } });
await mock.close();
console.log(JSON.stringify(loaded));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const urls = JSON.parse(stdout) as readonly string[];
  return [...new Set(urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []))];
}

test('a mock loads no package that only metrics, a database or the suite need', async () => {
  const loaded = await packagesOf({});
  expect(loaded).toContain('hono');
  expect(loaded.filter((name) => !Object.hasOwn(packageJson.dependencies, name))).toEqual([]);
});

test('metrics load their package', async () => {
  expect(await packagesOf({ metrics: true })).toContain('prom-client');
});
