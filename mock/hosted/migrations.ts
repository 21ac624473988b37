/**
 * The tables in PostgreSQL, one text of statements for each version. A release only adds tables, indexes and columns with
 * a default, because a replica of the previous release may still use the database while this one starts.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE worlds (
    -- A world that is dropped and created again is another one.
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    -- How often its content was changed, counted from 1.
    version bigint NOT NULL DEFAULT 1,
    -- The version of its snapshot.
    folded bigint NOT NULL DEFAULT 1,
    -- The bytes of the snapshot, and of the changes that came after it.
    snapshot_size bigint NOT NULL,
    changes_size bigint NOT NULL DEFAULT 0,
    -- When the next sync is due, in milliseconds since the epoch on the machines' clocks; null if no time is set.
    due_at bigint,
    -- The newest version of the tables in SQLite that changed it.
    format integer NOT NULL,
    -- How many exchanges its journal has had that are deleted now.
    forgotten bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 70);
  CREATE INDEX worlds_due ON worlds (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX worlds_used ON worlds (used_at);

  -- Every row of a world, compressed. A table of its own, because the row of the world is updated with each change.
  CREATE TABLE snapshots (
    world bigint PRIMARY KEY REFERENCES worlds ON DELETE CASCADE,
    content bytea NOT NULL
  );
  ALTER TABLE snapshots ALTER COLUMN content SET STORAGE EXTERNAL;

  -- What each version changed, as a changeset of SQLite, compressed unless it is small.
  CREATE TABLE changes (
    world bigint NOT NULL REFERENCES worlds ON DELETE CASCADE,
    version bigint NOT NULL,
    changeset bytea NOT NULL,
    PRIMARY KEY (world, version)
  );
  ALTER TABLE changes ALTER COLUMN changeset SET STORAGE EXTERNAL;

  CREATE TABLE journal (
    world bigint NOT NULL REFERENCES worlds ON DELETE CASCADE,
    number bigint GENERATED ALWAYS AS IDENTITY,
    is_exchange boolean NOT NULL,
    -- JSON, kept as text, because the type jsonb refuses the character NUL.
    entry text NOT NULL,
    -- The complete request and answer, if they are kept.
    recording text,
    PRIMARY KEY (world, number)
  );
  `,
  `
  CREATE TABLE tenants (
    name text COLLATE "C" PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The row of a removed tenant stays: its keys are made of its name, so they would open the worlds of a new one.
    removed_at timestamptz,
    is_suspended boolean NOT NULL DEFAULT false,
    -- Those that are not the default ones.
    quotas jsonb NOT NULL DEFAULT '{}',
    requests bigint NOT NULL DEFAULT 0,
    -- The minute that minute_requests is about.
    minute timestamptz NOT NULL DEFAULT '-infinity',
    minute_requests bigint NOT NULL DEFAULT 0,
    last_request_at timestamptz
  ) WITH (fillfactor = 70);
  -- Whether a sync is in flight, also one that has no time because the clock is frozen.
  ALTER TABLE worlds ADD COLUMN has_syncs boolean NOT NULL DEFAULT false;
  -- The worlds of a tenant have its name and a slash before their own.
  CREATE INDEX worlds_tenant ON worlds (split_part(name, '/', 1)) WHERE strpos(name, '/') > 0;
  `,
  `
  -- What a list shows of a world, as JSON, and the version that it is about; null until a replica has noted its use.
  ALTER TABLE worlds ADD COLUMN summary text, ADD COLUMN summarized bigint;
  `,
  `
  -- Until when the requests of a tenant use its quota of requests, each for its part of a minute.
  ALTER TABLE tenants ADD COLUMN used_until timestamptz NOT NULL DEFAULT '-infinity';
  `,
];
