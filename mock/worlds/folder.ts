import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inMemory } from '../store/sqlite/database.ts';

/** Where worlds are stored between runs. */
export interface Folder {
  /** The names of the worlds that have a file. */
  readonly names: () => string[];
  readonly location: (world: string) => string;
  readonly remove: (world: string) => void;
}

const filePattern = /^world-((?:[a-z0-9_-]|\+[a-z])+)\.sqlite$/;

/** `PR-7` becomes `world-+p+r-7.sqlite`, so that names which differ only in case are different files everywhere. */
const fileName = (world: string): string => `world-${world.replaceAll(/[A-Z]/g, (l) => `+${l.toLowerCase()}`)}.sqlite`;

/** Creates a folder and its parents one by one: Node's `recursive` option loops forever on file systems such as `/proc`. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Opens a folder with one SQLite file per world, and creates it if needed. Throws the system's error if that fails. */
export function openFolder(path: string): Folder {
  makeFolder(resolve(path));
  // Without this check, SQLite reports a folder that is not writable as a disk error.
  accessSync(path, constants.W_OK);
  const location = (world: string) => join(path, fileName(world));
  return {
    names: () =>
      readdirSync(path).flatMap((file) => {
        const name = filePattern.exec(file)?.[1];
        return name === undefined ? [] : [name.replaceAll(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase())];
      }),
    location,
    remove(world) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(location(world) + suffix, { force: true });
    },
  };
}

/** Worlds that live as long as the process. */
export const noFolder: Folder = { names: () => [], location: () => inMemory, remove: () => {} };
