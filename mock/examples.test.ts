import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** A temporary project with an example and this kit as an installed package. */
function project(example: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'groups-kit-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'examples', example), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const kit = join(folder, 'node_modules/vitable-groups-kit');
  mkdirSync(kit, { recursive: true });
  writeFileSync(join(kit, 'package.json'), '{"type": "module", "exports": {"./mock": "./mock.js"}}');
  writeFileSync(join(kit, 'mock.js'), `export * from '${pathToFileURL(join(root, 'mock/index.ts'))}';`);
  symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'), 'junction');
  return folder;
}

/** Runs Node in the project and returns its output and exit code. */
function node(folder: string, ...args: string[]): Promise<{ readonly code: unknown; readonly output: string }> {
  // The variables of this test runner would affect the one of the example.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_|TEST|FORCE_COLOR)/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env: { ...env, NO_COLOR: '1' } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

test('the example for vitest passes', async () => {
  const { code, output } = await node(project('vitest'), join(root, 'node_modules/vitest/vitest.mjs'), 'run');
  expect(output).toMatch(/Tests +4 passed/);
  expect(code).toBe(0);
});

test('the example for node:test passes', async () => {
  const { code, output } = await node(project('node-test'), '--test', '--test-reporter=tap');
  expect(output).toMatch(/^# pass 4$/m);
  expect(code, output).toBe(0);
});

// Jest would add 278 packages, and vitest has the same names that the example uses.
test('the example for jest passes, in vitest', async () => {
  const folder = project('jest');
  writeFileSync(
    join(folder, 'setup.mjs'),
    `import setup from './mock-setup.mjs';
    import teardown from './mock-teardown.mjs';
    export default async () => (await setup(), teardown);`,
  );
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `export default { test: { globals: true, include: ['*.test.js'], globalSetup: './setup.mjs' } };`,
  );
  const { code, output } = await node(folder, join(root, 'node_modules/vitest/vitest.mjs'), 'run');
  expect(output).toMatch(/Tests +3 passed/);
  expect(code).toBe(0);
});
