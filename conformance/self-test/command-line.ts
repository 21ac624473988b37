import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the suite's command line with the environment of this process, except the variables that it would read. */
export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(GROUPS|GITHUB|VITEST)_?/.test(name)),
  );
  const main = join(import.meta.dirname, '../main.ts');
  return spawn(process.execPath, [main, ...args], { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Waits for the end of a process, with its output. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text: Buffer) => (out += text));
  child.stderr?.on('data', (text: Buffer) => (err += text));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** Runs the command line and waits for its end. */
export const runCli = (args: readonly string[], env?: Readonly<Record<string, string>>) => ended(startCli(args, env));
