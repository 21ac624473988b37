import type { Obstacle } from '../control/health.ts';
import type { WorldSettings } from '../worlds/world.ts';
import { messageOf, openDatabase } from './database.ts';
import { SharedWorlds } from './shared-worlds.ts';

/** Opens the worlds of a database. Rejects with a DatabaseError that says why it cannot be used. */
export async function openSharedWorlds(url: string, settings: WorldSettings, maxCopies?: number) {
  const database = await openDatabase(url);
  const access = new SharedWorlds(database, settings, maxCopies);
  return {
    access,
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
    close: () => access.close(),
  };
}
