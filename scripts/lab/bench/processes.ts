import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from '../free-port.ts';

/** A Node program that serves HTTP on loopback; `args` makes its arguments from the port to listen on. */
export interface Program {
  readonly name: string;
  readonly args: (port: number) => readonly string[];
}

/** A running program. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  /** From its start to the first answer, in milliseconds. */
  readonly startedIn: number;
  /** Asks the process for a figure, see probe.mjs. */
  readonly ask: (question: 'cpu' | 'stall' | 'memory') => Promise<number>;
  /** Resident memory as the system sees it, in bytes. */
  readonly residentSize: () => number;
  readonly close: () => Promise<void>;
}

const startsWithinMs = 60_000;

const children = new Set<ChildProcess>();

/** Kills the child when this process ends. */
export function bindToThis(child: ChildProcess): ChildProcess {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const probe = pathToFileURL(join(import.meta.dirname, 'probe.mjs')).href;

/**
 * Starts a program and waits until `first` succeeds. Without `probed` it runs exactly as a user starts it, and `ask` does
 * not work. Throws an Error with the output of the program if it does not answer.
 */
export async function spawnSubject(
  { name, args }: Program,
  first: { readonly path: string; readonly init?: RequestInit },
  probed = true,
): Promise<Subject> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, [...(probed ? ['--import', probe] : []), ...args(port)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  bindToThis(child);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const exited = once(child, 'exit');
  const close = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  for (;;) {
    const response = await fetch(url + first.path, first.init).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) break;
    if (child.exitCode !== null || performance.now() - started > startsWithinMs) {
      await close();
      const last = response === undefined ? 'nothing' : `status ${response.status}`;
      throw new Error(`${name} did not start: it answered ${last} at ${first.path}. ${said}`);
    }
    await sleep(2);
  }
  return {
    name,
    url,
    startedIn: performance.now() - started,
    async ask(question) {
      child.send(question);
      for await (const [answer] of on(child, 'message')) if (answer?.question === question) return answer.figure;
      throw new Error(`${name} does not answer`);
    },
    residentSize: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) * 1024,
    close,
  };
}
