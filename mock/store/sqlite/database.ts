import type { DatabaseSync } from 'node:sqlite';
import { schemaVersion } from '../snapshots.ts';
import { withoutExperimentalWarning } from './load.ts';

/**
 * The database enforces the invariants: the reference of a group, if it has one, is unique within its organization
 * (GRP-12), and at most one subscription is active per person (LIFE-11) and per reference_id of a group (LIFE-3).
 */
const schema = `
  CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE plans (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL
  ) STRICT;
  CREATE INDEX plans_of_organization ON plans (organization_id, key);

  CREATE TABLE groups (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    external_reference_id TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX groups_of_organization ON groups (organization_id, key);
  CREATE UNIQUE INDEX one_group_per_reference ON groups (organization_id, external_reference_id)
    WHERE external_reference_id <> '';

  CREATE TABLE people (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    details TEXT NOT NULL,
    by_email TEXT,
    by_name TEXT
  ) STRICT;
  CREATE INDEX people_by_email ON people (by_email) WHERE by_email IS NOT NULL;
  CREATE INDEX people_by_name ON people (by_name) WHERE by_name IS NOT NULL;

  CREATE TABLE members (
    group_key INTEGER NOT NULL REFERENCES groups (key),
    reference_id TEXT NOT NULL,
    state TEXT NOT NULL,
    member_id TEXT,
    person_key INTEGER REFERENCES people (key),
    PRIMARY KEY (group_key, reference_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE subscriptions (
    key INTEGER PRIMARY KEY,
    group_key INTEGER NOT NULL,
    reference_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    person_key INTEGER NOT NULL REFERENCES people (key),
    plan_id TEXT NOT NULL REFERENCES plans (id),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    FOREIGN KEY (group_key, reference_id) REFERENCES members (group_key, reference_id)
  ) STRICT;
  CREATE UNIQUE INDEX one_active_per_person ON subscriptions (person_key) WHERE ended_at IS NULL;
  CREATE UNIQUE INDEX one_active_per_reference ON subscriptions (group_key, reference_id) WHERE ended_at IS NULL;

  CREATE TABLE syncs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    group_key INTEGER NOT NULL REFERENCES groups (key),
    accepted_at TEXT NOT NULL,
    -- The references with their plans as JSON, and the details of each row as one line of JSON.
    roster TEXT,
    details TEXT,
    -- queued: waits for its time; stalled: held; ready: waits for earlier syncs of its group.
    progress TEXT NOT NULL DEFAULT 'queued' CHECK (progress IN ('queued', 'ready', 'stalled')),
    slow INTEGER NOT NULL DEFAULT 0,
    completed_at TEXT,
    results TEXT,
    CHECK ((completed_at IS NULL) = (results IS NULL)),
    CHECK ((completed_at IS NULL) = (roster IS NOT NULL)),
    CHECK ((completed_at IS NULL) = (details IS NOT NULL))
  ) STRICT;
  CREATE INDEX syncs_in_flight ON syncs (key) WHERE completed_at IS NULL;

  CREATE TABLE tokens (
    text TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- Milliseconds since the epoch, on the world's clock.
    expires_at REAL NOT NULL,
    bound_entity TEXT
  ) STRICT, WITHOUT ROWID;

  -- One row if the world's time was ever frozen or moved, so that a restart does not turn it back.
  CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    offset REAL NOT NULL,
    frozen_at REAL
  ) STRICT;

  -- One row if the world has settings of its own.
  CREATE TABLE settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    json TEXT NOT NULL
  ) STRICT;
`;

// Not imported, because an older Node has no SQLite and would fail before it can say which Node is needed.
const sqlite = withoutExperimentalWarning(() => process.getBuiltinModule?.('node:sqlite'));

/** The location of a database in memory. */
export const inMemory = ':memory:';

/**
 * Opens a world's database, in memory (`:memory:`) or in a file, and creates its tables if there are none.
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
    const created = `BEGIN; ${schema}; PRAGMA user_version = ${schemaVersion}; COMMIT;`;
    if (version === 0) database.exec(created);
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

/** Runs the work in a new transaction, or as part of the unfinished one. If it throws, nothing of it is stored. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  if (working.has(database)) return work();
  // In memory, a transaction with earlier statements is open, and another one is left open.
  const isInMemory = database.isTransaction;
  database.exec(isInMemory ? 'COMMIT; BEGIN' : 'BEGIN IMMEDIATE');
  working.add(database);
  try {
    const value = work();
    if (!isInMemory) database.exec('COMMIT');
    return value;
  } catch (error) {
    // On some errors, such as a full disk, SQLite has already rolled back.
    if (database.isTransaction) database.exec('ROLLBACK');
    if (isInMemory) database.exec('BEGIN');
    throw error;
  } finally {
    working.delete(database);
  }
}

/** Whether a write failed because a unique value already exists. */
export function isUniqueViolation(error: unknown): boolean {
  const uniqueViolation = 2067; // SQLITE_CONSTRAINT_UNIQUE
  return error instanceof Error && (error as { errcode?: number }).errcode === uniqueViolation;
}
