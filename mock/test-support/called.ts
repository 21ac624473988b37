import { format } from 'node:util';
import { vi } from 'vitest';

export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Thrown in place of the end of this process. */
class Exit extends Error {
  readonly code: number;

  constructor(code: unknown) {
    super('the process would have ended');
    this.code = Number(code ?? 0);
  }
}

/**
 * Calls a command line in this process, without the start of another: for commands that end, one at a time, because it takes all
 * that is printed.
 *
 * @param env variables to set; all others that `isRead` names are unset
 */
export async function called(
  run: () => Promise<void>,
  env: Readonly<Record<string, string>>,
  isRead: (name: string) => boolean,
): Promise<Called> {
  const text = { stdout: '', stderr: '' };
  const print = (stream: keyof typeof text, printed: string): boolean => {
    text[stream] += printed;
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((...values) => void print('stdout', `${format(...values)}\n`)),
    vi.spyOn(console, 'error').mockImplementation((...values) => void print('stderr', `${format(...values)}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation((printed) => print('stdout', String(printed))),
    vi.spyOn(process.stderr, 'write').mockImplementation((printed) => print('stderr', String(printed))),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Exit(code);
    }),
  ];
  for (const name of Object.keys(process.env)) if (isRead(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    await run();
    return { code: Number(process.exitCode ?? 0), ...text };
  } catch (error) {
    if (error instanceof Exit) return { code: error.code, ...text };
    throw error;
  } finally {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
