import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { called } from '../../mock/test-support/called.ts';
import { runCommandLine } from '../cli/command.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Variables that the suite or its reports would read. */
const isRead = (name: string): boolean => /^(GROUPS|GITHUB|VITEST)_?/.test(name);

/** Starts the suite's command line with the environment of this process, except the variables that it would read. */
export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isRead(name)));
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

/** Calls the command line in this process, without the start of another; one call at a time. */
export async function callCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { code, stdout, stderr } = await called(() => runCommandLine(args), env, isRead);
  return { code, out: stdout, err: stderr };
}
