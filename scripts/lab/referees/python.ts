import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environmentWith, NoPython, pythonIn } from '../../python-environment.ts';

let created: Promise<string> | undefined;

/** The interpreter of an environment with the packages of the referees. Throws NoPython if it cannot be created. */
export const refereePython = (): Promise<string> =>
  (created ??= environmentWith(join(import.meta.dirname, 'requirements.txt'), 'referees').then(pythonIn));

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
export async function runReferee(referee: string, optional: boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    console.error(`${referee}: skipped, ${error.message}.`);
    process.exitCode = optional ? 0 : 1;
  }
}
