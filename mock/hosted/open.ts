import type { Obstacle } from '../control/health.ts';
import { TenantKeys } from '../tenants/keys.ts';
import { issuedKeys, openTenants, type TenantSecrets } from '../tenants/tenants.ts';
import { mainWorld } from '../worlds/keys.ts';
import { tenantOf } from '../worlds/reach.ts';
import { openWorld, type WorldSettings } from '../worlds/world.ts';
import { messageOf, openDatabase } from './database.ts';
import { keepRemovingIdleWorlds } from './idle-worlds.ts';
import { SharedWorlds } from './shared-worlds.ts';
import { refuseFullTenant, tenantRows } from './tenant-rows.ts';
import { createWorld } from './world-rows.ts';

export interface SharedOptions {
  /** How many copies of worlds are kept in memory. */
  readonly maxCopies?: number | undefined;
  /** How long a world may be idle before it is removed, in milliseconds; absent if for ever. */
  readonly worldTtl?: number | undefined;
  /** The secrets of the keys of tenants; absent if anybody can make keys. */
  readonly tenants?: TenantSecrets | undefined;
}

/**
 * Opens the worlds of a database. Rejects with a DatabaseError that says why it cannot be used, with a Problem if a
 * secret is too short, or as `openWorld` if no world can begin with these settings.
 */
export async function openSharedWorlds(
  url: string,
  settings: WorldSettings,
  { maxCopies, worldTtl, tenants: secrets }: SharedOptions,
) {
  openWorld(mainWorld, settings).close();
  const keys = secrets && new TenantKeys(secrets.secret, secrets.previous);
  const database = await openDatabase(url);
  const tenants = keys && openTenants(keys, tenantRows(database), settings.host);
  const ofTenants: Partial<WorldSettings> = tenants
    ? {
        keys: issuedKeys(tenants.keys),
        quotasOf: (world) => tenants.admission.quotasOf(tenantOf(world) ?? ''),
      }
    : {};
  const create: typeof createWorld = (query, name, ...content) => {
    const tenant = tenantOf(name);
    if (tenant === undefined) return createWorld(query, name, ...content);
    return database.transaction(async (within) => {
      await refuseFullTenant(within, tenant);
      return createWorld(within, name, ...content);
    });
  };
  const access = new SharedWorlds(database, { ...settings, ...ofTenants }, maxCopies, create);
  const stopRemoving =
    worldTtl === undefined ? () => {} : keepRemovingIdleWorlds(database.query, worldTtl, settings.host);
  return {
    access,
    tenants,
    async findObstacle(): Promise<Obstacle | undefined> {
      try {
        await database.query('SELECT 1');
        return undefined;
      } catch (error) {
        return { reason: 'database_unreachable', message: `The database does not answer: ${messageOf(error)}.` };
      }
    },
    readDatabase: async () => ({
      database: {
        pool: database.pool,
        retries: access.repeats,
        lateWorlds: await access.due.countLate().catch(() => undefined),
      },
    }),
    async close() {
      stopRemoving();
      // A count that is lost because the database is away is not worth a failure.
      await tenants?.admission.close().catch(() => {});
      await access.close();
    },
  };
}
