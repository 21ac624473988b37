import { DatabaseSync } from 'node:sqlite';

/** Bumped with every change of the schema; a file of a newer version is refused. */
const schemaVersion = 1;

/**
 * The database itself holds the invariants: a reference is unique within its organization (GRP-12), a person has at most
 * one active subscription (LIFE-11), and a group at most one per reference_id (LIFE-3).
 */
const schema = `
  CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    group_count INTEGER NOT NULL DEFAULT 0
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
  CREATE UNIQUE INDEX one_group_per_reference ON groups (organization_id, external_reference_id);
  CREATE INDEX groups_of_organization ON groups (organization_id, key);
  -- Counting the rows would make every list as slow as the organization is large.
  CREATE TRIGGER count_groups AFTER INSERT ON groups BEGIN
    UPDATE organizations SET group_count = group_count + 1 WHERE id = NEW.organization_id;
  END;

  CREATE TABLE people (
    key INTEGER PRIMARY KEY,
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
    roster TEXT,
    completed_at TEXT,
    results TEXT,
    CHECK ((completed_at IS NULL) = (results IS NULL)),
    CHECK ((completed_at IS NULL) = (roster IS NOT NULL))
  ) STRICT;
  CREATE INDEX syncs_in_flight ON syncs (key) WHERE completed_at IS NULL;
`;

export type Database = DatabaseSync;

/**
 * Opens a world's database, in memory (`:memory:`) or in a file, and creates its tables where there are none.
 * Throws an Error that names the file and both versions when the file was written by a newer kit.
 */
export function openDatabase(location: string): Database {
  const database = new DatabaseSync(location);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  const version = database.prepare('PRAGMA user_version').get()?.user_version as number;
  if (version > schemaVersion) {
    database.close();
    throw new Error(
      `${location} has schema version ${version}, this kit knows up to ${schemaVersion}; use the newer kit or another folder`,
    );
  }
  if (version === 0) transaction(database, () => database.exec(`${schema}; PRAGMA user_version = ${schemaVersion};`));
  return database;
}

/** Runs the work in one transaction: all of it is stored, or, when it throws, nothing. */
export function transaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Whether the database refused a write because something unique would have occurred twice. */
export function isUniqueViolation(error: unknown): boolean {
  const uniqueViolation = 2067; // SQLITE_CONSTRAINT_UNIQUE
  return error instanceof Error && (error as { errcode?: number }).errcode === uniqueViolation;
}
