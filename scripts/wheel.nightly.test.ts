import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { skipWithWarning } from '../mock/test-support/skip-with-warning.ts';
import packageJson from '../package.json' with { type: 'json' };
import { root } from './generate/contract.ts';
import { environmentWith, NoPython, programFolder, pythonIn } from './python-environment.ts';
import { billOfMaterials, headOf, runProgram } from './release/artefacts.ts';
import { wheelOf } from './release/wheel.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheel-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const python = 'mock/python';
const dist = join(folder, 'dist');
const bom = billOfMaterials(root, headOf(root)).content;
let environment: string | NoPython;

/** The first run on a machine installs the Python packages. */
const timeout = 240_000;

beforeAll(async () => {
  runProgram(root, process.execPath, join(import.meta.dirname, 'build.ts'), '--out', dist);
  environment = await installed().catch((error) => {
    if (error instanceof NoPython) return error;
    throw error;
  });
}, timeout);

async function installed(): Promise<string> {
  const wheel = wheelOf(root, dist, bom);
  const file = join(folder, wheel.name);
  writeFileSync(file, wheel.content);
  const found = await environmentWith(join(root, python, 'requirements.txt'), 'wheel');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-index', '--no-compile'];
  runProgram(folder, pythonIn(found), ...install, '--force-reinstall', '--no-deps', file);
  return found;
}

/** Runs a Python module with a PATH that has no Node. Without Python the test is skipped with a warning. */
async function runModule(context: TestContext, cwd: string, ...args: readonly string[]): Promise<string> {
  if (environment instanceof NoPython) return skipWithWarning(context, environment.message);
  const env = { ...process.env, PATH: programFolder(environment), PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
  return promisify(execFile)(pythonIn(environment), ['-m', ...args], { cwd, env }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => expect.unreachable(`${stdout}${stderr}`),
  );
}

const pytest = ['pytest', '-q', '-p', 'no:cacheprovider'];

test('two builds of the wheel are equal to the byte', () => {
  const [one, two] = [wheelOf(root, dist, bom), wheelOf(root, dist, bom)];
  expect(one.name).toBe(`vitable_groups_kit-${packageJson.version}-py3-none-any.whl`);
  expect(one.content.equals(two.content)).toBe(true);
});

// Each mostly waits for other processes.
test.concurrent('plugin, client and commands pass their tests without Node on the PATH', {
  timeout,
}, async (context) => {
  expect(await runModule(context, join(root, python, 'tests'), ...pytest, '-m', 'not lab')).toMatch(/^\d+ passed/m);
});

test.concurrent('the installed package passes mypy in strict mode', { timeout }, async (context) => {
  const cache = join(root, 'node_modules/.cache/mypy');
  expect(
    await runModule(context, folder, 'mypy', '--strict', '--cache-dir', cache, '--package', 'vitable_groups_kit'),
  ).toContain('no issues found');
});

test.concurrent("the example with Vitable's own client passes", { timeout }, async (context) => {
  expect(await runModule(context, join(root, 'examples/pytest'), ...pytest)).toMatch(/^\d+ passed/m);
});
