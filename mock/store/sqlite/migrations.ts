/**
 * The first tables. The database enforces the invariants: the reference of a group, if it has one, is unique within its
 * organization (GRP-12), and at most one subscription is active per reference_id of a group (LIFE-3) and per person
 * (LIFE-11).
 */
const tables = `
  CREATE TABLE organizations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
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

  -- Plan and time are those of the latest subscription.
  CREATE TABLE members (
    group_key INTEGER NOT NULL REFERENCES groups (key),
    reference_id TEXT NOT NULL,
    state TEXT NOT NULL,
    member_id TEXT,
    person_key INTEGER REFERENCES people (key),
    plan_id TEXT REFERENCES plans (id),
    subscribed_at TEXT,
    PRIMARY KEY (group_key, reference_id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX one_active_per_person ON members (person_key) WHERE state = 'active';

  CREATE TABLE ended_subscriptions (
    key INTEGER PRIMARY KEY,
    group_key INTEGER NOT NULL,
    reference_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    person_key INTEGER NOT NULL REFERENCES people (key),
    plan_id TEXT NOT NULL REFERENCES plans (id),
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    FOREIGN KEY (group_key, reference_id) REFERENCES members (group_key, reference_id)
  ) STRICT;

  CREATE TABLE syncs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    group_key INTEGER NOT NULL REFERENCES groups (key),
    accepted_at TEXT NOT NULL,
    -- The references with their plans as JSON, and the details of each row as one line of JSON.
    roster TEXT,
    details TEXT,
    -- queued: waits for its time; stalled: held; ready: waits for earlier syncs of its group.
    progress TEXT NOT NULL DEFAULT 'queued' CHECK (progress = 'queued' OR progress = 'ready' OR progress = 'stalled'),
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

  CREATE TABLE faults (
    number INTEGER PRIMARY KEY,
    request TEXT NOT NULL,
    draws INTEGER NOT NULL,
    happened INTEGER NOT NULL
  ) STRICT;

  -- One row if faults were ever added: the last number, and the last number before all were cleared.
  CREATE TABLE fault_numbers (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    issued INTEGER NOT NULL,
    cleared INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE rejections (
    key INTEGER PRIMARY KEY,
    json TEXT NOT NULL
  ) STRICT;

  -- How often a sync in flight was retrieved.
  CREATE TABLE polls (
    sync_id TEXT PRIMARY KEY,
    polls INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Digests of the rows that failed in the latest sync of a group, as JSON.
  CREATE TABLE failed_rows (
    group_id TEXT PRIMARY KEY,
    digests TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Of the digests in the journal.
  CREATE TABLE salt (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    text TEXT NOT NULL
  ) STRICT;
  INSERT INTO salt VALUES (1, hex(randomblob(16)));
`;

/**
 * The statements that lead from each version of the tables to the next one. New things go into new tables, which have a
 * declared primary key and no foreign key to an old table, and never into new columns, so that a replica of the previous
 * release can apply the changesets of this one.
 */
export const migrations: readonly string[] = [tables];

/** The last version before the first release. Its tables were others, and its files are refused. */
export const unreleased = 2;

/** The version of the tables. A file with a newer one is refused. */
export const schemaVersion = unreleased + migrations.length;
