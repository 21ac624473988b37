import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** The folder of PostgreSQL's programs, the newest version first; undefined if there are none on this machine. */
const programs = [
  ...globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, 'en', { numeric: true })),
  ...(process.env['PATH'] ?? '').split(delimiter),
].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

/** The user that the server runs as: this one, unless it is root, whom PostgreSQL refuses. */
const user = (() => {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: number('-u'), gid: number('-g') };
    } catch {}
  }
  return undefined;
})();

/** Why no server can be started on this machine; undefined if one can. */
export const noPostgres =
  programs === undefined
    ? "there is no PostgreSQL on this machine; install Debian's `postgresql`, or put `initdb` and `postgres` on the PATH"
    : user === undefined
      ? 'PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody`'
      : undefined;

/** For tests: nothing survives a crash of the machine, and little memory is used. */
const testSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '32MB',
  min_wal_size: '32MB',
  listen_addresses: '',
};

/** A private server, reached through a socket in its own folder. */
export interface Postgres {
  /** Of a database that is there from the beginning. */
  readonly url: string;
  /** The folder of the server's files. */
  readonly folder: string;
  /** Makes an empty database, and returns its URL. */
  createDatabase(): Promise<string>;
  /** Ends all connections and the server, unless it has ended by itself. */
  shutDown(): Promise<void>;
  /** Starts it again after `shutDown`, with the data that it had. */
  start(): Promise<void>;
  /** Stops every process of the server where it is (SIGSTOP), so that nothing answers and no connection ends. */
  pause(): void;
  resume(): void;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** A new folder of the server's user. */
export function serverFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'groups-mock-postgres-'));
  if (user?.uid !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Where a run of tests keeps an initialised data folder, because copying one is six times as fast as making one. */
const templates = () => process.env['GROUPS_TEST_POSTGRES'];

async function initialise(data: string): Promise<void> {
  const run = (program: string, ...args: string[]) =>
    promisify(execFile)(program, args, { cwd: dirname(data), env: { ...process.env, LC_ALL: 'C' }, ...user });
  const initdb = (folder: string) =>
    run(
      join(programs as string, 'initdb'),
      ...['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    );
  const parent = templates();
  if (parent === undefined) return void (await initdb(data));
  const template = join(parent, 'template');
  if (!existsSync(template)) {
    const made = join(parent, randomUUID());
    await initdb(made);
    try {
      renameSync(made, template);
    } catch {
      // Another test file was faster.
    }
  }
  await run('cp', '-a', template, data);
}

/**
 * Runs the server until standard input says `shut down`. If standard input ends instead, also because whoever holds it
 * has crashed, the server is ended, paused or not, and its folder removed.
 */
const guard = `"$@" & exec 2>&-
if read -r _; then kill -INT $!; wait $!
else pkill -CONT -P $!; kill -CONT $!; kill -QUIT $!; wait $!; rm -rf "$0"; fi`;

/**
 * Starts a private PostgreSQL in a temporary folder; it ends with this process, however that ends.
 *
 * @param settings further settings, such as `max_connections`
 * @param parent the folder to make the server's folder in; without one, where a run of tests has its template, or that of temporary files
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
  parent?: string,
): Promise<Postgres> {
  if (noPostgres !== undefined) throw new Error(noPostgres);
  const template = templates();
  const folder = serverFolder(parent ?? (template === undefined ? tmpdir() : dirname(template)));
  const data = join(folder, 'data');
  const url = (database: string) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  const options = Object.entries({ ...testSettings, unix_socket_directories: folder, ...settings });
  const command = ['-D', data, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  let child: ChildProcess;

  async function start() {
    child = spawn('/bin/sh', ['-c', guard, folder, join(programs as string, 'postgres'), ...command], {
      cwd: folder,
      // In its own process group, so that Ctrl-C reaches the server only through the end of this process.
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
      ...user,
    });
    const log = createInterface({ input: child.stderr as Readable });
    const lines: string[] = [];
    for await (const line of log) {
      if (line.includes('ready to accept connections')) {
        (child.stderr as Readable).resume();
        return;
      }
      lines.push(line);
    }
    throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`);
  }

  const exited = (how: (stdin: Writable) => void) => {
    if (child.exitCode !== null) return;
    const gone = once(child, 'exit');
    how(child.stdin as Writable);
    return gone;
  };
  const processes = () => {
    const [main] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return [
      Number(main),
      ...execFileSync('pgrep', ['-P', String(main)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(Number),
    ];
  };
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of processes()) process.kill(pid, name);
  };

  try {
    await initialise(data);
    await start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  let databases = 0;
  return {
    url: url('postgres'),
    folder,
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      const client = new Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
    start,
    async shutDown() {
      await exited((stdin) => stdin.end('shut down\n'));
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async stop() {
      await exited((stdin) => stdin.end());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
