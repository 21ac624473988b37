import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { members } from '../bench/people.ts';
import { residentMiB } from '../spawned-mock.ts';
import { HostedClient } from './client.ts';
import { type Replica, withCluster } from './cluster.ts';
import { type Experiment, percentile, rounded } from './experiment.ts';

const awake = 200;
const rows = 25;
const maxStartMs = 1000;
const maxBytes = 20_000;
/** How often other worlds are used, and after how many rounds memory has to be flat: copies of 250 worlds are kept. */
const rounds = 12;
const warmUp = 6;

/** A database with very many worlds, of which few are used. */
export const worlds: Experiment = ({ short }) =>
  withCluster({ replicas: short ? 1 : 3, flags: ['--sync-delay', '0'] }, async ({ url, database, replicas }) => {
    const count = short ? 2000 : 100_000;
    const violations: string[] = [];
    const client = new HostedClient(url, 0);
    const call = async (method: string, path: string, world: string, body?: unknown) => {
      const answer = await client.call(method, path, `vit_apk_acme.${world}`, body);
      if (answer === 'unknown' || answer.status >= 300)
        throw new Error(`${method} ${path} in ${world}: ${JSON.stringify(answer)}`);
      return answer.body.data;
    };
    /** What a test of a partner does: look up plans, create a group, send a roster and poll. */
    const use = async (world: string) => {
      const started = performance.now();
      const [plan] = await call('GET', '/v1/plans', world);
      const first = performance.now() - started;
      const group = await call('POST', '/v1/groups', world, { name: 'Keystone Bakery' });
      const path = `/v1/groups/${group.id}/members/sync`;
      const { request_id } = await call('POST', path, world, { members: members(rows, plan.id) });
      while ((await call('GET', `${path}/${request_id}`, world)).completed_at === null) await sleep(5);
      return first;
    };
    await use('w0');
    // They store what they know of the world, such as its journal.
    for (const replica of replicas) await replica.end('SIGTERM');

    const sql = new Client(database);
    await sql.connect();
    for (const table of ['snapshots', 'changes', 'journal', 'worlds']) await sql.query(`ANALYZE ${table}`);
    await copyWorld(sql, count);
    const { rows: sizes } = await sql.query<{ name: string; bytes: string }>(
      `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`,
    );
    const bytes = sizes.reduce((sum, row) => sum + Number(row.bytes), 0) / count;
    if (bytes > maxBytes) violations.push(`a world takes ${Math.round(bytes)} bytes at rest: ${JSON.stringify(sizes)}`);

    const starts: number[] = [];
    for (const replica of replicas) {
      const started = performance.now();
      await replica.start();
      starts.push(performance.now() - started);
    }
    const slowest = Math.max(...starts);
    if (!short && slowest > maxStartMs) violations.push(`a replica took ${Math.round(slowest)} ms to start`);
    const memory = () => Math.max(...replicas.map(({ process }: Replica) => residentMiB(process) ?? 0));
    const started = memory();

    const firsts: number[] = [];
    const after: number[] = [];
    const every = Math.floor(count / awake);
    for (let round = 0; round < (short ? 1 : rounds); round += 1) {
      for (let n = 0; n < awake; n += 8)
        firsts.push(...(await Promise.all(Array.from({ length: 8 }, (_, k) => use(`w${(n + k) * every + round}`)))));
      after.push(memory());
    }
    const [warm = 0, last = 0] = [after[warmUp - 1] ?? after[0], after.at(-1)];
    if (last > warm * 1.1) violations.push(`memory grew from ${warm} to ${last} MiB`);

    const listing = performance.now();
    const list = await client.control('GET', '/worlds');
    const listed = performance.now() - listing;
    if (list.worlds.length > 1000) violations.push(`${list.worlds.length} worlds on one page`);
    await sql.end();
    await client.close();
    return {
      figures: {
        worlds: count,
        'bytes of a world at rest': Math.round(bytes),
        ...Object.fromEntries(
          sizes.slice(0, 4).map(({ name, bytes: size }) => [`… in ${name}`, Math.round(Number(size) / count)]),
        ),
        'start of a replica, maximum (ms)': rounded(slowest),
        'worlds used in a round': awake,
        'first answer of a sleeping world, median (ms)': rounded(percentile(firsts, 0.5)),
        'first answer of a sleeping world, 99th percentile (ms)': rounded(percentile(firsts, 0.99)),
        'memory of the largest replica after its start (MiB)': started,
        [`… after ${warmUp} rounds (MiB)`]: warm,
        [`… after ${rounds} rounds (MiB)`]: last,
        'worlds on a page of the list': list.worlds.length,
        'list of worlds (ms)': rounded(listed),
      },
      violations,
    };
  });

/** Copies the world w0, with its changes and journal, to w1, w2, … */
async function copyWorld(sql: Client, count: number): Promise<void> {
  const columns = async (table: string, except: readonly string[]) => {
    const { rows: found } = await sql.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = $1 AND NOT column_name = ANY ($2)`,
      [table, except],
    );
    return found.map(({ name }) => name).join(', ');
  };
  const kept = await columns('worlds', ['id', 'name']);
  await sql.query(
    `INSERT INTO worlds (name, ${kept}) SELECT 'w' || n, ${kept} FROM worlds, generate_series(1, $1) AS n WHERE name = 'w0'`,
    [count - 1],
  );
  for (const table of ['snapshots', 'changes', 'journal']) {
    const names = await columns(table, ['world', ...(table === 'journal' ? ['number'] : [])]);
    const sources = names.replaceAll(/\w+/g, (name) => `source.${name}`);
    await sql.query(
      `INSERT INTO ${table} (world, ${names}) SELECT copy.id, ${sources} FROM ${table} AS source
       JOIN worlds AS original ON original.id = source.world AND original.name = 'w0'
       CROSS JOIN worlds AS copy WHERE copy.name ~ '^w[1-9]'`,
    );
  }
}
