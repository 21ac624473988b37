import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inMemory } from '../store/sqlite/database.ts';
import { mainWorld } from './keys.ts';

/** Where worlds are stored between runs. */
export interface Folder {
  /** The names of the worlds that have a file. */
  readonly names: () => string[];
  readonly location: (world: string) => string;
  /** The worlds that must be opened at once: main, those with a sync in flight, and those that were open in a crash. */
  readonly due: () => string[];
  /** Notes that a closed world has a sync in flight, or none. */
  readonly markDue: (world: string, isDue: boolean) => void;
  readonly remove: (world: string) => void;
}

const filePattern = /^world-((?:[a-z0-9_-]|\+[a-z])+)\.sqlite(-due|-wal)?$/;

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
  /** The worlds that have a file with one of the suffixes. */
  const withSuffix = (...suffixes: readonly (string | undefined)[]): string[] =>
    readdirSync(path).flatMap((file) => {
      const [, name, suffix] = filePattern.exec(file) ?? [];
      if (name === undefined || !suffixes.includes(suffix)) return [];
      return [name.replaceAll(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase())];
    });
  return {
    names: () => withSuffix(undefined),
    location,
    // SQLite removes the write-ahead log when it closes a database, so it is left only after a crash.
    due: () => [...new Set([mainWorld, ...withSuffix('-due', '-wal')])],
    markDue(world, isDue) {
      const marker = `${location(world)}-due`;
      if (isDue) writeFileSync(marker, '');
      else rmSync(marker, { force: true });
    },
    remove(world) {
      for (const suffix of ['', '-wal', '-shm', '-due']) rmSync(location(world) + suffix, { force: true });
    },
  };
}

/** Worlds that are opened, kept and dropped by somebody else. */
export const elsewhere: Folder = {
  names: () => [],
  location: () => inMemory,
  due: () => [],
  markDue: () => {},
  remove: () => {},
};

/** Worlds that live as long as the process. */
export const noFolder: Folder = { ...elsewhere, due: () => [mainWorld] };

/** Whether a folder has the file of a world. */
export const hasWorld = (path: string, world: string): boolean => existsSync(join(path, fileName(world)));
