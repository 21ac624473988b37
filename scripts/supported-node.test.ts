import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unsupportedNode } from '../generated/supported-node.ts';
import packageJson from '../package.json' with { type: 'json' };

const needed = packageJson.engines.node.replace('>=', '');

const refusal = (program: string, version: string): string =>
  `${program}: expected Node ${needed} or newer, this is ${version}; install a newer one from https://nodejs.org`;

/** What this process is told on another version of Node. */
function toldOn(version: string): string | undefined {
  const { versions } = process;
  onTestFinished(() => void Object.defineProperty(process, 'versions', { value: versions }));
  Object.defineProperty(process, 'versions', { value: { ...versions, node: version }, configurable: true });
  return unsupportedNode('groups-mock');
}

test.for(['9.11.2', '20.20.2', '22.9.0'])('Node %s is too old', (version) => {
  expect(toldOn(version)).toBe(refusal('groups-mock', version));
});

test.for([needed, '22.100.0', '100.0.0'])('Node %s is new enough', (version) => {
  expect(toldOn(version)).toBeUndefined();
});

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
  expect(startOn('20.20.2', program, 'main.ts', '--version')).toEqual({
    status: 2,
    stdout: '',
    stderr: `${refusal(`groups-${program}`, '20.20.2')}\n`,
  });
});

test('the mock as a library refuses a Node that is too old with one line', () => {
  const { stderr, status } = startOn('20.20.2', 'mock', 'index.ts');
  expect(stderr).toContain(`Error: ${refusal('vitable-groups-kit', '20.20.2')}`);
  expect(status).toBe(1);
});

test.for(['mock', 'conformance'])('%s starts on the oldest supported Node', (program) => {
  expect(startOn(needed, program, 'main.ts', '--version')).toMatchObject({ status: 0, stderr: '' });
});
