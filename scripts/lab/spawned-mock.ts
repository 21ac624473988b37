import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { root } from '../generate/contract.ts';

/** A mock in its own process, as users run it. */
export interface SpawnedMock {
  readonly child: ChildProcess;
  readonly url: string;
}

interface Spawning {
  /** In its own process group, so that Ctrl-C does not reach it. */
  readonly detached?: boolean;
  /** Its standard error goes to that of this process, or to `child.stderr`. */
  readonly stderr?: 'inherit' | 'pipe';
  /** Another release of the mock. */
  readonly program?: string;
  /** Environment variables beside those of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

const thisRelease = join(root, 'mock/main.ts');

/** Starts the mock on any free port without waiting for it; it is killed when this process ends. */
export function spawnMock(
  flags: readonly string[],
  { detached = false, stderr = 'inherit', program = thisRelease, env = {} }: Spawning = {},
) {
  const child = spawn(process.execPath, [program, '--port', '0', '--quiet', ...flags], {
    stdio: ['ignore', 'pipe', stderr],
    env: { ...process.env, ...env },
    detached,
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

/** Starts the mock and waits until it listens. */
export async function startSpawned(flags: readonly string[] = [], spawning?: Spawning): Promise<SpawnedMock> {
  const child = spawnMock(flags, spawning);
  return { child, url: await listening(child) };
}

/** Waits until a mock listens, and returns its URL. */
export async function listening(child: ChildProcess): Promise<string> {
  const { value: url } = await createInterface({ input: child.stdout as Readable })
    [Symbol.asyncIterator]()
    .next();
  if (typeof url !== 'string') throw new Error('the mock did not start; see what it printed');
  return url;
}

/** Ends the process unless it has already ended. */
export async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** The resident memory of a process in MiB; undefined on a system without `/proc`. */
export function residentMiB({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/status`;
  const [, kib] = (existsSync(file) && /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))) || [];
  return kib === undefined ? undefined : Math.round(Number(kib) / 102.4) / 10;
}
