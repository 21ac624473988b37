import type { Socket } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { defaultQuirks } from '../domain/quirks.ts';
import { randomStream } from '../domain/random.ts';
import { systemHost } from '../jobs/clock.ts';
import { noPostgres, type Postgres, startPostgres } from '../test-support/postgres.ts';
import { defaultSeed } from '../worlds/seed.ts';
import { type Database, openDatabase } from './database.ts';
import { SharedWorlds } from './shared-worlds.ts';

if (noPostgres !== undefined) console.warn(`Skipped: answers of the database that are lost: ${noPostgres}.`);

let postgres: Postgres;
beforeAll(async () => {
  if (noPostgres === undefined) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

/** Worlds in a database, of which the next answers are lost: what a statement does is done, and then it fails. */
async function openWorlds() {
  const url = await postgres.createDatabase();
  const real = await openDatabase(url);
  let lost = 0;
  const database: Database = {
    ...real,
    async query(sql, values) {
      const rows = await real.query(sql, values);
      if (lost === 0) return rows as never;
      lost -= 1;
      throw new Error('the connection ended');
    },
  };
  const access = new SharedWorlds(database, {
    quirks: defaultQuirks,
    progress: { after: 'delay', ms: 0 },
    seed: defaultSeed,
    faults: [],
    host: systemHost,
    random: randomStream('lost'),
  });
  onTestFinished(() => access.close());
  let runs = 0;
  /** Adds an organization whose id says how often this was run. */
  const add = (world: string) =>
    access.run(world, () => {
      runs += 1;
      access.worlds.open(world).store.organizations.create({ id: `org_${runs}`, slug: `run-${runs}` });
      return runs;
    });
  const added = (world: string) =>
    access.run(world, () =>
      access.worlds
        .open(world)
        .store.overview.organizations()
        .map(({ slug }) => slug)
        .filter((slug) => slug.startsWith('run-')),
    );
  const lose = (count: number) => {
    lost = count;
  };
  return { url, add, added, lose };
}

describe.skipIf(noPostgres)('a change that was stored, but whose answer was lost', () => {
  test.each([1, 2, 3])('is applied once if %d answers in a row are lost', async (count) => {
    const { add, added, lose } = await openWorlds();
    await add('w');
    lose(count);
    expect(await add('w')).toBe(2);
    expect(await added('w')).toEqual(['run-1', 'run-2']);
    expect(await add('w')).toBe(3);
  });

  test('is applied once if it created the world', async () => {
    const { add, added, lose } = await openWorlds();
    lose(3);
    expect(await add('w')).toBe(1);
    expect(await added('w')).toEqual(['run-1']);
  });

  test('is not answered as a success if the database does not say so', async () => {
    const { add, lose } = await openWorlds();
    await add('w');
    lose(100);
    await expect(add('w')).rejects.toMatchObject({ code: 'database_unavailable' });
    lose(0);
  });
});

describe.skipIf(noPostgres)('a replica that stands still with the lock of a world', () => {
  test('does not keep the others from the world, even if it does not read an answer', async () => {
    const { url, add } = await openWorlds();
    await add('w');
    const still = new Client({ connectionString: url, application_name: 'groups-mock' });
    const ended = new Promise((resolve) => still.once('error', resolve));
    await still.connect();
    await still.query('BEGIN');
    await still.query('SELECT FROM worlds FOR UPDATE');
    const { stream } = (still as unknown as { connection: { stream: Socket } }).connection;
    // Far more than fits into the buffers of a socket.
    const unread = expect(still.query("SELECT repeat('x', 1000000) FROM generate_series(1, 50)")).rejects.toThrow();
    stream.pause();
    expect(await add('w')).toBeGreaterThan(1);
    stream.resume();
    await Promise.all([unread, ended]);
  });
});
