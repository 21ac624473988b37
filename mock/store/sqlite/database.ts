import type { DatabaseSync } from 'node:sqlite';
import { withoutExperimentalWarning } from './load.ts';
import { migrations, schemaVersion, unreleased } from './migrations.ts';

// Not imported, because an older Node has no SQLite and would fail before it can say which Node is needed.
const sqlite = withoutExperimentalWarning(() => process.getBuiltinModule?.('node:sqlite'));

/** The location of a database in memory. */
export const inMemory = ':memory:';

/**
 * Opens a world's database, in memory (`:memory:`) or in a file, and creates or migrates its tables.
 * This process locks a file until it is closed: two processes would complete its syncs twice.
 * Throws an Error that names the file if a newer kit wrote it, another process uses it, or it is not a database.
 */
export function openDatabase(location: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new sqlite.DatabaseSync(location);
    // SQLite scans all pages in memory whenever an index page is split, so half as many pages take half as long.
    if (location === inMemory) database.exec('PRAGMA page_size = 8192;');
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec('PRAGMA foreign_keys = ON; BEGIN EXCLUSIVE; COMMIT;');
    const version = database.prepare('PRAGMA user_version').get()?.user_version as number;
    if (version > schemaVersion)
      throw new Error(`it has schema version ${version}, this kit knows up to ${schemaVersion}; use the newer kit`);
    if (version > 0 && version <= unreleased)
      throw new Error('it was written before the first release, which has other tables; start without it');
    const pending = migrations.slice(Math.max(0, version - unreleased)).join('');
    if (version < schemaVersion) database.exec(`BEGIN; ${pending} PRAGMA user_version = ${schemaVersion}; COMMIT;`);
    // Single statements in memory share one commit, because a commit of its own would be a fifth of the time of a create.
    if (location === inMemory) database.exec('BEGIN');
    return database;
  } catch (error) {
    database?.close();
    const { errcode, message } = error as { errcode?: number; message: string };
    const busy = 5; // SQLITE_BUSY
    throw new Error(`${location}: ${errcode === busy ? 'it is in use by another process' : message}`, { cause: error });
  }
}

/** The databases with a transaction that is not finished. */
const working = new WeakSet<DatabaseSync>();

/** The databases, in memory, with a unit of replication that may still be undone, and whether it has replaced all rows. */
const inUnit = new WeakMap<DatabaseSync, 'changed' | 'replaced'>();

/** How a transaction begins, and how it ends, by where it happens. */
const kinds = {
  file: { begin: 'BEGIN IMMEDIATE', commit: 'COMMIT', rollback: 'ROLLBACK' },
  // A transaction with earlier statements is open, and another one is left open.
  memory: { begin: 'COMMIT; BEGIN', commit: '', rollback: 'ROLLBACK; BEGIN' },
  unit: { begin: 'SAVEPOINT work', commit: 'RELEASE work', rollback: 'ROLLBACK TO work; RELEASE work' },
} as const;

/** Runs the work in a new transaction, or as part of the unfinished one. If it throws, nothing of it is stored. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  if (working.has(database)) return work();
  const kind = kinds[inUnit.has(database) ? 'unit' : database.isTransaction ? 'memory' : 'file'];
  database.exec(kind.begin);
  working.add(database);
  try {
    const value = work();
    database.exec(kind.commit);
    return value;
  } catch (error) {
    // On some errors, such as a full disk, SQLite has already rolled back.
    if (database.isTransaction) database.exec(kind.rollback);
    throw error;
  } finally {
    working.delete(database);
  }
}

/** Begins a unit of replication, in which transactions are only parts. */
export function beginUnit(database: DatabaseSync): void {
  database.exec(kinds.memory.begin);
  inUnit.set(database, 'changed');
}

/** Does work on a database in memory that does not check foreign keys. Not within a unit of replication. */
export function withoutForeignKeys<T>(database: DatabaseSync, work: () => T): T {
  // SQLite ignores the setting while a transaction is open.
  database.exec('COMMIT; PRAGMA foreign_keys = OFF; BEGIN');
  try {
    return work();
  } finally {
    database.exec('COMMIT; PRAGMA foreign_keys = ON; BEGIN');
  }
}

/** Notes that the unit of replication, if there is one, has replaced all rows. */
export function noteReplaced(database: DatabaseSync): void {
  if (inUnit.has(database)) inUnit.set(database, 'replaced');
}

/** Whether the unit of replication has replaced all rows. */
export const isReplaced = (database: DatabaseSync): boolean => inUnit.get(database) === 'replaced';

export function endUnit(database: DatabaseSync, how: 'COMMIT' | 'ROLLBACK'): void {
  inUnit.delete(database);
  database.exec(`${how}; BEGIN`);
}

/** Whether a write failed because a unique value already exists. */
export function isUniqueViolation(error: unknown): boolean {
  const uniqueViolation = 2067; // SQLITE_CONSTRAINT_UNIQUE
  return error instanceof Error && (error as { errcode?: number }).errcode === uniqueViolation;
}
