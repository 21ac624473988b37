import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const needed = packageJson.engines.node.replace('>=', '');

/** Starts a program that sees another version of Node; returns its output and exit code. */
function startOn(version: string, program: string, file: string, ...args: readonly string[]) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const main = join(import.meta.dirname, '..', program, file);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, main, ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

test.for(['mock', 'conformance'])('%s refuses a Node that is too old with one line and exit code 2', (program) => {
  for (const version of ['9.11.2', '20.20.2', '22.9.0'])
    expect(startOn(version, program, 'main.ts', '--version')).toEqual({
      status: 2,
      stdout: '',
      stderr: `groups-${program}: expected Node ${needed} or newer, this is ${version}; install a newer one from https://nodejs.org\n`,
    });
});

test('the mock as a library refuses a Node that is too old with one line', () => {
  const { stderr, status } = startOn('20.20.2', 'mock', 'index.ts');
  expect(stderr).toContain(`Error: vitable-groups-kit: expected Node ${needed} or newer, this is 20.20.2;`);
  expect(status).toBe(1);
});

test.for(['mock', 'conformance'])('%s starts on the oldest supported Node and on newer ones', (program) => {
  for (const version of [needed, '22.100.0', '100.0.0'])
    expect(startOn(version, program, 'main.ts', '--version')).toMatchObject({ status: 0, stderr: '' });
});
