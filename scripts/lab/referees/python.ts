import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../generate/contract.ts';

/** Python, or a package for it, is not available; the message says why. */
export class NoPython extends Error {}

const requirements = join(import.meta.dirname, 'requirements.txt');
const folder = join(root, 'node_modules/.cache/referees');
const stamp = join(folder, 'requirements.txt');
const installWithinMs = 180_000;

const run = promisify(execFile);

let created: Promise<string> | undefined;

/**
 * The interpreter of a virtual environment with the pinned packages, created on first use; afterwards no network is
 * needed. Throws NoPython if it cannot be created.
 */
export const refereePython = (): Promise<string> => (created ??= createEnvironment());

async function createEnvironment(): Promise<string> {
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(python)) return python;
  const base = await systemPython();
  rmSync(folder, { recursive: true, force: true });
  try {
    await run(base, ['-m', 'venv', folder], { timeout: installWithinMs });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
    await run(python, [...pip, '--retries', '1', '--timeout', '15', '--requirement', requirements], {
      timeout: installWithinMs,
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const reason = stderr?.trim().split('\n').at(-1) || message;
    throw new NoPython(`the packages of scripts/lab/referees/requirements.txt cannot be installed: ${reason}`);
  }
  writeFileSync(stamp, wanted);
  return python;
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

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a Python program to its end; with `loud` its output is also printed at once. */
export function runPython(
  python: string,
  args: readonly string[],
  { loud, withinMs, env = {} }: { readonly loud: boolean; readonly withinMs: number; readonly env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      cwd: import.meta.dirname,
      env: { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', NO_PROXY: '*', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinMs,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (loud) process.stdout.write(text);
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/**
 * Runs a referee from its command line. Without Python it fails, or passes with a note if `--optional` is given.
 */
export async function orSkip(referee: string, optional: boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    console.error(`${referee}: skipped, ${error.message}.`);
    process.exitCode = optional ? 0 : 1;
  }
}
