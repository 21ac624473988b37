import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inMemory } from '../store/sqlite/database.ts';

/** Where worlds are kept between runs. */
export interface Folder {
  /** The names of the worlds that have a file. */
  readonly names: () => string[];
  readonly location: (world: string) => string;
  readonly remove: (world: string) => void;
}

const filePattern = /^world-((?:[a-z0-9_-]|\+[a-z])+)\.sqlite$/;

/** `PR-7` as `world-+p+r-7.sqlite`: names that differ only in case are two files on every file system. */
const fileName = (world: string): string => `world-${world.replaceAll(/[A-Z]/g, (l) => `+${l.toLowerCase()}`)}.sqlite`;

/** Step by step: Node's own recursion never ends where a file system, such as that of `/proc`, denies that a folder is there. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** A folder with one SQLite file per world, made where there is none. Throws the system's error where it cannot be. */
export function openFolder(path: string): Folder {
  makeFolder(resolve(path));
  // SQLite calls a folder in which it may not write an error of the disk.
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
