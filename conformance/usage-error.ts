import { mkdirSync } from 'node:fs';

/** The command line asks for something that cannot be done; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Creates a folder if it is missing. Throws a UsageError if that fails. */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be created: ${(error as Error).message}`);
  }
}
