import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ClientSession, type CrashFigures, type SendCall } from './crash-test/client-session.ts';
import { printFigures } from './referees/figures.ts';
import { end, spawnMock, startSpawned } from './spawned-mock.ts';
import { writeRecord } from './toughness/record.ts';

const usage = `npm run lab -- crash-test [--rounds <n>] [--seed <n>]

Starts the mock with --data, writes to it from six clients in two worlds, kills it (kill -9) at a random moment, restarts
it and compares its data with everything that it had answered. Exit code 1 if something answered is lost, half applied or
not completed exactly once. A run of 1,000 rounds or more (default 200) writes the figures to docs/toughness/.`;

const keys = ['vit_apk_acme', 'vit_apk_globex', 'vit_apk_acme.crash-2'];
const sessionsPerKey = 2;

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const flags = (directory: string, syncDelay: number) => ['--data', directory, '--sync-delay', String(syncDelay)];

/** Crashes the mock a second time, while it restarts or completes what it had accepted. */
async function killWhileStarting(directory: string, afterMs: number): Promise<void> {
  const child = spawnMock(flags(directory, 0));
  await sleep(afterMs);
  await end(child);
}

const caller =
  (url: string): SendCall =>
  async (method, path, key, body) => {
    try {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      return 'unknown';
    }
  };

async function writeUntilCut(session: ClientSession, call: SendCall): Promise<void> {
  while (await session.write(call));
}

/** Checks in the database files that each completed sync was applied once and completely. */
function checkFiles(directory: string, figures: CrashFigures): void {
  const files = globSync('**/*.sqlite', { cwd: directory });
  if (files.length === 0) figures.violations.push(`there is no database in ${directory}`);
  for (const file of files) {
    const database = new DatabaseSync(join(directory, file));
    const value = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
    const expect = (what: string, got: unknown, expected: unknown) => {
      if (got !== expected) figures.violations.push(`${file}: ${what} is ${got}, expected ${expected}`);
    };
    const listed = (ids: string) =>
      value(`SELECT coalesce(sum(json_array_length(results, '$.${ids}')), 0) FROM syncs WHERE results IS NOT NULL`);
    expect('integrity_check', value('PRAGMA integrity_check'), 'ok');
    expect('a broken foreign key', value('PRAGMA foreign_key_check'), undefined);
    expect('syncs in flight', value('SELECT count(*) FROM syncs WHERE completed_at IS NULL'), 0);
    expect(
      'subscriptions',
      value(
        "SELECT (SELECT count(*) FROM members WHERE state = 'active') + (SELECT count(*) FROM ended_subscriptions)",
      ),
      listed('added_group_member_ids'),
    );
    expect(
      'ended subscriptions',
      value('SELECT count(*) FROM ended_subscriptions'),
      listed('removed_group_member_ids'),
    );
    database.close();
  }
}

/**
 * Kills the mock `rounds` times at random moments and checks it after each restart, and its files at the end. `seed`
 * repeats the clients' choices and the moments, as far as the machine allows.
 */
export async function crashRounds(
  rounds: number,
  seed: number,
  onRound: (round: number) => void = () => {},
): Promise<CrashFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'groups-mock-crash-'));
  const random = mulberry32(seed);
  const figures: CrashFigures = { groups: 0, updates: 0, syncs: 0, unknown: 0, violations: [] };
  const sessions = keys.flatMap((key) =>
    Array.from(
      { length: sessionsPerKey },
      (_, n) => new ClientSession(`${key.slice('vit_apk_'.length)}-${n}`, key, random, figures),
    ),
  );
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const { child, url } = await startSpawned(flags(directory, Math.floor(random() * 60)));
      try {
        const call = caller(url);
        await Promise.all(
          sessions.map((session) => (round === 0 ? session.open(call) : session.check(call, () => sleep(5)))),
        );
        if (round === rounds) break;
        const work = Promise.all(sessions.map((session) => writeUntilCut(session, call)));
        await sleep(random() * 250);
        await end(child);
        await work;
        if (random() < 0.25) await killWhileStarting(directory, random() * 400);
      } finally {
        await end(child);
      }
      if (figures.violations.length > 0) break;
      onRound(round + 1);
    }
    checkFiles(directory, figures);
    return figures;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Shorter runs do not write the figures. */
const fullRounds = 1000;

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) console.log(usage);
  else {
    const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
    const rounds = Number(values.rounds);
    const started = performance.now();
    const { violations, groups, updates, syncs, unknown } = await crashRounds(rounds, seed, (round) => {
      if (round % 50 === 0) console.log(`${round} of ${rounds} rounds`);
    });
    const figures = {
      'rounds of kill -9': rounds,
      seconds: Math.round((performance.now() - started) / 1000),
      'groups answered': groups,
      'updates answered': updates,
      'rosters answered': syncs,
      'calls cut off by the kill': unknown,
      'lost, half applied or applied twice': violations.length,
      seed: String(seed),
    };
    printFigures(figures);
    for (const violation of violations) console.error(`  ${violation}`);
    if (violations.length > 0) process.exitCode = 1;
    else if (rounds >= fullRounds)
      writeRecord('crash-test', 'The mock with --data, killed while six clients write', figures);
  }
}
