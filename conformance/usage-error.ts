import { mkdirSync } from 'node:fs';

/** The command line asks for something that cannot be done; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Makes a folder where it is missing. Throws a UsageError where that cannot be done. */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be made: ${(error as Error).message}`);
  }
}
