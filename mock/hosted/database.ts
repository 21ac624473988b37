import type { Pool, PoolClient } from 'pg';
import { Problem } from '../domain/problems.ts';
import { migrations } from './migrations.ts';

const applicationName = 'groups-mock';

/** The settings of each connection, in milliseconds: a database that does not answer must not keep a client waiting. */
const timeouts = {
  connectionTimeoutMillis: 2000,
  statement_timeout: 5000,
  query_timeout: 6000,
  lock_timeout: 4000,
  // A replica that stops in the middle of a unit must not keep the others from the world.
  idle_in_transaction_session_timeout: 2000,
};

/** Runs statements on a connection of its own choice or, within a transaction, on that of the transaction. */
export type Query = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A PostgreSQL database that several mocks share. */
export interface Database {
  readonly query: Query;
  /** Runs work in a transaction, which is rolled back if the work throws. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** The connections of this process. */
  readonly pool: { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

/** The database cannot be used; the message says why. */
class DatabaseError extends Error {}

/** The refusal of a request while the database is away. */
export const unavailable = (): Problem =>
  new Problem(
    'unavailable',
    'database_unavailable',
    'The database of this mock does not answer, so it is not known whether this request took effect; send it again.',
    undefined,
    1,
  );

/** The connections of one process unless it is told otherwise. */
const defaultConnections = 10;

/**
 * Connects to a database and creates or updates its tables. Throws a DatabaseError that says why it cannot be used.
 */
export async function openDatabase(url: string, connections = defaultConnections): Promise<Database> {
  const { default: pg } = await import('pg').catch(() => {
    throw new DatabaseError('a shared database needs the package pg; install it with `npm install pg`');
  });
  let pool: Pool;
  try {
    pool = new pg.Pool({ connectionString: url, max: connections, application_name: applicationName, ...timeouts });
  } catch (error) {
    throw new DatabaseError(`the URL of the database is not valid: ${(error as Error).message}`);
  }
  // Without a listener, a connection that breaks between two statements would end the process. The next statement fails, or
  // opens another connection.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const database: Database = {
    query: queryOn(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const value = await work(queryOn(client));
        await client.query('COMMIT');
        return value;
      } catch (error) {
        broken = await client.query('ROLLBACK').then(
          () => undefined,
          (failure: Error) => failure,
        );
        throw error;
      } finally {
        client.release(broken);
      }
    },
    get pool() {
      return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
    },
    close: () => pool.end(),
  };
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await pool.end();
    const { hostname, port, pathname } = new URL(url);
    const where = `${hostname || 'localhost'}${port && `:${port}`}${pathname}`;
    throw new DatabaseError(`cannot use the database ${where}: ${messageOf(error)}`, { cause: error });
  }
}

const ignore = (): void => {};

/** The names under which connections keep prepared statements. */
const statements = new Map<string, string>();

/** A statement with values is planned once for each connection. */
const queryOn =
  (connection: Pool | PoolClient): Query =>
  async (text, values) => {
    if (values === undefined) return (await connection.query(text)).rows;
    const name = statements.get(text) ?? `groups_mock_${statements.size}`;
    statements.set(text, name);
    return (await connection.query({ name, text, values: [...values] })).rows;
  };

/** A refused connection to several addresses is an AggregateError without a message. */
export const messageOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : (error as Error).message;

/** Whether a statement waited too long for a lock. */
export const isLockTimeout = (error: unknown): boolean => (error as { code?: string }).code === '55P03';

/**
 * Ends the transactions of replicas that stand still and do not read their answers. While PostgreSQL waits to send an
 * answer, none of its time-outs ends the transaction.
 */
export async function endStuckTransactions(query: Query): Promise<void> {
  await query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = $1 AND wait_event = 'ClientWrite'
       AND xact_start < clock_timestamp() - interval '3 seconds'`,
    [applicationName],
  );
}

/** Any number, the same in every release. */
const migrationLock = 4_010_001;

/** Runs the migrations that the database lacks. A database of a newer release is left as it is, and used. */
async function migrate({ transaction }: Database): Promise<void> {
  await transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await query('CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY, at timestamptz DEFAULT now())');
    const [last] = await query<{ version: number }>('SELECT coalesce(max(version), 0)::int AS version FROM migrations');
    for (const [index, statements] of migrations.entries()) {
      const version = index + 1;
      if (version <= (last?.version ?? 0)) continue;
      await query(statements);
      await query('INSERT INTO migrations (version) VALUES ($1)', [version]);
    }
  });
}
