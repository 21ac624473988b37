import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { specFolder } from '../contract/testing.ts';
import { runCli } from './command-line.ts';

/** A module that prints the loaded files and packages when the process ends. */
const hook = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
process.on('exit', () => process.stderr.write('loaded: ' + loaded.join(' ')));
`;
const importHook = `--import=data:text/javascript,${encodeURIComponent(hook)}`;

const forRuns = /@vitest\/|\/chai\/|\/undici\/|conformance\/run\/(runner|client|context)\.ts/;

test.each([
  ['--help'],
  ['--version'],
  ['--list'],
  ['diff', specFolder, specFolder],
  ['verify', join(specFolder, 'rules.yaml')],
])('%s loads neither the runner nor its assertions nor the HTTP client', async (...args) => {
  const { err } = await runCli(args, { NODE_OPTIONS: importHook });
  expect(err).toContain(pathToFileURL(join(import.meta.dirname, '../main.ts')).href);
  expect(err.split(' ').filter((url) => forRuns.test(url))).toEqual([]);
});
