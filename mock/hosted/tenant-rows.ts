import { Problem, shown } from '../domain/problems.ts';
import { defaultQuotas, type Quotas, refuseOver } from '../domain/quotas.ts';
import type { Standing, Usage } from '../tenants/admission.ts';
import { noSuchTenant, type StoredTenant, type TenantChanges, type TenantStore } from '../tenants/tenants.ts';
import { type Database, type Query, unavailable } from './database.ts';
import { isOfTenant } from './world-rows.ts';

interface Row {
  readonly name: string;
  readonly created_at: Date;
  readonly is_suspended: boolean;
  readonly quotas: Partial<Quotas>;
  readonly worlds: string;
  readonly requests: string;
  readonly minute_requests: string;
  readonly last_request_at: Date | null;
}

const thisMinute = "date_trunc('minute', now())";

const worldsOf = (tenant: string): string => `FROM worlds WHERE ${isOfTenant(tenant)}`;

const columns = `name, created_at, is_suspended, quotas, requests, last_request_at,
  CASE WHEN minute = ${thisMinute} THEN minute_requests ELSE 0 END AS minute_requests,
  (SELECT count(*) ${worldsOf('tenants.name')}) AS worlds`;

const storedTenant = (row: Row): StoredTenant => ({
  name: row.name,
  createdAt: row.created_at,
  isSuspended: row.is_suspended,
  quotas: { ...defaultQuotas, ...row.quotas },
  worlds: Number(row.worlds),
  requests: Number(row.requests),
  requestsThisMinute: Number(row.minute_requests),
  lastRequestAt: row.last_request_at,
});

/** The tenants in the database. Functions reject with the refusal of requests if the database is away. */
export const tenantRows = ({ query, transaction }: Database): TenantStore => ({
  list: (limit, offset) => orUnavailable(listTenants(query, limit, offset)),
  read: (name) => orUnavailable(readTenant(query, name)),
  add: (name, quotas) => orUnavailable(addTenant(query, name, quotas)),
  change: (name, changes) => orUnavailable(changeTenant(query, name, changes)),
  remove: (name) => orUnavailable(transaction((within) => removeTenant(within, name))),
  count: (usage) => orUnavailable(countRequests(query, usage)),
});

async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof Problem ? error : unavailable();
  }
}

async function listTenants(query: Query, limit: number, offset: number) {
  const [count] = await query<{ total: string }>('SELECT count(*) AS total FROM tenants WHERE removed_at IS NULL');
  const rows = await query<Row>(
    `SELECT ${columns} FROM tenants WHERE removed_at IS NULL ORDER BY name LIMIT $1 OFFSET $2`,
    [limit, offset],
  );
  return { tenants: rows.map(storedTenant), total: Number(count?.total) };
}

function readTenant(query: Query, name: string): Promise<StoredTenant> {
  return one(query, name, `SELECT ${columns} FROM tenants WHERE name = $1 AND removed_at IS NULL`);
}

async function addTenant(query: Query, name: string, quotas: Partial<Quotas>): Promise<StoredTenant> {
  const [row] = await query<Row>(
    `INSERT INTO tenants (name, quotas) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [name, JSON.stringify(quotas)],
  );
  if (row !== undefined) return storedTenant(row);
  throw new Problem(
    'conflict',
    'tenant_exists',
    `The name ${shown(name)} is, or was before its removal, that of another tenant, whose keys would be the same; choose another name.`,
  );
}

/** A new quota of requests is unused: what a tenant used was measured by the old one. */
function changeTenant(query: Query, name: string, { isSuspended, quotas = {} }: TenantChanges): Promise<StoredTenant> {
  return one(
    query,
    name,
    `UPDATE tenants SET is_suspended = coalesce($2, is_suspended), quotas = quotas || $3,
       used_until = CASE WHEN $3::jsonb ? 'requests_per_minute' THEN now() ELSE used_until END
     WHERE name = $1 AND removed_at IS NULL RETURNING ${columns}`,
    [isSuspended ?? null, JSON.stringify(quotas)],
  );
}

/** Within a transaction, so that no world is created between the statements. */
async function removeTenant(query: Query, name: string): Promise<StoredTenant> {
  await lockWorlds(query, name);
  const removed = await one(
    query,
    name,
    `UPDATE tenants SET removed_at = now() WHERE name = $1 AND removed_at IS NULL RETURNING ${columns}`,
  );
  await query(`DELETE ${worldsOf('$1')}`, [name]);
  return removed;
}

async function one(query: Query, name: string, sql: string, values: readonly unknown[] = []): Promise<StoredTenant> {
  const [row] = await query<Row>(sql, [name, ...values]);
  if (row === undefined) throw noSuchTenant(name);
  return storedTenant(row);
}

async function countRequests(query: Query, usage: ReadonlyMap<string, Usage>): Promise<ReadonlyMap<string, Standing>> {
  // Rows are locked in the order of their names, so that no two replicas wait for each other.
  const rows = await query<Omit<Row, 'worlds'> & { readonly ahead_ms: number }>(
    `WITH counted AS (SELECT * FROM unnest($1::text[], $2::bigint[], $3::float8[]) AS counted (name, requests, ms)),
       locked AS (SELECT name FROM tenants WHERE name = ANY ($1) AND removed_at IS NULL ORDER BY name FOR NO KEY UPDATE)
     UPDATE tenants SET
       requests = tenants.requests + counted.requests,
       minute_requests = counted.requests + CASE WHEN minute >= ${thisMinute} THEN minute_requests ELSE 0 END,
       minute = greatest(minute, ${thisMinute}),
       last_request_at = now(),
       used_until = greatest(used_until, now()) + counted.ms * interval '1 millisecond'
     FROM counted JOIN locked USING (name) WHERE tenants.name = counted.name
     RETURNING tenants.name, is_suspended, quotas, extract(epoch FROM used_until - now())::float8 * 1000 AS ahead_ms`,
    [[...usage.keys()], [...usage.values()].map(({ requests }) => requests), [...usage.values()].map(({ ms }) => ms)],
  );
  return new Map(
    rows.map((row) => [
      row.name,
      {
        isSuspended: row.is_suspended,
        quotas: { ...defaultQuotas, ...row.quotas },
        aheadMs: row.ahead_ms,
      },
    ]),
  );
}

/**
 * Locks the worlds of a tenant until the end of the transaction. Not its row, because counting its requests and those of
 * others would wait for whoever creates worlds.
 */
const lockWorlds = (query: Query, name: string) =>
  query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);

/**
 * Locks the worlds of a tenant until the end of the transaction, which creates one. Throws a Problem if the tenant does not
 * exist or has as many worlds as it may.
 */
export async function refuseFullTenant(query: Query, name: string): Promise<void> {
  const check = async () => {
    const [row] = await query<{ quotas: Partial<Quotas>; worlds: string }>(
      `SELECT quotas, (SELECT count(*) ${worldsOf('$1')}) AS worlds FROM tenants WHERE name = $1 AND removed_at IS NULL`,
      [name],
    );
    if (row === undefined) throw noSuchTenant(name);
    refuseOver({ ...defaultQuotas, ...row.quotas }, 'worlds', Number(row.worlds) + 1);
  };
  // A flood of worlds beyond the quota is refused without the lock, for which it would wait with every connection.
  await check();
  await lockWorlds(query, name);
  await check();
}
