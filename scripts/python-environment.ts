import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root } from './generate/contract.ts';

/** Python, or a package for it, is not available; the message says why. */
export class NoPython extends Error {}

const installWithinMs = 180_000;

const run = promisify(execFile);

/** The folder of a virtual environment that has the programs of its packages. */
export const programFolder = (environment: string): string =>
  join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');

/** The interpreter of a virtual environment. */
export const pythonIn = (environment: string): string =>
  join(programFolder(environment), process.platform === 'win32' ? 'python.exe' : 'python');

/** Makes an empty virtual environment. Throws NoPython if there is no suitable Python. */
export async function makeEnvironment(folder: string): Promise<void> {
  const base = await systemPython();
  rmSync(folder, { recursive: true, force: true });
  try {
    await run(base, ['-m', 'venv', folder], { timeout: installWithinMs });
  } catch (error) {
    throw new NoPython(`no virtual environment can be created: ${lastLine(error)}`);
  }
}

/**
 * A virtual environment with the packages of a file of requirements, created on first use; afterwards no network is needed.
 * Throws NoPython if it cannot be created.
 */
export async function environmentWith(requirements: string, name: string): Promise<string> {
  const folder = join(root, 'node_modules/.cache', name);
  const stamp = join(folder, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pythonIn(folder))) return folder;
  await makeEnvironment(folder);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  try {
    await run(pythonIn(folder), [...pip, '--retries', '1', '--timeout', '15', '--requirement', requirements], {
      timeout: installWithinMs,
    });
  } catch (error) {
    throw new NoPython(`the packages of ${relative(root, requirements)} cannot be installed: ${lastLine(error)}`);
  }
  writeFileSync(stamp, wanted);
  return folder;
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return stderr?.trim().split('\n').at(-1) || message;
}

async function systemPython(): Promise<string> {
  for (const name of ['python3', 'python'])
    try {
      await run(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']);
      return name;
    } catch {
      // Try the next one.
    }
  throw new NoPython('there is no Python 3.10 or later with venv on this machine');
}
